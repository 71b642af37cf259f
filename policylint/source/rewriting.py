"""A file in; its text as it can be written back, and the file with another text, out.

Nothing that is not changed is lost: neither a byte order mark, nor bytes that are not UTF-8, nor the file's mode.
Whoever reads at the same time sees the old file or the new one, never half of one.
"""

import os
import shutil
import tempfile
from codecs import BOM_UTF8
from pathlib import Path
from typing import NamedTuple

_BYTES = "surrogateescape"


class Original(NamedTuple):
    """A file before it is changed. Bytes that are not UTF-8 are surrogates in its text."""

    path: Path
    text: str
    has_mark: bool


def original(path: Path) -> Original:
    """Read a file that is to be changed; raises `OSError`."""
    content = path.read_bytes()
    return Original(path, content.decode("utf-8-sig", _BYTES), content.startswith(BOM_UTF8))


def encoded(text: str, *, has_mark: bool) -> bytes:
    """The bytes of a text that `original` read, or that was made of one."""
    return (BOM_UTF8 if has_mark else b"") + text.encode("utf-8", _BYTES)


def rewrite(before: Original, text: str) -> None:
    """Put a text in a file's place, all at once; raises `OSError`. A link goes on leading to the file."""
    target = before.path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:32]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(encoded(text, has_mark=before.has_mark))
        shutil.copymode(target, name)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
