"""A folder in; every file below it that `.gitignore` and the project's own exclusions leave, out."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policylint.source.annotations import NOT_SOURCE
from policylint.source.patterns import Exclusion, compiled, slashed
from policylint.source.witness import looked_at

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NEVER = frozenset(
    (
        *(".git", ".hg", ".svn", ".venv", "venv", "node_modules"),
        *("__pycache__", ".tox", ".mypy_cache", ".ruff_cache", ".policylint_cache"),
    )
)
"""Folders that no search enters; name one as an argument to check it all the same."""


class Found(NamedTuple):
    """A file, or a path where something stood in the way and what that was, in a whole sentence.

    `resolved` is where it really lies, where that is known: a link may lead anywhere.
    """

    path: str
    obstacle: str | None = None
    resolved: str | None = None


class _Ignore(NamedTuple):
    """The patterns that hold in one folder and below, `base` with forward slashes and resolved."""

    base: str
    spec: "GitIgnoreSpec"


class _Folder(NamedTuple):
    path: str
    real: str
    ignores: tuple[_Ignore, ...]

    @property
    def resolved(self) -> str:
        """Where it really lies, with forward slashes, as patterns have them."""
        return slashed(self.real)


def walk(given: Path, exclude: Sequence[Exclusion]) -> Iterator[Found]:
    """Find the files below a folder, in no particular order."""
    real = os.path.realpath(given)
    excluded = _excluded(exclude)
    inherited = _inherited(slashed(real))
    if _ignored(slashed(real), True, inherited):
        inherited = ()  # whoever names an ignored folder wants it checked
    # No recursion: folders may lie deeper than Python's stack is high.
    pending = [_Folder(str(given), real, inherited)]
    while pending:
        folder = pending.pop()
        looked_at(folder.path)
        try:
            entries = list(os.scandir(folder.path))
        except OSError as error:
            yield Found(folder.path, f"cannot enter this folder: {reason(error)}")
            continue
        ignores, obstacle = _with_own(folder, entries)
        if obstacle:
            yield obstacle
        for entry in entries:
            real = os.path.join(folder.real, entry.name)
            below = slashed(real)
            is_folder = entry.is_dir(follow_symlinks=False)
            if _ignored(below, is_folder, ignores) or _ignored(below, is_folder, excluded):
                continue
            if is_folder and entry.name not in NEVER:
                pending.append(_Folder(_join(folder.path, entry.name), real, ignores))
            elif not is_folder and _may_belong(entry):
                yield Found(_join(folder.path, entry.name), None, None if entry.is_symlink() else real)


def _excluded(exclude: Sequence[Exclusion]) -> tuple[_Ignore, ...]:
    """The configured patterns, those of one folder together: a later `!` takes back what an earlier one named."""
    bases = dict.fromkeys(each.base for each in exclude)
    return tuple(
        _Ignore(slashed(os.path.realpath(base)), compiled([each.pattern for each in exclude if each.base == base]))
        for base in bases
    )


def _may_belong(entry: "os.DirEntry[str]") -> bool:
    """Whether a file may declare something.

    Links to folders are not followed: they lead to files met elsewhere, or round in a circle.
    """
    if entry.is_symlink():
        looked_at(entry.path)
        if os.path.isdir(entry.path):
            return False
    return os.path.splitext(entry.name)[1].lstrip(".").lower() not in NOT_SOURCE


def reason(error: OSError) -> str:
    """What the system says, in lower case."""
    return (error.strerror or "it cannot be read").lower()


def _with_own(folder: _Folder, entries: Iterable["os.DirEntry[str]"]) -> tuple[tuple[_Ignore, ...], Found | None]:
    """The patterns of a folder and all above it, and what stood in the way of reading its own."""
    if not any(entry.name == ".gitignore" and entry.is_file() for entry in entries):
        return folder.ignores, None
    own = _join(folder.path, ".gitignore")
    looked_at(own)
    try:
        return (*folder.ignores, _read(Path(own), folder.resolved)), None
    except OSError as error:
        return folder.ignores, Found(own, f"cannot read this file: {reason(error)}")


def _join(folder: str, name: str) -> str:
    return name if folder == os.curdir else os.path.join(folder, name)


def _read(file: Path, base: str) -> _Ignore:
    return _Ignore(base, compiled(file.read_text(encoding="utf-8-sig", errors="replace").splitlines()))


def _inherited(resolved: str) -> tuple[_Ignore, ...]:
    """The patterns of the folders above, up to the root of the repository."""
    chain = [Path(resolved), *Path(resolved).parents]
    top = next((index for index, parent in enumerate(chain) if _is_top(parent)), 0)
    above: list[_Ignore] = []
    for parent in reversed(chain[1 : top + 1]):
        file = parent / ".gitignore"
        looked_at(file)
        if os.path.isfile(file) and os.access(file, os.R_OK):
            above.append(_read(file, slashed(str(parent))))
    return tuple(above)


def _is_top(folder: Path) -> bool:
    """Whether a folder is that of a repository."""
    git = folder / ".git"
    # Git writes in that folder all the time; whether it is one of a repository is what matters.
    looked_at(git / "HEAD" if os.path.isdir(git) else git)
    return os.path.exists(git)


def _ignored(path: str, is_folder: bool, ignores: Sequence[_Ignore]) -> bool:
    """Whether the nearest patterns that speak of a path say that it is left out."""
    for base, spec in reversed(ignores):
        prefix = base.rstrip("/") + "/"
        if path.startswith(prefix):
            verdict = spec.check_file(path[len(prefix) :] + ("/" if is_folder else "")).include
            if verdict is not None:
                return verdict
    return False
