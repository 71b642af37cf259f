"""A text in; its declarations and one mistake for each that could not be read out."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from policylint.source.annotations import annotations
from policylint.source.chunks import BEGINNING, cut
from policylint.source.files import declares
from policylint.source.mistake import Mistake, MistakeKind
from policylint.source.text import Chunk, SourceText, Span
from policylint.stages import stage
from policylint.syntax.known import Known
from policylint.syntax.literals import NotSoError
from policylint.syntax.tree import Broken, Declaration, FlowBody, Name

if TYPE_CHECKING:
    from typing import Literal

    from policylint.syntax.grammar import Stop
    from policylint.syntax.scene import Explanation

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
    files = [parse(source, bodies) for source in sources]
    _known().keep()
    return files


def parse(source: SourceText, bodies: dict[str, FlowBody] | None = None) -> File:
    """Read all declarations of a file of any kind.

    With `bodies`, which files share, what has a known shape is read without the parser: to the same values, sooner.
    """
    declarations: list[Declaration] = []
    mistakes: list[Mistake] = []
    for text, start, end in chunks(source):
        if bodies is not None:
            quick = _known().declaration(text, start, end, bodies)
            if quick is not None:
                declarations.append(quick)
                continue
        chunk = Chunk(text, start, end)
        read = _read(chunk)
        if isinstance(read, tuple):
            declarations.append(read)
            if bodies is not None:
                _known().add(text, start, end, read)
            continue
        wrong = _explained(chunk, read)
        broken = _head(chunk, chunk.start) or _head(chunk, wrong.start)
        if broken:
            declarations.append(broken)
        name = f"{broken.keyword} {broken.name.text}" if broken else None
        span = Span(source.path, wrong.start, wrong.end)
        mistakes.append(Mistake(MistakeKind.SYNTAX, span, wrong.message, wrong.help, name))
    return File(source.path, source.inside, tuple(declarations), tuple(mistakes))


def _read(chunk: Chunk) -> "Declaration | Stop | None":
    """One declaration, or what stopped the parser; None where the text does not even begin like a declaration."""
    if not BEGINNING.match(chunk.text, chunk.start, chunk.end):
        return None
    from policylint.syntax.grammar import read

    return read(chunk)


@cache
def _known() -> Known:
    """What the parser has read, in this run and in earlier ones."""
    return Known(_sample)


def _sample(text: str) -> Any:
    from policylint.syntax.grammar import sample

    return sample(text)


def _explained(chunk: Chunk, error: "Stop | None") -> "Explanation":
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
