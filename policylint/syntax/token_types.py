"""Lexemes in; what decides on the type of each, and a character for each type, out."""

import re
from collections.abc import Callable, Sequence

from policylint.syntax.phrases import CLAUSES

WORD = r"[A-Za-z_][A-Za-z0-9_-]*+(?:\.[A-Za-z_][A-Za-z0-9_-]*+)*+"
NAME = "N"
"""The type of all names."""
NUMBER = "0"
"""The character of all numbers."""
BEGINNINGS = {word: chr(ord("a") + number) for number, word in enumerate(CLAUSES["flow"])}
"""The words that clauses of flows begin with, each with its character."""
CLAUSE = re.compile(rf".[^{''.join(BEGINNINGS.values())}]*+")
"""One clause of a flow, in characters for its lexemes; what stands before the first one is taken for a clause too."""
ENTRY = re.compile(r".[^,]*+")
"""One entry of a list, with the lexeme before it: what begins the clause, or a comma."""
_LONGEST_NUMBER = 6
"""Digits of the longest number that is taken for one; the parser decides on what is longer."""


class StrangeError(Exception):
    """There is a lexeme that is neither name, keyword, number nor sign."""


class Types:
    """The types of lexemes: `N` or, of a keyword, number or sign, itself. `keywords` are those of the grammar."""

    def __init__(self, keywords: re.Pattern[str]) -> None:
        self._keyword = keywords
        self._types: dict[str, str | None] = {sign: sign for sign in ",+{}"}
        self._characters = _Characters(self.of)

    def of(self, word: str) -> str | None:
        """The type of a lexeme; None for what is nothing of that kind."""
        if word not in self._types:
            self._types[word] = self._type(word)
        return self._types[word]

    def characters(self, words: Sequence[str]) -> str:
        """A character for each lexeme: the same for the same types, and for all numbers. Raises `StrangeError`."""
        return "".join(map(self._characters.__getitem__, words))

    def each(self, words: Sequence[str]) -> tuple[str, ...]:
        """The types of words that have characters."""
        return tuple(map(self._types.__getitem__, words))  # type: ignore[arg-type]

    def _type(self, word: str) -> str | None:
        if self._keyword.fullmatch(word) or (word.isascii() and word.isdigit() and len(word) <= _LONGEST_NUMBER):
            return word
        return NAME if re.fullmatch(WORD, word) else None


class _Characters(dict[str, str]):
    """The characters of the words that were seen."""

    def __init__(self, type_of: Callable[[str], str | None]) -> None:
        super().__init__()
        self._type_of = type_of
        self._keywords: dict[str, str] = {}

    def __missing__(self, word: str) -> str:
        type = self._type_of(word)
        if type is None:
            raise StrangeError
        if type[0].isalpha() and type != NAME:
            free = chr(0x100 + len(self._keywords))
            self[word] = BEGINNINGS.get(type) or self._keywords.setdefault(type, free)
        else:
            self[word] = NUMBER if type.isdigit() else type
        return self[word]
