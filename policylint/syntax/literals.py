"""A token of the grammar in; the name, text, day or number that it stands for out."""

import datetime
import re
from typing import TYPE_CHECKING

from policylint.syntax.phrases import quoted
from policylint.syntax.tree import Name

if TYPE_CHECKING:
    from lark import Token

_LARGEST_NUMBER = 1_000_000
_ESCAPE = re.compile(r'\\(["\\])')


class NotSoError(Exception):
    """What the grammar cannot say: a second clause of a kind, a date that does not exist, ages that run backwards."""

    def __init__(self, message: str, start: int, end: int, help: str) -> None:
        super().__init__(message)
        self.message, self.start, self.end, self.help = message, start, end, help


def name_of(token: "Token") -> Name:
    """A word and its place."""
    return Name(str(token), token.start_pos or 0, token.end_pos or 0)


def text_of(token: "Token") -> str:
    """What stands between quotes, without the escapes."""
    return _ESCAPE.sub(r"\1", token[1:-1])


def day_of(token: "Token") -> datetime.date:
    """A day of the calendar."""
    try:
        return datetime.date.fromisoformat(token)
    except ValueError:
        message = f"there is no day `{token}` in the calendar"
        raise NotSoError(message, *name_of(token)[1:], help="write a day that exists") from None


def number_of(token: "Token") -> int:
    """A whole number of a size that a person would write."""
    if len(token) > len(str(_LARGEST_NUMBER)) or int(token) > _LARGEST_NUMBER:
        message = f"the number {quoted(token)} is too large to mean anything"
        raise NotSoError(message, *name_of(token)[1:], help=f"write a number up to {_LARGEST_NUMBER}")
    return int(token)
