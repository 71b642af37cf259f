"""A text in; its declarations and one mistake for each that could not be read out."""

import hashlib
import os
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from lark import Lark, TextSlice
from lark.exceptions import UnexpectedInput
from lark.lexer import Lexer, LexerState, LexerThread, LineCounter

from policylint.source.annotations import annotations
from policylint.source.chunks import BEGINNING, cut
from policylint.source.files import declares
from policylint.source.mistake import Mistake, MistakeKind
from policylint.source.text import Chunk, SourceText, Span
from policylint.syntax.builder import Builder
from policylint.syntax.explanation import explain, explain_beginning
from policylint.syntax.literals import NotSoError
from policylint.syntax.scene import Explanation
from policylint.syntax.tree import Broken, Declaration, Name

if TYPE_CHECKING:
    from typing import Literal

_KEYWORD = re.compile(r"(?:term|party|service|flow|policy)(?![\w-]|\.\w)")
_HEAD = re.compile(r"(term)\s+(\S+)\s+([^\s\"{}]+)|(party|service|flow|policy)\s+([^\s\"{}]+)")


class File(NamedTuple):
    """What one file declares: in order, those that could not be read as `Broken` ones."""

    path: str
    inside: str
    declarations: tuple[Declaration, ...]
    mistakes: tuple[Mistake, ...]


def parse(source: SourceText) -> File:
    """Read all declarations of a file of any kind."""
    declarations: list[Declaration] = []
    mistakes: list[Mistake] = []
    for chunk in chunks(source):
        read = _read(chunk)
        if not isinstance(read, Explanation):
            declarations.append(read)
            continue
        broken = _head(chunk, chunk.start) or _head(chunk, read.start)
        if broken:
            declarations.append(broken)
        name = f"{broken.keyword} {broken.name.text}" if broken else None
        span = Span(source.path, read.start, read.end)
        mistakes.append(Mistake(MistakeKind.SYNTAX, span, read.message, read.help, name))
    return File(source.path, source.inside, tuple(declarations), tuple(mistakes))


def _read(chunk: Chunk) -> Declaration | Explanation:
    """One declaration, or what is wrong with it."""
    if not BEGINNING.match(chunk.text, chunk.start, chunk.end):
        return explain_beginning(chunk)
    try:
        return cast(Declaration, grammar().parse(TextSlice(chunk.text, chunk.start, chunk.end)))
    except UnexpectedInput as error:
        return explain(chunk, error)
    except NotSoError as error:
        return Explanation(error.start, error.end, error.message, error.help)


def chunks(source: SourceText) -> Iterator[Chunk]:
    """The declarations of a file of any kind, unread."""
    return cut(source.text) if declares(source.path) else annotations(source.path, source.text)


def _head(chunk: Chunk, start: int) -> Broken | None:
    """What a declaration that cannot be read would have declared; its name counts as known."""
    match = _HEAD.match(chunk.text, start, chunk.end)
    if match is None:
        return None
    facet = Name(match[2], *match.span(2)) if match[1] else None
    group = 3 if match[1] else 5
    keyword = cast('Literal["term", "party", "service", "flow", "policy"]', match[1] or match[4])
    return Broken(keyword, facet, Name(match[group], *match.span(group)))


class _Thread(LexerThread):
    """Lark's own, but for one thing: lines before a declaration are not counted.

    Nothing here asks for a line, and counting from the beginning of the file for each declaration takes a minute in
    a file of 100 000.
    """

    @classmethod
    def from_text(cls, lexer: Lexer, text_or_slice: str | bytes | TextSlice[Any]) -> "_Thread":
        """Begin where the declaration begins."""
        text = TextSlice.cast_from(text_or_slice)
        counter = LineCounter("\n")  # type: ignore[no-untyped-call]
        counter.char_pos = text.start
        return cls(lexer, LexerState(text, counter))


@cache
def grammar() -> Lark:
    """The parser of one declaration. Its tables are kept in the user's cache folder where there is one."""
    folder = import_module("policylint_grammar").__path__[0]
    rules = Path(folder, "policylint.lark").read_text(encoding="utf-8")
    return Lark(
        rules,
        parser="lalr",
        lexer="contextual",
        transformer=Builder(),
        cache=_tables(rules) or False,
        _plugins={"LexerThread": _Thread},
    )


def _tables(rules: str) -> str | None:
    """Where the grammar's tables are kept: never in a project, whose files somebody else may have written."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = os.path.join(home, "policylint")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError:
        return None
    if not os.access(folder, os.W_OK):
        return None
    return os.path.join(folder, f"grammar-{hashlib.sha256(rules.encode()).hexdigest()[:16]}.lark")
