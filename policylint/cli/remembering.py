"""A check that is over in; what a later run of the same words needs to say the same again, kept, out."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module

from policylint.cache.run import Replay, Session, keep
from policylint.check import Checked
from policylint.cli.telling import Said
from policylint.config.settings import Settings
from policylint.rule.registry import Registry
from policylint.source.witness import Seen, signature

_OURS = ("policylint", "policylint_rules", "policylint_grammar", "policylint_policies")


def remember(
    session: Session, settings: Settings, registry: Registry, checked: Checked, seen: Seen, said: Said, status: int
) -> None:
    """Keep a run in the cache of the project: beside the configuration, without one in the current folder."""
    if checked.reading.mistakes:  # what could not be read may be readable any time
        return
    before = session.recalled.seen if session.recalled else Seen({}, {})
    own = {path: signature(path) for path in (*_own_files(), *_files_of_plugins(settings, registry))}
    everything = Seen({**before.deciding, **seen.deciding, **own}, {**before.files, **seen.files})
    project = os.fspath(settings.root) if settings.file else os.curdir
    keep(session.words, project, everything, checked.reading.files, Replay(bytes(said.out), bytes(said.err), status))


def _own_files() -> Iterator[str]:
    """Policylint itself: whoever works on it wants its answers of today."""
    for package in _OURS:
        for folder, folders, files in os.walk(import_module(package).__path__[0]):
            folders[:] = [each for each in folders if each != "__pycache__"]
            yield from (os.path.join(folder, file) for file in files)


def _files_of_plugins(settings: Settings, registry: Registry) -> Iterator[str]:
    tops = {name.partition(".")[0] for name in settings.plugins}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if name.partition(".")[0] in tops and file:
            yield file
    yield from (os.fspath(rule.page) for rule in registry.rules.values())
