"""Paths in; the files that belong to the project, read, and a mistake for each that cannot be read, out."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policylint.source.annotations import MARKER, NOT_SOURCE
from policylint.source.mistake import Mistake, MistakeKind
from policylint.source.text import SourceText, Span

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

DECLARATIONS = (".flow", ".policy")
LARGEST = 16 * 1024 * 1024
"""The largest file that is read, in bytes. A person wrote what is checked here; more is a mistake or an attack."""

NEVER = frozenset(
    (".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".mypy_cache", ".ruff_cache")
)
"""Folders that no search enters; name one as an argument to check it all the same."""

_MARKER = MARKER.encode()


class Reading(NamedTuple):
    """What was read: the texts, sorted by path, and a mistake for each file that could not be."""

    texts: tuple[SourceText, ...]
    mistakes: tuple[Mistake, ...]


def read(paths: Iterable[Path], exclude: Sequence[str], root: Path, buffer: tuple[Path, str] | None = None) -> Reading:
    """Read files and whole folders.

    Files named one by one are always read. In folders, what `.gitignore` or `exclude` (in its syntax,
    relative to `root`) names is passed over; source files are read where they hold an annotation.
    `buffer` is a path and the text to read in place of that file.
    """
    unsaved = {buffer[0].resolve(): buffer[1]} if buffer else {}
    found = {path.resolve(): path for given in paths for path in _files(given, exclude, root)}
    for path in unsaved:
        found.setdefault(path, path)
    texts: list[SourceText] = []
    mistakes: list[Mistake] = []
    for resolved, path in sorted(found.items(), key=lambda pair: shown(pair[1])):
        if resolved in unsaved:
            texts.append(SourceText(shown(path), unsaved[resolved], _inside(path, root)))
            continue
        text, reason = _text(path)
        if text is not None:
            texts.append(SourceText(shown(path), text, _inside(path, root)))
        elif reason is not None:
            mistakes.append(Mistake(MistakeKind.SYNTAX, Span(shown(path), 0, 0), f"cannot read this file: {reason}"))
    return Reading(tuple(texts), tuple(mistakes))


def shown(path: Path) -> str:
    """A path as people see it: from the current folder where it lies below it, with forward slashes."""
    relative = os.path.relpath(path)
    return (relative if not relative.startswith("..") else str(path)).replace(os.sep, "/")


def _inside(path: Path, root: Path) -> str:
    return os.path.relpath(path.absolute(), root.absolute()).replace(os.sep, "/")


def _text(path: Path) -> tuple[str | None, str | None]:
    """The file's text, or why it cannot be read, or neither for a source file without an annotation."""
    declares = path.suffix in DECLARATIONS
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return None, "this folder cannot be entered"
        if not stat.S_ISREG(status.st_mode):
            return None, "not a regular file" if declares else None
        if status.st_size > LARGEST:
            size = f"it has {status.st_size / 2**20:.0f} MB, more than the {LARGEST // 2**20} MB that are read"
            return None, size if declares or _marked(path) else None
        content = path.read_bytes()
    except OSError as error:
        return None, (error.strerror or "unreadable").lower() if declares else None
    if not declares and (_MARKER not in content or b"\0" in content[:8192]):
        return None, None
    return _decoded(content, declares)


def _decoded(content: bytes, declares: bool) -> tuple[str | None, str | None]:
    if b"\0" in content:
        return None, "it holds binary data"
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        if declares:
            return None, f"line {content.count(bytes([10]), 0, error.start) + 1} is not UTF-8"
        # What is not UTF-8 may stand anywhere in somebody's code; inside an annotation it is an unexpected character.
        return content.decode("utf-8-sig", errors="replace"), None


def _marked(path: Path) -> bool:
    """Whether a large file holds an annotation's marker, read block by block."""
    tail = b""
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            if b"\0" in block[:8192]:
                return False
            if _MARKER in tail + block:
                return True
            tail = block[-len(_MARKER) :]
    return False


def _files(given: Path, exclude: Sequence[str], root: Path) -> Iterator[Path]:
    if not given.is_dir():
        yield given
        return
    yield from _walk(given, _inherited(given), _excluded(exclude, root))


def _walk(
    folder: Path, specs: list[tuple[Path, "GitIgnoreSpec"]], excluded: list[tuple[Path, "GitIgnoreSpec"]]
) -> Iterator[Path]:
    ignore = folder / ".gitignore"
    if ignore.is_file():
        specs = [*specs, (folder, _spec(ignore.read_text(encoding="utf-8", errors="replace").splitlines()))]
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # an unreadable folder is reported like an unreadable file
        return
    for entry in entries:
        path = folder / entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if _ignored(path, is_folder, specs) or _ignored(path, is_folder, excluded):
            continue
        if is_folder:
            if entry.name not in NEVER:
                yield from _walk(path, specs, excluded)
        elif path.suffix.lstrip(".").lower() not in NOT_SOURCE and not (entry.is_symlink() and path.is_dir()):
            # Links to folders are not followed: they lead to files met elsewhere, or round in a circle.
            yield path


def _spec(lines: Iterable[str]) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec  # 40 ms, and most runs need none

    return GitIgnoreSpec.from_lines(lines)


def _excluded(patterns: Sequence[str], root: Path) -> list[tuple[Path, "GitIgnoreSpec"]]:
    return [(root, _spec(patterns))] if patterns else []


def _inherited(folder: Path) -> list[tuple[Path, "GitIgnoreSpec"]]:
    """The `.gitignore` files above a folder, up to the root of its repository."""
    above: list[tuple[Path, GitIgnoreSpec]] = []
    resolved = folder.resolve()
    chain = [resolved, *resolved.parents]
    top = next((index for index, parent in enumerate(chain) if (parent / ".git").exists()), 0)
    for parent in reversed(chain[1 : top + 1]):
        ignore = parent / ".gitignore"
        if ignore.is_file():
            above.append((parent, _spec(ignore.read_text(encoding="utf-8", errors="replace").splitlines())))
    return above


def _ignored(path: Path, is_folder: bool, specs: list[tuple[Path, "GitIgnoreSpec"]]) -> bool:
    """Whether the nearest `.gitignore` that speaks of the path says so."""
    for base, spec in reversed(specs):
        relative = os.path.relpath(path.absolute(), base.absolute()).replace(os.sep, "/")
        verdict = spec.check_file(relative + "/" if is_folder else relative).include
        if verdict is not None:
            return verdict
    return False
