"""Two files in; whether they declare the same out, wherever it stands in them."""

from typing import Any

from policylint.syntax.commented import Spelling
from policylint.syntax.parser import File
from policylint.syntax.tree import Name

_PLACE_IN_FILE = ("start", "end")


def says_the_same(one: File, other: File, spelled: Spelling) -> bool:
    """Whether two files declare the same; the order of clauses and the spelling of places do not count."""
    return _bare(one.declarations, spelled) == _bare(other.declarations, spelled)


def _bare(value: Any, spelled: Spelling) -> object:
    """A value of `tree` without the places where it stood."""
    if isinstance(value, Name):
        return spelled(value.text)
    if not isinstance(value, tuple):
        return value
    fields: tuple[str, ...] | None = getattr(value, "_fields", None)
    if fields is None:
        return tuple(_bare(each, spelled) for each in value)
    return type(value).__name__, *(
        _bare(getattr(value, field), spelled) for field in fields if field not in _PLACE_IN_FILE
    )
