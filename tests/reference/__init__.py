"""The language page as slow and obvious code: every rule a short function that cites its sentence.

Nothing here knows the engine. The engine is tested against it on random projects (`projects.py`).
"""

from .findings import Verdict
from .verdicts import verdicts

__all__ = ["Verdict", "verdicts"]
