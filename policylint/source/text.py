"""A path and its bytes in; a text that knows its lines, and the chunks that declarations are, out."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from policylint.frozen import Frozen


class Span(NamedTuple):
    """A stretch of one file: character offsets, `end` excluded."""

    path: str
    start: int
    end: int


class Chunk(NamedTuple):
    """The text of one declaration: a stretch of `text`.

    `text` is as long as the file, so that offsets in it are offsets in the file. For annotations it is not the
    file's own text: all that is not declaration is blanked out with spaces.
    """

    text: str
    start: int
    end: int

    @property
    def content(self) -> str:
        """The declaration alone."""
        return self.text[self.start : self.end]


class Position(NamedTuple):
    """A place for people: line and column, both from 1; a column is a character."""

    line: int
    column: int


class SourceText(Frozen):
    """A file that was read: `path` as it is shown, and its whole text, `\\r\\n` left as it is.

    `inside` is its path from the project's folder, with forward slashes; the globs of services match it.
    """

    path: str
    text: str
    inside: str = ""

    @cached_property
    def line_starts(self) -> Sequence[int]:
        """The offset of each line's first character."""
        from array import array  # for those who ask where something stands; a list takes four times the room

        starts = array("Q", [0])
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> Position:
        """The line and column of an offset."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, without its end; empty past the last line."""
        starts = self.line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")
