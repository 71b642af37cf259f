"""placeholder"""

from policylint.report.concise import render

__all__ = ["render"]
