"""Lexical rules (section 2): text in, a cursor over its tokens out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

T = TypeVar("T")

TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n]*)
      | (?P<string>"(?:\\["\\]|[^"\\\n])*")
      | (?P<word>[A-Za-z0-9_.-]+)
      | (?P<mark>[{},:+])""",
    re.VERBOSE,
)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z_][A-Za-z0-9_-]*)*")
NUMBER = re.compile(r"[0-9]+")
PIN = re.compile(r"[0-9a-f]{12}")
SECTION = re.compile(r"[A-Za-z0-9._-]+")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class UnreadableError(Exception):
    """A syntax error: 'a syntax error spoils its declaration only (one PL001)'."""


def tokens(text: str) -> list[str]:
    """'`#` starts a comment, to the end of the line. White space only separates.'"""
    found: list[str] = []
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise UnreadableError(f"unreadable at {at}")
        if match.lastgroup != "skip":
            found.append(match.group())
        at = match.end()
    return found


class Cursor:
    """A place in a list of tokens; every method either takes what it names or raises
    UnreadableError.
    """

    def __init__(self, found: list[str]) -> None:
        """Start before the first token."""
        self.found = found
        self.at = 0

    def peek(self, ahead: int = 0) -> str:
        """Look at a token without taking it; an empty string is the end."""
        return self.found[self.at + ahead] if self.at + ahead < len(self.found) else ""

    def take(self) -> str:
        """Take the next token, whatever it is."""
        token = self.peek()
        if not token:
            raise UnreadableError("unexpected end")
        self.at += 1
        return token

    def fits(self, shape: re.Pattern[str], ahead: int = 0) -> bool:
        """Say whether the next token has this shape as a whole."""
        return shape.fullmatch(self.peek(ahead)) is not None

    def matching(self, shape: re.Pattern[str]) -> str:
        """Take a token of this shape."""
        if not self.fits(shape):
            raise UnreadableError(f"unexpected {self.peek()!r}")
        return self.take()

    def exactly(self, token: str) -> None:
        """Take this very token."""
        if self.peek() != token:
            raise UnreadableError(f"expected {token!r}, found {self.peek()!r}")
        self.at += 1

    def optional(self, token: str) -> bool:
        """Take this token if it is next."""
        if self.peek() != token:
            return False
        self.at += 1
        return True

    def name(self) -> str:
        """Take a NAME."""
        return self.matching(NAME)

    def number(self) -> int:
        """Take a whole number."""
        return int(self.matching(NUMBER))

    def string(self) -> str:
        """Take a STRING: 'double quotes, one line'."""
        if not self.peek().startswith('"'):
            raise UnreadableError(f"expected a string, found {self.peek()!r}")
        return re.sub(r"\\(.)", r"\1", self.take()[1:-1])

    def label(self) -> None:
        """Take a label if there is one."""
        if self.peek().startswith('"'):
            self.take()

    def date(self) -> date:
        """Take a DATE."""
        try:
            return date.fromisoformat(self.matching(DATE))
        except ValueError as error:
            raise UnreadableError("no such day") from error

    def listed(self, one: Callable[[], T]) -> tuple[T, ...]:
        """Take one or more, with commas between them."""
        found = [one()]
        while self.optional(","):
            found.append(one())
        return tuple(found)

    def names(self) -> tuple[str, ...]:
        """Take a list of NAMEs."""
        return self.listed(self.name)

    def end(self) -> None:
        """Insist that nothing is left."""
        if self.peek():
            raise UnreadableError(f"unexpected {self.peek()!r}")
