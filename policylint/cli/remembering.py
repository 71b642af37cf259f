"""A check that is over in; what a later run of the same words needs to say the same again, kept, out."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from types import ModuleType

from policylint.cache.run import Begun, Replay, keep, keep_after
from policylint.check import Checked
from policylint.cli.telling import Said
from policylint.config.settings import Settings
from policylint.recheck.memory import encoded
from policylint.source.witness import Seen, settled

_OURS = ("policylint", "policylint_rules", "policylint_grammar", "policylint_policies")


def remember(begun: Begun, settings: Settings, checked: Checked, seen: Seen, said: Said, status: int) -> None:
    """Keep a run in the cache of the project: beside the configuration, without one in the current folder.

    Not so where somebody else's code had a say that may look at anything, where something could not be read, which may
    be readable any time, and where what went out may have been encoded on the way.
    """
    if not all(map(_is_pure, settings.plugins)) or checked.reading.mistakes:
        return
    if not all(map(_is_plain, (sys.stdout, sys.stderr))):
        return
    project = os.fspath(settings.root) if settings.file else os.curdir
    replay = Replay(said, status)
    with suppress(OSError):
        if begun.recalled and checked.in_part:
            keep_after(begun.recalled, replay)
        else:
            keep(begun, project, _everything(begun, settings, seen), checked.reading.files, replay, encoded(checked))


def _everything(begun: Begun, settings: Settings, seen: Seen) -> Seen:
    """All that the run rests on, as it was when the first of the runs looked that it goes on from."""
    before = begun.recalled.seen if begun.recalled else Seen({}, {})
    code = {path: settled(path) for path in _code(settings.plugins)}
    return Seen({**seen.deciding, **code, **before.deciding}, {**before.files, **seen.files})


def _is_pure(plugin: str) -> bool:
    """Whether a plug-in says that it looks at nothing but what it is given, and at its own files."""
    return getattr(import_module(plugin), "PURE", False) is True


def _is_plain(stream: object) -> bool:
    return str(getattr(stream, "encoding", "")).lower().replace("_", "-") in ("utf-8", "utf8")


def _code(plugins: Sequence[str]) -> Iterator[str]:
    """All code that had a say: policylint, plug-ins, and what these import, such as what reads `.gitignore`."""
    for package in (*_OURS, *plugins):
        yield from _files_in(import_module(package))
    yield from (file for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None)))


def _files_in(package: ModuleType) -> Iterator[str]:
    for path in getattr(package, "__path__", ()):
        for folder, folders, files in os.walk(path):
            folders[:] = [each for each in folders if each != "__pycache__"]
            yield folder  # in which a new rule may appear
            yield from (os.path.join(folder, file) for file in files)
