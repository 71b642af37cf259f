"""Places in source texts in; the lines with those places underlined out, aligned whatever characters they hold."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from policylint.source.text import SourceText, Span

_TAB = 4
_WIDEST = 160
"""Longer lines are cut: nobody reads on, and a line of a megabyte must not fill the terminal."""


class Mark(NamedTuple):
    """A place, what to say about it, and whether it is the one that the finding is about."""

    span: Span
    text: str
    primary: bool


def frame(marks: Sequence[Mark], sources: Mapping[str, SourceText]) -> Iterator[str]:
    """Draw the lines of all marks, file by file, the primary one's file first."""
    known = [mark for mark in marks if mark.span.path in sources]
    numbers = [sources[mark.span.path].position(mark.span.start).line for mark in known]
    gutter = len(str(max(numbers, default=1)))
    paths = list(dict.fromkeys(mark.span.path for mark in sorted(marks, key=lambda mark: not mark.primary)))
    for index, path in enumerate(paths):
        of_file = [mark for mark in marks if mark.span.path == path]
        yield " " * gutter + (" --> " if index == 0 else " ::: ") + _place(of_file, sources)
        if path in sources:
            yield from _file(sources[path], of_file, gutter)


def _place(marks: Sequence[Mark], sources: Mapping[str, SourceText]) -> str:
    first = next((mark for mark in marks if mark.primary), marks[0])
    if first.span.path not in sources:
        return first.span.path
    line, column = sources[first.span.path].position(first.span.start)
    return f"{first.span.path}:{line}:{column}"


def _file(source: SourceText, marks: Sequence[Mark], gutter: int) -> Iterator[str]:
    empty = " " * gutter + " |"
    yield empty
    last = 0
    placed = sorted(marks, key=lambda mark: (source.position(mark.span.start), not mark.primary))
    for mark in placed:
        number, column = source.position(mark.span.start)
        if last and number > last + 1:
            yield " " * gutter + " …"
        text = source.line(number)
        if number != last:
            yield f"{number:>{gutter}} | {_visible(text)}".rstrip()
        last = number
        before = width(text[: column - 1])
        length = max(1, width(text[column - 1 : column - 1 + mark.span.end - mark.span.start]))
        if before < _WIDEST:
            line = ("^" if mark.primary else "-") * min(length, _WIDEST - before)
            yield f"{empty} {' ' * before}{line} {mark.text}".rstrip()
    yield empty


def _visible(text: str) -> str:
    """A line as it is printed: tabs as spaces, no control characters, cut where it is too long."""
    if _is_plain(text) and len(text) <= _WIDEST:
        return text
    shown: list[str] = []
    column = 0
    for character in text[: _WIDEST * 2]:
        piece = " " * (_TAB - column % _TAB) if character == "\t" else _harmless(character)
        column += width(piece)
        if column > _WIDEST:
            return "".join([*shown, "…"])
        shown.append(piece)
    return "".join(shown)


def _harmless(character: str) -> str:
    """Control characters could move the cursor or change colours; they are shown as a replacement character."""
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cf") else character


def _is_plain(text: str) -> bool:
    """Whether every character takes one column, as in most lines; no need then to look at them one by one."""
    return text.isascii() and text.isprintable()


def width(text: str) -> int:
    """How many columns of a terminal a text takes from the beginning of a line."""
    text = text[: _WIDEST * 2]
    if _is_plain(text):
        return len(text)
    column = 0
    for character in text:
        if character == "\t":
            column += _TAB - column % _TAB
        elif not unicodedata.combining(character):
            column += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return column
