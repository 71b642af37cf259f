"""A commit in; a temporary folder with what policylint would read of it out, and the way from today's paths to it.

The folder is laid out like the whole disk: the repository lies in it at its own absolute path, and everything beside
the repository is a link to what is really there. So a configuration that names a file outside of the repository finds
it, and one inside finds what it was at that commit. The user's own files are only read.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from policylint.source.annotations import MARKER
from policylint.source.files import LARGEST, declares
from policylint.source.git import Commit, Entry, GitError, Repository
from policylint.source.policy_texts import SUFFIXES

_NEEDED = (*SUFFIXES, ".toml")
"""Policies' texts and configurations; what declares something is needed too."""


@dataclass(frozen=True)
class Snapshot:
    """The files of a commit, below `disk` at the absolute paths that they would have in the work tree."""

    commit: Commit
    top: Path
    disk: Path

    def then(self, path: Path, within: Path | None = None) -> Path | None:
        """Where a path of the work tree lies in the snapshot.

        One that was not there yet stands for the nearest folder above it that was, but not above `within`. None where
        there is no such folder: all of it is new. Raises `GitError` for a path outside of the repository.
        """
        real = Path(os.path.realpath(path))
        if not real.is_relative_to(self.top):
            raise GitError(f"{str(path)!r} lies outside of the repository {str(self.top)!r}: name paths inside it")
        limit = Path(os.path.realpath(within)) if within else self.top
        for folder in (real, *real.parents):
            then = self.at(folder)
            if then.exists() or then.is_symlink():
                return then
            if folder in (limit, self.top):
                return None
        return None

    def now(self, path: str) -> str:
        """The path that a path in the snapshot would have in the work tree, for people."""
        return path.replace(str(self.disk), "")

    def at(self, path: Path) -> Path:
        """Where exactly this path would lie in the snapshot, whether it is there or not."""
        real = Path(os.path.realpath(path))
        return self.disk / real.relative_to(real.anchor)


@contextmanager
def snapshot(repository: Repository, commit: Commit) -> Iterator[Snapshot]:
    """Lay a commit out in a temporary folder, and remove that in the end. Raises `GitError`."""
    top = Path(os.path.realpath(repository.top))
    with ExitStack() as stack:
        try:
            folder = tempfile.TemporaryDirectory(prefix="policylint-", ignore_cleanup_errors=True)
            taken = Snapshot(commit, top, Path(os.path.realpath(stack.enter_context(folder))))
            _surround(taken)
            _lay_out(taken, repository)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            problem = f"cannot lay out {commit.called!r} in a temporary folder: {reason}"
            raise GitError(f"{problem}; set TMPDIR to a folder with room") from error
        yield taken


def _surround(taken: Snapshot) -> None:
    """Make the folders down to the repository, and a link to everything that lies beside them."""
    for folder in reversed(taken.top.parents):
        mirrored = taken.at(folder)
        mirrored.mkdir(exist_ok=True)
        with suppress(OSError):  # who may not look into a folder could not read its files either
            for entry in os.scandir(folder):
                if not taken.top.is_relative_to(entry.path):
                    (mirrored / entry.name).symlink_to(entry.path)
    # Patterns of `.gitignore` hold up to the top of the repository, which is known by this folder.
    (taken.at(taken.top) / ".git").mkdir(parents=True)


def _lay_out(taken: Snapshot, repository: Repository) -> None:
    annotated = repository.containing(MARKER, taken.commit)
    entries = [entry for entry in repository.files(taken.commit) if _is_needed(entry, annotated)]
    links: list[tuple[Path, bytes]] = []
    for entry, content in repository.contents(entries):
        path = taken.at(taken.top) / entry.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if entry.is_link:
            links.append((path, content))
        else:
            path.write_bytes(content)
    for path, target in links:  # last, so that nothing is written through one
        path.symlink_to(os.fsdecode(target))


def _is_needed(entry: Entry, annotated: frozenset[str]) -> bool:
    parts = PurePosixPath(entry.path).parts
    if entry.path.startswith("/") or {"..", ".git"} & {part.lower() for part in parts} or entry.size > LARGEST:
        return False  # git makes no such path itself; a commit made by hand may hold one
    is_config = parts[-1] == ".gitignore" or entry.path.lower().endswith(_NEEDED)
    return entry.is_link or is_config or declares(entry.path) or entry.path in annotated
