"""Paths in; the files that belong to the project, read, and a mistake for each that cannot be read, out."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from policylint.source.annotations import MARKER
from policylint.source.mistake import Mistake, MistakeKind
from policylint.source.patterns import Exclusion
from policylint.source.text import SourceText, Span
from policylint.source.walk import Found, reason, walk
from policylint.source.witness import Kept, reads
from policylint.stages import stage

DECLARATIONS = (".flow", ".policy")
LARGEST = 16 * 1024 * 1024
"""The largest file that is read, in bytes. A person wrote what is checked here; more is a mistake or an attack."""

_MARKER = MARKER.encode()
_UNREADABLE_HELP = "repair it, or leave it out with `exclude`"


class Reading(NamedTuple):
    """What was read: the texts, sorted by path, and a mistake for each file that could not be."""

    texts: tuple[SourceText, ...]
    mistakes: tuple[Mistake, ...]
    files: tuple[Kept, ...] = ()
    """Every file that could be read, those that declare nothing included."""


class _UnreadableError(Exception):
    """Why a file that belongs to the project cannot be read."""


def declares(path: str | Path) -> bool:
    """Whether a file holds nothing but declarations; any other may hold some in its comments."""
    return str(path).lower().endswith(DECLARATIONS)


@stage("read")
def read(
    paths: Iterable[Path], exclude: Sequence[Exclusion], root: Path, buffer: tuple[Path, str] | None = None
) -> Reading:
    """Read files and whole folders.

    Files named one by one are always read. In folders, what `.gitignore` or `exclude` names is passed
    over; source files are read where they hold an annotation. `root` is the project's folder.
    `buffer` is a path and the text to read in place of that file.
    """
    unsaved = {_resolved(os.fspath(buffer[0])): buffer} if buffer else {}
    files = _files(paths, exclude)
    for resolved, (given, _) in unsaved.items():
        files.setdefault(resolved, Found(os.fspath(given)))
    naming = _Naming(root)
    texts: list[SourceText] = []
    mistakes: list[Mistake] = []
    kept: list[Kept] = []
    for (name, inside), resolved, (path, obstacle, _) in sorted(
        (naming.names(found.path), at, found) for at, found in files.items()
    ):
        try:
            if obstacle:
                raise _UnreadableError(obstacle)
            text = unsaved[resolved][1] if resolved in unsaved else _text(path)
        except _UnreadableError as error:
            mistakes.append(_unreadable(name, obstacle or f"cannot read this file: {error}"))
            continue
        kept.append(Kept(path, name, inside, text))
        if text is not None:
            texts.append(SourceText(name, text, inside))
    return Reading(tuple(texts), tuple(mistakes), tuple(kept))


@stage("read")
def read_again(files: Iterable[Kept], changed: Set[str]) -> Reading:
    """Read a project of which only the content of some files has changed, by their paths."""
    kept: list[Kept] = []
    mistakes: list[Mistake] = []
    for file in files:
        try:
            kept.append(file._replace(text=_text(file.path)) if file.path in changed else file)
        except _UnreadableError as error:
            mistakes.append(_unreadable(file.shown, f"cannot read this file: {error}"))
    texts = [text for file in kept if (text := source_text(file))]
    return Reading(tuple(texts), tuple(mistakes), tuple(kept))


def source_text(file: Kept) -> SourceText | None:
    """The text of a file; None for a source file that declares nothing."""
    return None if file.text is None else SourceText(file.shown, file.text, file.inside)


def _unreadable(path: str, message: str) -> Mistake:
    return Mistake(MistakeKind.SYNTAX, Span(path, 0, 0), message, _UNREADABLE_HELP)


def shown(path: str | Path) -> str:
    """A path as people see it: from the current folder where it lies below it, with forward slashes."""
    relative = os.path.relpath(path)
    return _printable((relative if not relative.startswith("..") else str(path)).replace(os.sep, "/"))


class _Naming:
    """Names for files, worked out once for each folder."""

    def __init__(self, root: Path) -> None:
        self._root = os.path.abspath(root)
        self._folders: dict[str, tuple[str, str]] = {}

    def names(self, path: str) -> tuple[str, str]:
        """How a file is shown, and its path inside the project."""
        folder, name = os.path.split(path)
        if folder not in self._folders:
            inside = _printable(os.path.relpath(os.path.abspath(folder), self._root).replace(os.sep, "/"))
            self._folders[folder] = _beginning(shown(folder or os.curdir)), _beginning(inside)
        first, second = self._folders[folder]
        name = _printable(name)
        return first + name, second + name


def _beginning(folder: str) -> str:
    return "" if folder == "." else folder.rstrip("/") + "/"


def _printable(path: str) -> str:
    r"""A path without what is no text and what a terminal would obey: `\xff` and `\x1b` in their places."""
    if path.isprintable():
        return path
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in path).replace("\\udc", "\\x")


def _files(paths: Iterable[Path], exclude: Sequence[Exclusion]) -> dict[str, Found]:
    """The files by where they really lie, each once, by the same one of its names whatever the order."""
    files: dict[str, Found] = {}
    for given in paths:
        for found in walk(given, exclude) if os.path.isdir(given) else (Found(os.fspath(given)),):
            resolved = found.resolved or _resolved(found.path)
            other = files.get(resolved)
            if other is None or _rank(found) < _rank(other):
                files[resolved] = found
    return files


def _resolved(path: str) -> str:
    try:
        return os.path.realpath(path)
    except OSError:  # a link that nobody may follow, or that is gone since; reading it will say so
        return os.path.abspath(path)


def _rank(found: Found) -> tuple[bool, str]:
    return os.path.islink(found.path), shown(found.path)


def _text(path: str) -> str | None:
    """The file's text; None for a source file without an annotation. Raises `_UnreadableError`."""
    try:
        content = _content(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        if not declares(path):
            return None  # a link to nowhere: there is nothing that could declare anything
        raise _UnreadableError(reason(error)) from error
    except OSError as error:
        if os.path.islink(path) and not declares(path):
            return None  # nor does a link that leads back to itself
        raise _UnreadableError(reason(error)) from error
    return None if content is None else _decoded(content, declares(path))


def _content(path: str) -> bytes | None:
    """The file's bytes; None for a source file without an annotation."""
    reads(path)
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        if declares(path):
            raise _UnreadableError("it is a folder" if stat.S_ISDIR(status.st_mode) else "it is not a regular file")
        return None
    if status.st_size > LARGEST:
        if not declares(path) and not _marked(path):
            return None
        most = LARGEST // 2**20
        raise _UnreadableError(f"it has {status.st_size / 2**20:.0f} MB, more than the {most} MB that are read")
    with open(path, "rb") as stream:
        content = stream.read()
    is_of_interest = declares(path) or (_MARKER in content and b"\0" not in content[:8192])
    return content if is_of_interest else None


def _decoded(content: bytes, is_all_declarations: bool) -> str:
    if b"\0" in content:
        raise _UnreadableError("it holds binary data")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if is_all_declarations:
            line = content.count(b"\n", 0, error.start) + 1
            raise _UnreadableError(f"line {line} is not UTF-8") from error
        # What is not UTF-8 may stand anywhere in somebody's code; inside an annotation it is an unexpected character.
        return content.decode("utf-8-sig", errors="replace")


def _marked(path: str) -> bool:
    """Whether a large text file holds an annotation's marker, read block by block."""
    with open(path, "rb") as stream:
        return any(_MARKER in block for block in _blocks(stream.read))


def _blocks(read_bytes: Callable[[int], bytes]) -> Iterator[bytes]:
    """A file in overlapping blocks, so that no marker is cut in two; nothing of a binary one."""
    tail = b""
    while block := read_bytes(1 << 20):
        if b"\0" in block[:8192]:
            return
        yield tail + block
        tail = block[-len(_MARKER) :]
