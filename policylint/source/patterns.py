"""Patterns in the syntax of `.gitignore` and the folder they are relative to in; whether they name a path, out."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Exclusion(NamedTuple):
    """A pattern, and the folder of the file that it was written in."""

    pattern: str
    base: Path

    def covers(self, path: str) -> bool:
        """Whether it names a file, or a folder that the file lies in. The path is absolute."""
        prefix = slashed(os.path.realpath(self.base)).rstrip("/") + "/"
        found = slashed(os.path.realpath(path))
        return found.startswith(prefix) and compiled((self.pattern,)).match_file(found[len(prefix) :])


def compiled(lines: Sequence[str]) -> "GitIgnoreSpec":
    """Patterns; a line that is none, such as a lone `!`, counts for nothing, as for git."""
    from pathspec import GitIgnoreSpec  # 40 ms, and most runs need none

    try:
        return GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error):
        return GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    """Whether a line is a pattern at all."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True


def slashed(path: str) -> str:
    """A path with forward slashes."""
    return path.replace(os.sep, "/")
