"""What a run looks at on the disk in; a list of it, by which a later run sees that it would find the same, out."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

Signature = tuple[int, int, int, int]
"""When a file's content and its entry last changed (in nanoseconds), its size in bytes and its number on the disk."""
ABSENT: Signature = (-1, -1, -1, -1)
"""What is not there, or not to be seen."""
UNSETTLED: Signature = (-2, -2, -2, -2)
"""The signature of nothing: what has it is not recognised."""


class Seen(NamedTuple):
    """All that was looked at, by its path, as it was just before.

    `files` were read for what they declare. `deciding` is all else: folders, configuration, patterns of what to leave
    out, and what was not there. When something of it changes, other files may be read, or in another way.
    """

    deciding: dict[str, Signature]
    files: dict[str, Signature]


class Kept(NamedTuple):
    """A file of the project: where it lies, how it is shown, its path inside the project and its text.

    `text` is None for a source file that declares nothing.
    """

    path: str
    shown: str
    inside: str
    text: str | None


_watching: list[Seen] = []


@contextmanager
def watched() -> Iterator[Seen]:
    """Note all that is looked at meanwhile, as it was before it was looked at."""
    seen = Seen({}, {})
    _watching.append(seen)
    try:
        yield seen
    finally:
        _watching.remove(seen)


def looked_at(path: "str | os.PathLike[str]") -> None:
    """To be called before something is read that decides on what is read and how, or is found not to be there."""
    for seen in _watching:
        seen.deciding.setdefault(os.fspath(path), signature(os.fspath(path)))


def reads(path: str) -> None:
    """To be called before a file of the project is read."""
    for seen in _watching:
        seen.files.setdefault(path, signature(path))


def signature(path: str) -> Signature:
    """What changes whenever what is found there does."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return ABSENT
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
