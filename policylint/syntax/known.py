"""What the parser was asked so far in; its answers for later runs, from the user's own cache folder, out.

They lie where the grammar's tables lie, never in a project: whoever can write there can run what they like anyway.
"""

import os
import pickle
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from policylint import __version__
from policylint.cache.seal import folder_of_user, seal
from policylint.source.witness import signature
from policylint.syntax.rules import keywords, rules
from policylint.syntax.samples import Samples
from policylint.syntax.shapes import Shapes
from policylint.syntax.token_types import Types
from policylint.syntax.tree import Declaration, FlowBody

_MOST_SHAPES = 2_000
_MOST_READ = 200
"""So many answers are kept: loading more would take longer than asking again."""
_NAME = "known-"
_LONGEST_UNUSED = 30 * 24 * 60 * 60
"""Seconds after which the answers for another version are removed: that version is hardly in use any more."""


class Known:
    """The answers. `parse` is the grammar: what it makes of a text, or None where it accepts none."""

    def __init__(self, parse: Callable[[str], Any]) -> None:
        types = Types(keywords())
        self.shapes, self.samples = Shapes(parse, types), Samples(parse, types.of)
        self._read: dict[bytes, tuple[int, bytes]] = {}
        """What was read of whole texts: packed, since most of it is of earlier days and loading a policy takes long."""
        self._path = os.path.join(folder_of_user(), f"{_NAME}{_digest(_version())[:8].hex()}")
        # What cannot be read, for whatever reason, is asked again.
        with suppress(Exception), open(self._path, "rb") as stream:
            self.shapes.clauses, self.samples.known, self._read = pickle.load(stream)
        self._kept = self._count()

    def declaration(self, text: str, start: int, end: int, bodies: dict[str, FlowBody]) -> Declaration | None:
        """What stands there; None where the parser has to be asked. `bodies` are those of flows that were seen."""
        if text.startswith("flow", start):
            found: Declaration | None = self.shapes.declaration(text, start, end, bodies)
        elif text.startswith(("term", "party", "service"), start):
            found = self.samples.declaration(text, start, end)
        else:
            found = None
        if found is None and self._read:
            at, packed = self._read.get(_digest(text[start:end]), (start, None))
            if packed and at == start:
                with suppress(Exception):
                    found = pickle.loads(packed)
        return found

    def add(self, text: str, start: int, end: int, read: Declaration) -> None:
        """Remember what the parser read, such as a policy, for when it stands at the same place of its file again."""
        self._read[_digest(text[start:end])] = start, pickle.dumps(read, pickle.HIGHEST_PROTOCOL)
        if len(self._read) > _MOST_READ:
            del self._read[next(iter(self._read))]

    def keep(self) -> None:
        """Keep what is new for later runs; where that cannot be done they ask again."""
        if self._count() == self._kept or len(self.shapes.clauses) + len(self.samples.known) > _MOST_SHAPES:
            return
        self._kept = self._count()
        beside = f"{self._path}.{os.getpid()}"
        try:
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            with open(beside, "wb") as stream:
                pickle.dump((self.shapes.clauses, self.samples.known, self._read), stream, pickle.HIGHEST_PROTOCOL)
            os.replace(beside, self._path)
            _remove_old(os.path.dirname(self._path))
        except OSError:
            with suppress(OSError):
                os.unlink(beside)

    def _count(self) -> tuple[object, ...]:
        read = ((text, start) for text, (start, _) in self._read.items())
        return len(self.shapes.clauses), len(self.samples.known), *read


def _remove_old(folder: str) -> None:
    """Remove what nobody has added to for long; what was just written is not old."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_NAME) and entry.stat().st_mtime < time.time() - _LONGEST_UNUSED:
                os.unlink(entry)


def _version() -> str:
    """All that the answers depend on."""
    own = [signature(str(path)) for path in sorted(Path(__file__).parent.glob("*.py"))]
    return repr((__version__, sys.version, own, rules()))


def _digest(text: str) -> bytes:
    return seal(b"policylint", text.encode("utf-8", "surrogatepass"))
