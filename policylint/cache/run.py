"""The words of a command line in; what it said the last time out, where nothing that it looked at has changed since.

A run is told by its words, the folder it starts in, the day, what the environment says of terminals, and policylint's
own files, which count among those it looked at. Whatever is in doubt is run anew.
"""

import os
import struct
import sys
import time
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from policylint import __version__
from policylint.cache import folder
from policylint.cache.record import Record, Stored, encoded
from policylint.cache.seal import key, opened, seal, sealed
from policylint.source.witness import UNSETTLED, Kept, Seen, Signature, signature

_ENVIRONMENT = (
    *("CI", "COLORTERM", "COLUMNS", "FORCE_COLOR", "FORCE_HYPERLINK", "GITHUB_STEP_SUMMARY", "NO_COLOR", "TERM"),
    *("TERM_PROGRAM", "DOMTERM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "VTE_VERSION", "WT_SESSION", "TZ"),
    *("LANG", "LC_ALL", "LC_CTYPE", "PYTHONIOENCODING", "PYTHONPATH", "PYTHONUTF8"),
)
_SILENT = frozenset(("--profile",))
"""Words that do not change what is said of the project."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a change of a file gives it another time on every kind of disk."""
_LARGEST = 256 * 1024 * 1024
"""Bytes of a record that is still worth while."""


class Recalled(NamedTuple):
    """What is known of an earlier run of the same words, though something has changed since."""

    files: Sequence[Kept]
    changed: Set[str]
    """The paths of the project's files that have changed; nothing else has."""
    seen: Seen


class Session(NamedTuple):
    """A run that is to be kept: its words, and what is known of an earlier one."""

    words: Sequence[str]
    recalled: Recalled | None


class Replay(NamedTuple):
    """What a run of these words says, and its exit status."""

    out: bytes
    err: bytes
    status: int


def look_up(words: Sequence[str]) -> Replay | Recalled | None:
    """What is known of an earlier run; None where nothing is, or too much has changed."""
    secret = key()
    if secret is None:
        return None
    name = _name(secret, words)
    for start in _starts(words):
        cache = folder.nearest(start)
        whole = folder.read(cache, name) if cache else None
        content = opened(secret, whole) if whole else None
        if content is not None:
            try:
                return _compared(Stored(content))
            except (ValueError, struct.error):  # written by a version that had another format
                return None
    return None


def keep(words: Sequence[str], project: str, seen: Seen, files: Sequence[Kept], said: Replay) -> None:
    """Keep what a run of these words looked at and said, in the cache of a project."""
    secret = key()
    if secret is None:
        return
    seen = Seen(_settled(seen.deciding), _settled(seen.files))
    content = encoded(Record(seen, files, said.out, said.err, said.status))
    if len(content) <= _LARGEST:
        folder.write(project, _name(secret, words), sealed(secret, content))


def _settled(signatures: Mapping[str, Signature]) -> dict[str, Signature]:
    """What has changed this very moment may change again and show the same time: it is not to be recognised."""
    settled = time.time_ns() - _SETTLED
    return {path: each if each[0] < settled else UNSETTLED for path, each in signatures.items()}


def _compared(stored: Stored) -> Replay | Recalled | None:
    if any(signature(path) != then for path, then in stored.seen.deciding.items()):
        return None
    changed = {path for path, then in stored.seen.files.items() if signature(path) != then}
    if not changed:
        return Replay(stored.out, stored.err, stored.status)
    if all(os.path.isfile(path) and not os.path.islink(path) for path in changed):
        return Recalled(stored.files(), changed, stored.seen)
    return None


def _starts(words: Sequence[str]) -> list[str]:
    """The folders from which a cache is looked for: those of the paths among the words, then the current one."""
    paths = [word for word in words if not word.startswith("-") and os.path.exists(word)]
    return [*(path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths), "."]


def _name(secret: bytes, words: Sequence[str]) -> str:
    """The name of the entry for a run."""
    streams = [(stream.isatty(), stream.encoding) for stream in (sys.stdout, sys.stderr) if stream is not None]
    environment = [(name, os.environ[name]) for name in _ENVIRONMENT if name in os.environ]
    here = (os.getcwd(), os.getuid() if hasattr(os, "getuid") else 0, time.strftime("%Y-%m-%d"))
    told = (
        [word for word in words if word not in _SILENT],
        here,
        __version__,
        sys.version,
        sys.prefix,
        streams,
        environment,
    )
    return f"run-{seal(secret, repr(told).encode('utf-8', 'surrogatepass'))[:12].hex()}"
