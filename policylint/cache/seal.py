"""Bytes in; the same under a seal that only this user's policylint can set, and can tell from any other, out.

A cache lies in the project, where somebody else may have put it: it came with a clone, or with an archive. What has no
seal of one's own is not looked at. The key lies in the user's own cache folder.
"""

import os

try:
    from _blake2 import blake2b  # a third of the time that hashlib takes, which loads OpenSSL
except ImportError:  # pragma: no cover
    from hashlib import blake2b

SIZE = 32
"""The length of a seal and of a key, in bytes."""


def folder_of_user() -> str:
    """Where this user's own caches are kept."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):  # as its specification has it; it would lie in the project, otherwise
        home = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(home, "policylint")


def key() -> bytes | None:
    """The user's key, made when there is none; None where it cannot be kept."""
    path = os.path.join(folder_of_user(), "key")
    try:
        return _read(path) or _made(path)
    except OSError:
        return None


def seal(key: bytes, content: bytes | memoryview) -> bytes:
    """The seal of some content."""
    return blake2b(content, key=key, digest_size=SIZE).digest()


def sealed(key: bytes, name: str, content: bytes) -> bytes:
    """The content behind its seal, which is good for this name only."""
    return seal(_of(key, name), content) + content


def opened(key: bytes, name: str, whole: bytes) -> memoryview | None:
    """The content, None where the seal is not ours, or the content is not what was sealed under that name."""
    content = memoryview(whole)[SIZE:]
    return content if seal(_of(key, name), content) == whole[:SIZE] else None


def _of(key: bytes, name: str) -> bytes:
    """The key for one name."""
    return seal(key, name.encode())


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as stream:
            found = stream.read(SIZE + 1)
    except FileNotFoundError:
        return None
    return found if len(found) == SIZE else None


def _made(path: str) -> bytes:
    """A new key. Of two runs that make one at the same time the first wins."""
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    made = os.urandom(SIZE)
    beside = f"{path}.{os.getpid()}"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(made)
        try:
            os.link(beside, path)
        except FileExistsError:
            present = _read(path)
            if present is not None:
                return present
            os.replace(beside, path)  # what was there is no key
            return made
    finally:
        if os.path.exists(beside):
            os.unlink(beside)
    return made
