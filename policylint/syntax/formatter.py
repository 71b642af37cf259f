"""A text with declarations in; the same text in the one canonical form out.

Comments stay where they stand, strings and the order of lists are left alone, and a declaration that cannot be read is
kept as it is. In source files only the annotations are touched.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policylint.source.annotations import annotations
from policylint.source.chunks import cut
from policylint.source.files import declares
from policylint.source.text import Chunk, SourceText
from policylint.syntax.commented import Comment, Spelling, own_lines, written
from policylint.syntax.layout import WIDTH, Room, layout
from policylint.syntax.parser import parse
from policylint.syntax.sameness import says_the_same

_LEADER = re.compile(r"(?P<leader>#+|//+|--+|;+|/?\*+|<!--)(?P<space>[ \t]*)policylint:[ \t]*$")
_STARRED = re.compile(r"[ \t]*\*+(?!/)")
_WHITE = re.compile(r"[ \t]*")


class ChangedMeaningError(Exception):
    """The formatter is at fault: its text would not say what the one it was given says."""


def formatted(path: str, text: str, spelled: Spelling) -> str:
    """Format a file of any kind. `spelled` says how a place's code is written.

    Raises `ChangedMeaningError` rather than return a text that does not say the same.
    """
    newline = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    if declares(path):
        result = newline.join(_lines(list(_parts(text, spelled))))
    else:
        result = _with_annotations(path, text, newline, spelled)
    if result != text:
        before, after = parse(SourceText(path, text)), parse(SourceText(path, result))
        if len(before.mistakes) != len(after.mistakes) or not says_the_same(before, after, spelled):
            raise ChangedMeaningError(path)
    return result


# Files of declarations


class _Part(NamedTuple):
    """A declaration, with the comments and empty lines before it; `keyword` is None for what cannot be read."""

    gap: str
    keyword: str | None
    lines: Sequence[str]


def _parts(text: str, spelled: Spelling) -> Iterator[_Part]:
    """The declarations of a file; the last part is what stands behind them."""
    at = 0
    for chunk in cut(text):
        read = written(chunk, spelled)
        if read is None:
            end = _end_of_unread(chunk)
            yield _Part(text[at : chunk.start], None, [text[chunk.start : end]])
        else:
            end = read.end
            yield _Part(text[at : chunk.start], read.words[0].text, layout(read.words))
        at = end
    yield _Part(text[at:] + "\n", None, [])


def _end_of_unread(chunk: Chunk) -> int:
    """Where a declaration that cannot be read ends: before the comments in the first column that introduce the next."""
    end = chunk.end
    while end > chunk.start:
        start = chunk.text.rfind("\n", chunk.start, end) + 1 or chunk.start
        line = chunk.text[start:end]
        if line.strip() and (line[0] != "#" or start == chunk.start):
            return end - line.endswith("\r")
        end = start - 1
    return chunk.end


def _lines(parts: Sequence[_Part]) -> Iterator[str]:
    """The lines of a file, and an empty one for the line break at its end."""
    last: _Part | None = None
    anything = False
    for part in parts:
        comments, blank = own_lines(part.gap.split("\n")[1 if last else 0 : -1])
        gap = list(_gap(comments, blank and bool(part.lines)))
        if last and part.lines and "" not in gap and not _go_together(last, part):
            gap.insert(0, "")
        for line in gap if anything else gap[gap[:1] == [""] :]:
            yield line
        for line in part.lines:
            yield line
        anything = anything or bool(gap or part.lines)
        last = part
    if anything:
        yield ""


def _gap(comments: Sequence[Comment], blank: bool) -> Iterator[str]:
    for comment in comments:
        if comment.blank:
            yield ""
        yield comment.text
    if blank:
        yield ""


def _go_together(one: _Part, other: _Part) -> bool:
    """Whether two declarations may stand on lines that follow each other: of one kind, each on one line."""
    return one.keyword == other.keyword is not None and len(one.lines) == len(other.lines) == 1


# Annotations in source files


def _with_annotations(path: str, text: str, newline: str, spelled: Spelling) -> str:
    pieces: list[str] = []
    at = 0
    for chunk in annotations(path, text):
        read = written(chunk, spelled)
        if read is not None:
            first, prefix = _prefix(text, chunk)
            lines = layout(read.words, Room(WIDTH - first, WIDTH - len(prefix)))
            below = ((prefix + line).rstrip() for line in lines[1:])
            pieces += (text[at : chunk.start], newline.join([lines[0], *below]))
            at = read.end
    return "".join([*pieces, text[at:]])


def _prefix(text: str, chunk: Chunk) -> tuple[int, str]:
    """The column in which an annotation begins, and what stands before it on its further lines."""
    start = text.rfind("\n", 0, chunk.start) + 1
    head = text[start : chunk.start]
    match = _LEADER.search(head)
    leader, space = (match["leader"], match["space"]) if match else ("#", " ")
    code = head[: match.start()] if match else head
    following = text[chunk.start : chunk.end].partition("\n")[2]
    is_block = leader.endswith("*") or leader == "<!--"
    # Behind code, the further lines stand where they stood, or below the code.
    beside = following if code.strip() and following and not is_block else code
    indent = _white(beside)
    if not is_block:
        return len(head), f"{indent}{leader} "
    starred = _STARRED.match(following)
    if leader != "<!--" and starred:
        return len(head), f"{starred.group()} "
    if leader == "<!--" or following:
        return len(head), indent + " " * len(leader + space)
    return len(head), f"{indent}{' ' if leader.startswith('/') else ''}* "


def _white(line: str) -> str:
    match = _WHITE.match(line)
    return match.group() if match else ""
