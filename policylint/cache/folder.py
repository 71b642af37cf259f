"""A project's folder in; the folder of its cache, and entries that are there whole or not at all, out."""

import os
from contextlib import suppress

NAME = ".policylint_cache"
RUN = "run-"
"""How the names of entries begin."""
BESIDE = ("texts-", "after-")
"""How the names of files begin that go with an entry; they go on as the name of that does."""
_MOST = 16
"""So many entries are kept, the newest: one for each way in which the project is checked."""
_MARKS = {
    "CACHEDIR.TAG": b"Signature: 8a477f597d28d172789f06886806bc55\n# Made by policylint; may be deleted at any time.\n",
    ".gitignore": b"# Made by policylint; may be deleted at any time.\n*\n",
}


def nearest(start: str) -> str | None:
    """The cache that holds for a path: in its folder, or in the nearest above that has one."""
    folder = os.path.abspath(start)
    while True:
        cache = os.path.join(folder, NAME)
        if os.path.isdir(cache) and not os.path.islink(cache):  # a link may lead anywhere
            return cache
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def read(project: str, name: str) -> bytes:
    """A file of the cache; nothing where there is none or it cannot be read."""
    try:
        with open(os.path.join(project, NAME, name), "rb") as stream:
            return stream.read()
    except OSError:
        return b""


def write(project: str, name: str, content: bytes) -> None:
    """Keep a file; where that cannot be done, for whatever reason, there is none."""
    cache = os.path.join(project, NAME)
    beside = os.path.join(cache, f"{name}.{os.getpid()}")
    try:
        _make(cache)
        # For its owner only: it holds texts of files that may be for nobody else.
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
        os.replace(beside, os.path.join(cache, name))
        _tidy(cache)
    except OSError:
        with suppress(OSError):
            os.unlink(beside)


def clean(cache: str) -> int:
    """Take a cache away: what policylint put there, and the folder if nothing else is in it; how many entries."""
    files = _files(cache)
    for name in (*files, *_MARKS):
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(cache, name))
    with suppress(OSError):
        os.rmdir(cache)
    return sum(name.startswith(RUN) for name in files)


def _make(cache: str) -> None:
    if os.path.islink(cache):
        raise FileExistsError(cache)
    os.makedirs(cache, exist_ok=True)
    for name, content in _MARKS.items():
        # Whatever is there is left alone, a link that leads nowhere too.
        with suppress(FileExistsError), open(os.path.join(cache, name), "xb") as stream:
            stream.write(content)


def _tidy(cache: str) -> None:
    """Keep the newest entries and what goes with them; what a killed run left half written is old some day, too."""
    files = sorted(_files(cache), key=lambda name: os.stat(os.path.join(cache, name)).st_mtime_ns)
    newest = {name.partition("-")[2] for name in [each for each in files if each.startswith(RUN)][-_MOST:]}
    for name in files[:-_MOST]:  # of the newest, some may be there before the entry that they go with
        if name.partition("-")[2] not in newest:
            os.unlink(os.path.join(cache, name))


def _files(cache: str) -> list[str]:
    names = (name for name in os.listdir(cache) if name.startswith((RUN, *BESIDE)))
    return [name for name in names if os.path.isfile(os.path.join(cache, name))]
