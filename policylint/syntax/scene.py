"""A place where the grammar could not go on in; what stands around it, cut into words, out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Literal, NamedTuple, cast

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from policylint.source.text import Chunk
from policylint.syntax.phrases import CLAUSES, CONNECTORS, DECLARATIONS, quoted

KNOWN = frozenset(word for words in (*CLAUSES.values(), CONNECTORS) for word in words)
"""All words of the language that stand inside declarations."""
_Kind = Literal["word", "text", "torn", "sign"]
_TOKEN = re.compile(
    r'\s+|#[^\n]*|(?P<text>"(?:\\["\\]|[^"\\\r\n])*+")|(?P<torn>"[^\r\n]*)|(?P<word>[\w.+/-]+)|(?P<sign>.)'
)


class Explanation(NamedTuple):
    """A place, what is wrong there, and what to do about it."""

    start: int
    end: int
    message: str
    help: str


class Token(NamedTuple):
    """A word, a text in quotes (`torn` where its end is missing) or a sign."""

    text: str
    start: int
    end: int
    kind: _Kind

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha() or self.text[0] == "_"

    def says(self, message: str, help: str) -> Explanation:
        """A mistake at this very token."""
        return Explanation(self.start, self.end, message, help)

    def nearest(self, words: Sequence[str], cutoff: float = 0.6) -> str | None:
        """The word that was probably meant."""
        near = get_close_matches(self.text[:40].lower(), words, 1, cutoff)
        return near[0] if near else None

    def __str__(self) -> str:
        return quoted(self.text)


NOTHING = Token(" ", 0, 0, "sign")


@dataclass(frozen=True)
class Scene:
    """What stands around the place: `token` is None at the end of the declaration, `before` is never None."""

    chunk: Chunk
    tokens: list[Token]
    """All up to the place, and two more."""
    index: int
    offset: int
    expected: frozenset[str]

    @property
    def keyword(self) -> str:
        return self.tokens[0].text

    @property
    def token(self) -> Token | None:
        return self._at(self.index)

    @property
    def before(self) -> Token:
        return self._at(self.index - 1) or NOTHING

    @property
    def last_but_one(self) -> Token:
        return self._at(self.index - 2) or NOTHING

    @property
    def following(self) -> tuple[Token, Token]:
        return self._at(self.index + 1) or NOTHING, self._at(self.index + 2) or NOTHING

    def _at(self, index: int) -> Token | None:
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    @cached_property
    def opened(self) -> list[int]:
        """The places in `tokens` of the braces that are open."""
        found: list[int] = []
        for index, token in enumerate(self.tokens[: self.index]):
            if token.text == "{":
                found.append(index)
            elif token.text == "}" and found:
                found.pop()
        return found

    @property
    def inside(self) -> str:
        """Whose clauses may stand here: those of the declaration, or those of a policy's clause."""
        return "clause" if self.keyword == "policy" and len(self.opened) > 1 else self.keyword

    @property
    def ends_here(self) -> bool:
        """Whether the thing before is over: what stands here begins another, or nothing stands here."""
        token = self.token
        return token is None or token.text in ("}", "{", ",") or token.text in KNOWN or token.text in DECLARATIONS

    def begins_line(self, token: Token) -> bool:
        """Whether nothing stands before a token on its line."""
        line = self.chunk.text.rfind("\n", 0, token.start) + 1
        return not self.chunk.text[line : token.start].strip()

    def may_be_clause(self, token: Token) -> bool:
        """Whether what stands at the place has something on its line that it could govern."""
        following = self.following[0]
        return "." not in token.text and following.kind in ("word", "text") and not self.begins_line(following)


def look(chunk: Chunk, error: UnexpectedInput) -> Scene:
    """Cut a declaration into words, up to where the grammar could not go on and two words further."""
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    offset = chunk.end if at_end else error.pos_in_stream or 0
    tokens, index = cut_into_tokens(chunk, offset)
    return Scene(chunk, tokens, index, offset, _expected(error))


def cut_into_tokens(chunk: Chunk, offset: int) -> tuple[list[Token], int]:
    """The words of a declaration up to an offset and two more, and which of them ends behind the offset."""
    tokens: list[Token] = []
    beyond = 0
    for match in _TOKEN.finditer(chunk.text, chunk.start, chunk.end):
        if match.lastgroup is not None:
            beyond += match.end() > offset
            tokens.append(Token(match.group(), match.start(), match.end(), cast("_Kind", match.lastgroup)))
        if beyond > 2:
            break
    return tokens, len(tokens) - beyond


def _expected(error: UnexpectedInput) -> frozenset[str]:
    if isinstance(error, UnexpectedCharacters):
        return frozenset(error.allowed or ())
    return frozenset(getattr(error, "accepts", None) or getattr(error, "expected", None) or ())
