"""The words of a command line in; what it said the last time out, where nothing that it looked at has changed since.

A run is told by its words, the folder it starts in, the day, what the environment says of terminals, and policylint's
own files, which count among those it looked at. Whatever is in doubt is run anew.
"""

import os
import struct
import sys
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policylint import __version__
from policylint.cache import folder
from policylint.cache.record import Record, Stored, encoded
from policylint.cache.seal import SIZE, key, opened, seal, sealed
from policylint.source.witness import Kept, Seen, signature, watched

if TYPE_CHECKING:
    from policylint.source.files import Reading
    from policylint.source.text import SourceText

_ENVIRONMENT = (
    *("CI", "COLORTERM", "COLUMNS", "FORCE_COLOR", "FORCE_HYPERLINK", "GITHUB_STEP_SUMMARY", "NO_COLOR", "TERM"),
    *("TERM_PROGRAM", "DOMTERM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "VTE_VERSION", "WT_SESSION", "TZ"),
    *("LANG", "LC_ALL", "LC_CTYPE", "PYTHONIOENCODING", "PYTHONPATH", "PYTHONUTF8"),
)
_SILENT = frozenset(("--profile",))
"""Words that do not change what is said of the project."""
_LARGEST = 256 * 1024 * 1024
"""Bytes of a record that is still worth while."""


class Recalled(NamedTuple):
    """What is known of an earlier run of the same words, though something has changed since."""

    reading: "Reading"
    """The project as it is now."""
    before: "Mapping[str, SourceText | None]"
    """What the changed files were, by the path that is shown; nothing else has changed."""
    after: Sequence[Kept]
    """What they are now."""
    seen: Seen
    memory: bytes
    """What the run left behind for this one; empty where that is nothing."""
    seal: bytes = b""
    """That of its entry."""


class Begun(NamedTuple):
    """A run that is to be kept: the name of its entry, and what is known of an earlier one."""

    name: str
    recalled: Recalled | None


class Replay(NamedTuple):
    """What a run of these words says, piece by piece with the number of its stream, and its exit status."""

    said: Sequence[tuple[int, bytes]]
    status: int


def look_up(words: Sequence[str]) -> Replay | Begun | None:
    """What a run of these words says; or how it is to be kept; None where that is not possible."""
    secret = key()
    if secret is None:
        return None
    # Once and for all: who runs past midnight is of the day on which they began.
    name = _name(secret, words)
    for start in _starts(words):
        cache = folder.nearest(start)
        whole = folder.read(cache, name) if cache else None
        content = opened(secret, name, whole) if whole else None
        if cache and whole and content is not None:
            try:
                found = _compared(Stored(content))
                if isinstance(found, Recalled):
                    found = found._replace(seal=whole[:SIZE])
                    found = _said_after(secret, name, cache, found) or found
            except (ValueError, struct.error):  # written by a version that had another format
                found = None
            return found if isinstance(found, Replay) else Begun(name, found)
    return Begun(name, None)


def _said_after(secret: bytes, name: str, cache: str, recalled: Recalled) -> Replay | None:
    """What was said the last time after these very changes."""
    whole = folder.read(cache, _after(name))
    content = opened(secret, name + recalled.seal.hex(), whole) if whole else None
    stored = Stored(content) if content is not None else None
    if stored is None or recalled.reading.mistakes or stored.files() != recalled.after:
        return None
    return Replay(stored.said, stored.status)


def keep_after(begun: Begun, recalled: Recalled, project: str, said: Replay) -> None:
    """Keep what a run said after some changes, beside the entry of the run before them, which is good for more."""
    secret = key()
    if secret is not None:
        content = encoded(Record(Seen({}, {}), recalled.after, said.said, said.status, b""))
        sealing = begun.name + recalled.seal.hex()
        folder.write(project, _after(begun.name), sealed(secret, sealing, content))


def _after(name: str) -> str:
    return name.replace(folder.RUN, folder.AFTER, 1)


def keep(begun: Begun, project: str, seen: Seen, files: Sequence[Kept], said: Replay, memory: bytes) -> None:
    """Keep what a run looked at, said, and leaves behind, in the cache of a project."""
    secret = key()
    if secret is None:
        return
    content = encoded(Record(seen, files, said.said, said.status, memory))
    if len(content) <= _LARGEST:
        folder.write(project, begun.name, sealed(secret, begun.name, content))


def _compared(stored: Stored) -> Replay | Recalled | None:
    if any(signature(path) != then for path, then in stored.seen.deciding.items()):
        return None
    changed = {path for path, then in stored.seen.files.items() if signature(path) != then}
    if not changed:
        return Replay(stored.said, stored.status)
    if not all(os.path.isfile(path) and not os.path.islink(path) for path in changed):
        return None
    from policylint.source.files import read_again, source_text  # half of what a run takes of which nothing has changed

    files, memory = stored.files(), bytes(stored.memory)
    with watched() as seen:
        reading = read_again(files, changed)
    pairs = () if reading.mistakes else zip(files, reading.files, strict=True)
    others = [(old, new) for old, new in pairs if old.text != new.text]
    if not others and not reading.mistakes:  # some were written anew, and say the same
        return Replay(stored.said, stored.status)
    looked = Seen(stored.seen.deciding, {**stored.seen.files, **seen.files})
    before = {old.shown: source_text(old) for old, _ in others}
    return Recalled(reading, before, [new for _, new in others], looked, memory)


def _starts(words: Sequence[str]) -> list[str]:
    """The folders from which a cache is looked for: those of the paths among the words, then the current one."""
    paths = [word for word in words if not word.startswith("-") and os.path.exists(word)]
    return [*(path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths), "."]


def _name(secret: bytes, words: Sequence[str]) -> str:
    """The name of the entry for a run."""
    streams = [(stream.isatty(), stream.encoding) for stream in (sys.stdout, sys.stderr) if stream is not None]
    environment = [(name, os.environ[name]) for name in _ENVIRONMENT if name in os.environ]
    here = (os.getcwd(), os.getuid() if hasattr(os, "getuid") else 0, time.strftime("%Y-%m-%d"))
    # A link among the words may lead somewhere else next time.
    there = [os.path.realpath(word) for word in words if not word.startswith("-")]
    said = [word for word in words if word not in _SILENT]
    told = (said, here, there, __version__, sys.version, sys.prefix, streams, environment)
    return f"{folder.RUN}{seal(secret, repr(told).encode('utf-8', 'surrogatepass'))[:12].hex()}"
