"""The entry of a run in; what is kept beside it, under a seal that is good with this entry only, in and out.

The entry itself holds what an unchanged project needs, and is read each time. Beside it lie the project's texts with
what is remembered of the check, for a run after a change, and what was said after the last change.
"""

import os
from typing import NamedTuple

from policylint.cache import folder
from policylint.cache.record import Record, Stored, encoded
from policylint.cache.seal import SIZE, opened, sealed

TEXTS, AFTER = folder.BESIDE
_LARGEST = 256 * 1024 * 1024
"""Bytes of a record that is still worth while."""


class Entry(NamedTuple):
    """Where an entry lies, and how it is sealed."""

    secret: bytes
    project: str
    """The folder that the cache lies in."""
    name: str
    seal: bytes

    def beside(self, kind: str) -> Stored | None:
        """What is kept beside it. Raises `ValueError` and `struct.error` for another format."""
        content = opened(self.secret, self._sealing(kind), folder.read(self.project, self._name(kind)))
        return None if content is None else Stored(content)

    def keep(self, kind: str, record: Record) -> None:
        """Keep something beside it."""
        content = encoded(record)
        if len(content) <= _LARGEST:
            folder.write(self.project, self._name(kind), sealed(self.secret, self._sealing(kind), content))

    def _name(self, kind: str) -> str:
        return kind + self.name.removeprefix(folder.RUN)

    def _sealing(self, kind: str) -> str:
        return kind + self.name + self.seal.hex()


def found(secret: bytes, project: str, name: str) -> tuple[Entry, Stored] | None:
    """The entry of that name. Raises `ValueError` and `struct.error` for another format."""
    whole = folder.read(project, name)
    content = opened(secret, name, whole)
    return None if content is None else (Entry(secret, project, name, whole[:SIZE]), Stored(content))


def made(secret: bytes, project: str, name: str, record: Record, texts: Record) -> None:
    """Keep a new entry, with the texts that go with it: these first, so that no other ones are ever taken for them."""
    # What lies beside an entry is good with no other one, even if that says the same of the same files.
    whole = sealed(secret, name, encoded(record._replace(memory=os.urandom(SIZE))))
    Entry(secret, project, name, whole[:SIZE]).keep(TEXTS, texts)
    folder.write(project, name, whole)
