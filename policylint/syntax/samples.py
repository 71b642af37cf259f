"""The text of a term, party or service in; its declaration out, filled into what the parser made of a sample of it.

As with the shapes of flows: what the parser says depends on the types of tokens alone, so that it is asked once for
each sequence of types, with numbered names and texts in place of those that are written.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from policylint.syntax.lexemes import placed
from policylint.syntax.tree import Declaration, Name, Period

_TEXT = re.compile(r'"[^"\\\r\n]*"')
_NUMBERED = re.compile(r"S([0-9]+)")
_LEFT_TO_THE_PARSER = "waive"
"""Waivers have dates, and sections that look like anything."""

_Types = tuple[str | None, ...]


class Samples:
    """What the parser made of the samples so far. `type_of` says what decides on the type of a lexeme."""

    def __init__(self, parse: Callable[[str], Declaration | None], type_of: Callable[[str], str | None]) -> None:
        self._parse, self._type_of = parse, type_of
        self.known: dict[_Types, Declaration | None] = {}

    def declaration(self, text: str, start: int, end: int) -> Declaration | None:
        """The declaration that stands there; None where the parser has to be asked."""
        found = list(placed(text, start, end))
        words = [match[0] for match in found]
        types = tuple(["S" if word[0] == '"' and _TEXT.fullmatch(word) else self._type_of(word) for word in words])
        if None in types or _LEFT_TO_THE_PARSER in words:
            return None
        if types not in self.known:
            self.known[types] = self._made(types, words)
        made = self.known[types]
        return made and _filled(made, words, [match.span() for match in found])

    def _made(self, types: _Types, words: Sequence[str]) -> Declaration | None:
        """What the parser makes of a sample, with numbers of lexemes as places."""
        written = {"N": "N%d", "S": '"S%d"'}
        pairs = enumerate(zip(types, words, strict=True))
        text = " ".join(written[type] % number if type in written else word for number, (type, word) in pairs)
        made = self._parse(text)
        starts = {match.start(): number for number, match in enumerate(placed(text))}
        ends = {match.end(): number for number, match in enumerate(placed(text))}
        return made and _numbered(made, starts, ends)


def _numbered(value: Any, starts: dict[int, int], ends: dict[int, int]) -> Any:
    if isinstance(value, Name | Period):
        value = value._replace(start=starts[value.start], end=ends[value.end])
    if isinstance(value, Period):
        return value._replace(event=_numbered(value.event, starts, ends))
    if isinstance(value, tuple) and not isinstance(value, Name):
        return _like(value, [_numbered(each, starts, ends) for each in value])
    return value


def _filled(value: Any, words: Sequence[str], places: Sequence[tuple[int, int]]) -> Any:
    if type(value) is Name:
        return Name(words[value.start], *places[value.start])
    if type(value) is Period:
        event = value.event and _filled(value.event, words, places)
        return value._replace(event=event, start=places[value.start][0], end=places[value.end][1])
    if isinstance(value, tuple):
        return _like(value, [_filled(each, words, places) for each in value]) if value else value
    numbered = _NUMBERED.fullmatch(value) if type(value) is str else None
    return words[int(numbered[1])][1:-1] if numbered else value


def _like(value: tuple[Any, ...], values: Sequence[Any]) -> Any:
    """Values in a tuple of the kind of another."""
    return type(value)(*values) if hasattr(value, "_fields") else tuple(values)
