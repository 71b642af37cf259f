"""What was written in; what it says, wherever it stands and however it is laid out, out."""

from typing import Any

from policylint.syntax.commented import Spelling
from policylint.syntax.parser import File
from policylint.syntax.tree import Name

_PLACE_IN_FILE = ("start", "end")


def says_the_same(one: File, other: File, spelled: Spelling) -> bool:
    """Whether two files declare the same; the order of clauses and the spelling of places do not count."""
    return bare(one.declarations, spelled) == bare(other.declarations, spelled)


def bare(value: Any, spelled: Spelling) -> object:
    """A value of `tree` without the places where it stood: what it says, and nothing else."""
    if isinstance(value, Name):
        return spelled(value.text)
    if not isinstance(value, tuple):
        return value
    fields: tuple[str, ...] | None = getattr(value, "_fields", None)
    if fields is None:
        return tuple(bare(each, spelled) for each in value)
    return type(value).__name__, *(
        bare(getattr(value, field), spelled) for field in fields if field not in _PLACE_IN_FILE
    )
