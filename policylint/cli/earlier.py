"""Paths and a commit in; the check of what they were at that commit, by the configuration that they had then, out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policylint.check import Checked, check
from policylint.cli.project import folder_of, project
from policylint.cli.refusal import CannotCheck
from policylint.config.settings import ConfigurationError, Settings
from policylint.rule.registry import PluginError, Registry

if TYPE_CHECKING:
    from policylint.source.git import Commit
    from policylint.source.snapshot import Snapshot


def _as_it_is(settings: Settings, registry: Registry) -> Settings:
    return settings


class Request(NamedTuple):
    """What is checked now, as far as it says what to check at an earlier commit."""

    paths: tuple[Path, ...]
    settings: Settings
    config: Path | None = None
    """The configuration file that was asked for, if any."""
    as_of: str | None = None
    tune: Callable[[Settings, Registry], Settings] = _as_it_is
    """What the options of the command line make of a configuration."""


class Earlier(NamedTuple):
    """What was checked at a commit; nothing where none of the paths, nor any folder of the project, was there."""

    commit: "Commit"
    checked: Checked | None
    shown: Callable[[str], str]
    """A path in the snapshot as the path in the work tree that people know."""


@contextmanager
def earlier(reference: str, request: Request) -> Iterator[Earlier]:
    """Check what the paths were at a commit. Raises `CannotCheck`; the user's files are only read."""
    from policylint.source.git import GitError, repository  # most checks do not ask git
    from policylint.source.snapshot import snapshot

    try:
        found = repository(folder_of(request.paths))
        commit = found.commit(reference)
        with snapshot(found, commit) as taken:
            yield Earlier(commit, _checked(taken, request), taken.now)
    except GitError as error:
        raise CannotCheck(f"cannot compare with {reference!r}: {error}") from error


def _checked(taken: "Snapshot", request: Request) -> Checked | None:
    within = request.settings.root if request.settings.file else None
    then = (taken.then(path, within) for path in request.paths)
    paths = tuple(dict.fromkeys(path for path in then if path))
    if not paths:
        return None
    config = taken.at(request.config) if request.config else None
    try:
        settings, registry, day = project(paths, config if config and config.is_file() else None, request.as_of)
        return check(paths, request.tune(settings, registry), registry, day)
    except (ConfigurationError, PluginError, CannotCheck) as error:
        said = error.message if isinstance(error, CannotCheck) else str(error)
        raise CannotCheck(f"cannot check {taken.commit.called!r}: {taken.now(said)}") from error
