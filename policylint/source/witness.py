"""What a run looks at on the disk in; a list of it, by which a later run sees that it would find the same, out."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

Signature = tuple[int, int, int, int]
"""When a file's content and its entry last changed (in nanoseconds), its size in bytes and its number on the disk."""
ABSENT: Signature = (-1, -1, -1, -1)
"""What is not there, or not to be seen."""
UNSETTLED: Signature = (-2, -2, -2, -2)
"""The signature of nothing: what has it is not recognised."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a change of a file gives it another time on every kind of disk."""
_POSITIVE = (1 << 63) - 1


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
        _watching.pop()


def looked_at(path: "str | os.PathLike[str]") -> None:
    """To be called before something is read that decides on what is read and how, or is found not to be there."""
    for seen in _watching:
        if os.fspath(path) not in seen.deciding:
            seen.deciding[os.fspath(path)] = settled(os.fspath(path))


def reads(path: str) -> None:
    """To be called before a file of the project is read."""
    for seen in _watching:
        if path not in seen.files:
            seen.files[path] = settled(path)


def settled(path: str) -> Signature:
    """The signature, but for what has changed this very moment: it may change again and show the same time."""
    found = signature(path)
    return UNSETTLED if found[0] > time.time_ns() - _SETTLED else found


def signature(path: str) -> Signature:
    """What changes whenever what is found there does."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return ABSENT
    times = status.st_mtime_ns & _POSITIVE, status.st_ctime_ns & _POSITIVE
    return *times, status.st_size, status.st_ino & _POSITIVE
