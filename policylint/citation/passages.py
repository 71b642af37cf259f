"""A policy's text in; its passages out: every sentence, list item and heading, each with its place and its pin."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from policylint.citation.pins import normalised, pin_of_normalised
from policylint.citation.seen import FILL, Kind, Visible
from policylint.citation.visible import LIST_MARK, visible
from policylint.source.text import SourceText

# A stop, whatever closes after it, and a gap. Whether it ends a sentence depends on the words around it.
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»›)\]*_]*(?P<gap>\s+(?:-(?=[A-Z]))?)(?=\S)")
# List items that lost their line ends when somebody copied them:  …: -Name: … -Address: …   or   … • Name • Address
_INLINE_ITEM = re.compile(r"(?<=[.:;!?])(?P<gap>\s+-)(?=[A-Z])|(?P<bullet>\s+[•‣▪●]\s*)")
_NUMBER = re.compile(r"[ \t]*(?:\d{1,3}(?:\.\d{1,3})+[.)]?|[A-Z]\.(?=[ \t]+[A-Z][a-z]))[ \t]+")

_NO_TITLE = re.compile(r"\d{3}|\S: |@")
"""What lines of an address have, and headings have not."""

_WORD = re.compile(r"[\"'“‘«‹(\[*_]*(\w*)")
_LOOKBACK = 80
"""So many characters before a stop say what it is."""
_ABBREVIATIONS = "e.g i.e cf vs mr mrs ms dr prof art arts sec para paras fig figs approx incl resp viz"
_NEVER = frozenset(_ABBREVIATIONS.split())
"""Abbreviations that something follows."""
_BEFORE_NUMBERS = frozenset(("no", "nos", "vol", "pp", "p", "ch", "cl"))
_CLOSING = "inc ltd corp co llc plc gmbh etc jr sr al dept"
_MAY_END = frozenset(_CLOSING.split())
"""Abbreviations that may close a sentence; so may initials (`U.S.`, `J.`). The next word decides."""
_OPENING = (
    "the this these those that there we our you your they their it its if in to for when where while however any all "
    "some such as by at on please a an no not each every use see under with he she who what how i and but or"
)
_OPENERS = frozenset(_OPENING.split())


@dataclass(frozen=True)
class Passage:
    """A sentence, list item or heading: what it says, and where (offsets in the file, the line from 1).

    `marker` is the number before it, which is not part of it: numbering a list anew changes no pin.
    """

    text: str
    kind: Kind
    line: int
    start: int
    end: int
    marker: str = ""

    @cached_property
    def words(self) -> str:
        """Its words as pins see them."""
        return normalised(self.text)

    @cached_property
    def pin(self) -> str:
        """What stands for it in a policy."""
        return pin_of_normalised(self.words)

    @cached_property
    def pins(self) -> tuple[str, ...]:
        """All pins that mean it: also the one of the whole line with its number, as somebody may have copied it."""
        numbered = normalised(self.marker)
        return (self.pin, pin_of_normalised(f"{numbered} {self.words}")) if numbered else (self.pin,)


def passages(source: SourceText) -> tuple[Passage, ...]:
    """All passages of a text, in its order. What has neither letters nor digits is none."""
    seen = visible(source.path, source.text)
    found = (passage for start, end in _lines(seen.text) for passage in _paragraph(source, seen, start, end))
    return tuple(passage for passage in found if passage.words)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        yield start, end
        start = end + 1


def _paragraph(source: SourceText, seen: Visible, start: int, end: int) -> Iterator[Passage]:
    """The passages of one paragraph."""
    places = [at for at in range(start, end) if seen.text[at] != FILL]
    text = "".join(seen.text[at] for at in places)
    mark = LIST_MARK.match(text) or _NUMBER.match(text)
    first = mark.end() if mark else 0
    pieces = [(a, b) for a, b in _sentences(text, first) if text[a:b].strip()]
    kind = next((kind for at, kind in seen.kinds.items() if start <= at <= end), None) if seen.kinds else None
    for index, (a, b) in enumerate(pieces):
        words = " ".join(text[a:b].split())
        marker = text[:first].strip() if index == 0 else ""
        line = bisect_right(source.line_starts, places[a])
        of_kind = kind or (_guessed(text.lstrip(), mark, words, len(pieces)) if index == 0 else "sentence")
        yield Passage(words, of_kind, line, places[a], places[b - 1] + 1, marker)


def _guessed(text: str, mark: re.Match[str] | None, words: str, siblings: int) -> Kind:
    """What a passage is where no markup says it."""
    title = siblings == 1 and words[-1:] not in ".!?:;,…" and len(words.split()) <= 12
    if mark and not (title and re.match(r"\d|[A-Z]\.", text)):
        return "item"
    return "heading" if title and not _NO_TITLE.search(words) else "sentence"


def _sentences(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end."""
    for end, following in sorted(_boundaries(text, start)):
        if end > start:
            yield _trimmed(text, start, end)
            start = following
    if start < len(text):
        yield _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _boundaries(text: str, start: int) -> Iterator[tuple[int, int]]:
    for match in _STOP.finditer(text, start):
        if _ends(text, start, match):
            yield match.start("gap"), match.end()
    for match in _INLINE_ITEM.finditer(text, start):
        yield match.start(), match.end()


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a stop ends a sentence."""
    next_word = _WORD.match(text, match.end())
    following = next_word[1] if next_word else ""
    if following[:1].islower():
        return False
    if text[match.start()] != "." or text[match.start() : match.start() + 2] == "..":
        return True
    before = text[max(start, match.start() - _LOOKBACK) : match.start()].split()
    word = before[-1].lstrip("\"'“‘«‹([*_").lower() if before else ""
    if word in _NEVER or (word in _BEFORE_NUMBERS and following[:1].isdigit()):
        return False
    if word.isdigit() and len(word) <= 2:
        return not _numbers_an_item(before[:-1])
    if word in _MAY_END or re.fullmatch(r"(?:[a-z]\.)*[a-z]", word):
        return following.lower() in _OPENERS
    return True


def _numbers_an_item(before: Sequence[str]) -> bool:
    """Whether a number after these words is that of an inline list:  as follows: 1. Name 2. Address."""
    last = before[-1] if before else ":"
    closes = last.endswith(".") and last[:-1].lower() not in _NEVER | _BEFORE_NUMBERS
    return closes or last.endswith((":", ";"))
