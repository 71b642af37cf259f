"""A path and its new content in; the file replaced as a whole, or left as it was, out."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it; its mode stays, and a link goes on pointing to it.

    Raises `OSError`.
    """
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """The mode of a file; of a new one that of any file that this user makes."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def create_files(texts: Mapping[Path, str]) -> None:
    """Create files and the folders they lie in, all or none; raises `OSError`, also where one is there already."""
    made: list[Path] = []
    folders: list[Path] = []
    try:
        for path, text in texts.items():
            for folder in [each for each in reversed(path.parents) if not each.exists()]:
                folder.mkdir()
                folders.append(folder)
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                made.append(path)
                stream.write(text)
    except BaseException:
        for path in reversed(made):
            path.unlink(missing_ok=True)
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        raise
