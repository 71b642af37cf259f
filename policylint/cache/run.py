"""The words of a command line in; what it said the last time out, where nothing that it looked at has changed since.

A run is told by its words, the folder it starts in, the day, what the environment says of terminals, and policylint's
own files, which count among those it looked at. Whatever is in doubt is run anew.
"""

import os
import struct
import sys
import time
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from policylint import __version__
from policylint.cache import folder
from policylint.cache.entry import AFTER, TEXTS, Entry, found, made
from policylint.cache.record import Record, Stored
from policylint.cache.seal import key, seal
from policylint.source.witness import Kept, Seen, Signature, signature, watched

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


class Recalled(NamedTuple):
    """What is known of an earlier run of the same words, though something has changed since."""

    reading: "Reading"
    """The project as it is now."""
    before: "Mapping[str, SourceText | None]"
    """What the changed files were, by the path that is shown; nothing else has changed."""
    after: Sequence[Kept]
    """What they are now."""
    changed: Mapping[str, Signature]
    """These, and files that were written anew and say the same."""
    seen: Seen
    memory: bytes
    """What the run left behind for this one; empty where that is nothing."""
    entry: Entry


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
        try:
            kept = found(secret, os.path.dirname(cache), name) if cache else None
            if kept:
                compared = _compared(*kept)
                return compared if isinstance(compared, Replay) else Begun(name, compared)
        except (ValueError, struct.error):  # written by a version that had another format
            return Begun(name, None)
    return Begun(name, None)


def keep(begun: Begun, project: str, seen: Seen, files: Sequence[Kept], said: Replay, memory: bytes) -> None:
    """Keep what a run looked at, said, and leaves behind, in the cache of a project."""
    secret = key()
    if secret is not None:
        texts = Record(Seen({}, {}), files, (), 0, memory)
        made(secret, project, begun.name, Record(seen, (), said.said, said.status, b""), texts)


def keep_after(recalled: Recalled, said: Replay) -> None:
    """Keep what a run said after some changes; the entry of the run before them is good for the next ones, too."""
    record = Record(Seen({}, dict(recalled.changed)), recalled.after, said.said, said.status, b"")
    recalled.entry.keep(AFTER, record)


def _compared(entry: Entry, run: Stored) -> Replay | Recalled | None:
    if any(signature(path) != then for path, then in run.seen.deciding.items()):
        return None
    changed = {path for path, then in run.seen.files.items() if signature(path) != then}
    if not changed:
        return Replay(run.said, run.status)
    last = entry.beside(AFTER)
    if last and last.seen.files.keys() == changed and all(map(_is_so, last.seen.files.items())):
        return Replay(last.said, last.status)
    texts = entry.beside(TEXTS)
    if texts is None or not all(os.path.isfile(path) and not os.path.islink(path) for path in changed):
        return None
    recalled = _recalled(entry, run, texts, changed)
    if recalled.reading.mistakes:
        return recalled
    # Some may have been written anew, and say the same: as the run, or as after the last changes.
    said = run if not recalled.after else last if last and last.files() == recalled.after else None
    if said is None:
        return recalled
    keep_after(recalled, Replay(said.said, said.status))
    return Replay(said.said, said.status)


def _recalled(entry: Entry, run: Stored, texts: Stored, changed: Set[str]) -> Recalled:
    from policylint.source.files import read_again, source_text  # half of what a run takes of which nothing has changed

    files = texts.files()
    with watched() as seen:
        reading = read_again(files, changed)
    pairs = () if reading.mistakes else zip(files, reading.files, strict=True)
    others = [(old, new) for old, new in pairs if old.text != new.text]
    return Recalled(
        reading,
        {old.shown: source_text(old) for old, _ in others},
        [new for _, new in others],
        seen.files,
        Seen(run.seen.deciding, {**run.seen.files, **seen.files}),
        bytes(texts.memory),
        entry,
    )


def _is_so(file: tuple[str, Signature]) -> bool:
    path, then = file
    return signature(path) == then


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
