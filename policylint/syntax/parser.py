"""A text in; its declarations and one mistake for each that could not be read out."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from lark import Lark, TextSlice
from lark.exceptions import UnexpectedInput
from lark.lexer import Lexer, LexerState, LexerThread, LineCounter

from policylint.cache.seal import folder_of_user
from policylint.source.annotations import annotations
from policylint.source.chunks import BEGINNING, cut
from policylint.source.files import declares
from policylint.source.mistake import Mistake, MistakeKind
from policylint.source.text import Chunk, SourceText, Span
from policylint.stages import stage
from policylint.syntax.builder import Builder
from policylint.syntax.literals import NotSoError
from policylint.syntax.samples import Samples
from policylint.syntax.shapes import Shapes, body_of
from policylint.syntax.tree import Broken, Declaration, FlowBody, FlowDeclaration, Name, WrittenFlow

if TYPE_CHECKING:
    from typing import Literal

    from policylint.syntax.scene import Explanation

_KEYWORD = re.compile(r"(?:term|party|service|flow|policy)(?![\w-]|\.\w)")
_TERMINAL_OF_A_KEYWORD = re.compile(r"^[A-Z]+\.2: /(.+)/$", re.MULTILINE)
"""How the grammar writes a keyword: as a terminal that goes before names."""
_HEAD = re.compile(r"(term)\s+(\S+)\s+([^\s\"{}]+)|(party|service|flow|policy)\s+([^\s\"{}]+)")


class File(NamedTuple):
    """What one file declares: in order, those that could not be read as `Broken` ones."""

    path: str
    inside: str
    declarations: tuple[Declaration, ...]
    mistakes: tuple[Mistake, ...]


@stage("parse")
def parse_all(sources: Iterable[SourceText]) -> list[File]:
    """Read all declarations of several files, of which flows of one wording share what they say."""
    bodies: dict[str, FlowBody] = {}
    return [parse(source, bodies) for source in sources]


def parse(source: SourceText, bodies: dict[str, FlowBody] | None = None) -> File:
    """Read all declarations of a file of any kind.

    With `bodies`, which files share, what has a known shape is read without the parser: to the same values, sooner.
    """
    declarations: list[Declaration] = []
    mistakes: list[Mistake] = []
    for text, start, end in chunks(source):
        if bodies is not None:
            quick = _recognised(text, start, end, bodies)
            if quick is not None:
                declarations.append(quick)
                continue
        chunk = Chunk(text, start, end)
        declaration, error = _read(chunk)
        if declaration is not None:
            declarations.append(declaration)
            continue
        wrong = _explained(chunk, error)
        broken = _head(chunk, chunk.start) or _head(chunk, wrong.start)
        if broken:
            declarations.append(broken)
        name = f"{broken.keyword} {broken.name.text}" if broken else None
        span = Span(source.path, wrong.start, wrong.end)
        mistakes.append(Mistake(MistakeKind.SYNTAX, span, wrong.message, wrong.help, name))
    return File(source.path, source.inside, tuple(declarations), tuple(mistakes))


_Stop = UnexpectedInput | NotSoError | None
"""What stopped the parser; None where the text does not even begin like a declaration."""


def _read(chunk: Chunk) -> tuple[Declaration | None, _Stop]:
    """One declaration, or what stopped the parser."""
    if not BEGINNING.match(chunk.text, chunk.start, chunk.end):
        return None, None
    try:
        read = grammar().parse(TextSlice(chunk.text, chunk.start, chunk.end))
    except (UnexpectedInput, NotSoError) as error:
        return None, error
    if isinstance(read, WrittenFlow):
        offset = read.receiver.end
        body = body_of(read, chunk.text[offset : chunk.end], offset)
        return FlowDeclaration(read.name, read.sender, read.receiver, read.label, body, offset), None
    return cast(Declaration, read), None


def _recognised(text: str, start: int, end: int, bodies: dict[str, FlowBody]) -> Declaration | None:
    """A declaration like one that the parser has read already; None where it has to be asked."""
    shapes, samples = _known()
    if text.startswith("flow", start):
        return shapes.declaration(text, start, end, bodies)
    return samples.declaration(text, start, end) if text.startswith(("term", "party", "service"), start) else None


@cache
def _known() -> tuple[Shapes, Samples]:
    """What the parser has read, for as long as the process runs."""
    shapes = Shapes(_sample, re.compile("|".join(_TERMINAL_OF_A_KEYWORD.findall(_rules()))))
    return shapes, Samples(_sample, shapes.type_of)


def _sample(text: str) -> Any:
    """A declaration that stands for all of its shape; None where the grammar does not accept it."""
    try:
        return grammar().parse(text)
    except (UnexpectedInput, NotSoError):
        return None


def _explained(chunk: Chunk, error: _Stop) -> "Explanation":
    """What is wrong, in plain words; the words are only loaded for those who need them."""
    from policylint.syntax.explanation import explain, explain_beginning
    from policylint.syntax.scene import Explanation

    if error is None:
        return explain_beginning(chunk)
    if isinstance(error, NotSoError):
        return Explanation(error.start, error.end, error.message, error.help)
    return explain(chunk, error)


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
    rules = _rules()
    return Lark(
        rules,
        parser="lalr",
        lexer="contextual",
        transformer=Builder(),
        cache=_tables(rules) or False,
        _plugins={"LexerThread": _Thread},
    )


@cache
def _rules() -> str:
    """The text of the grammar."""
    folder = import_module("policylint_grammar").__path__[0]
    return Path(folder, "policylint.lark").read_text(encoding="utf-8")


def _tables(rules: str) -> str | None:
    """Where the grammar's tables are kept: never in a project, whose files somebody else may have written."""
    folder = folder_of_user()
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError:
        return None
    if not os.access(folder, os.W_OK):
        return None
    return os.path.join(folder, f"grammar-{hashlib.sha256(rules.encode()).hexdigest()[:16]}.lark")
