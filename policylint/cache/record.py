"""What one run looked at, read and said in; bytes, and from bytes the same again, out.

Plain numbers and texts, so that nothing has to be imported to read them: the run that reads them is to be over soon.
"""

import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from policylint.source.witness import Kept, Seen, Signature

_FORMAT = b"policylint run 3\n"
_NUMBER = 8
"""Bytes of a number."""
_FIELDS = 4
"""Numbers of a signature."""


class Record(NamedTuple):
    """One run: what it looked at, the project's files among that, and what it said."""

    seen: Seen
    files: Sequence[Kept]
    said: Sequence[tuple[int, bytes]]
    """What went out, each piece with the number of its stream: 1 for standard output, 2 for standard error."""
    status: int
    memory: bytes
    """What a run needs to know of this one where only some files have changed; empty where it has to look at all."""


class Stored:
    """A record as bytes, taken apart as far as somebody asks."""

    def __init__(self, content: memoryview) -> None:
        """Raises `ValueError` for bytes of another format."""
        if content[: len(_FORMAT)] != _FORMAT:
            raise ValueError("another format")
        self._at = len(_FORMAT)
        self._content = content
        self.seen = Seen(self._signatures(), self._signatures())
        self.status, *streams = self._numbers()
        self.said = [(stream, bytes(self._bytes())) for stream in streams]
        self.memory = self._bytes()

    def files(self) -> list[Kept]:
        """The project's files; to be asked once, at the end."""
        paths, shown, inside, texts = (self._texts() for _ in range(4))
        declaring = (text[1:] if text else None for text in texts)
        return list(map(Kept, paths, shown, inside, declaring))

    def _signatures(self) -> dict[str, Signature]:
        paths, numbers = self._texts(), iter(self._numbers())
        return dict(zip(paths, zip(*(numbers,) * _FIELDS, strict=True), strict=True))

    def _bytes(self) -> memoryview:
        start = self._at + _NUMBER
        (length,) = struct.unpack_from("<q", self._content, self._at)
        self._at = start + length
        return self._content[start : self._at]

    def _numbers(self) -> tuple[int, ...]:
        packed = self._bytes()
        return struct.unpack(f"<{len(packed) // _NUMBER}q", packed)

    def _texts(self) -> list[str]:
        ends = accumulate(self._numbers(), initial=0)
        joined = str(self._bytes(), "utf-8", "surrogatepass")
        return [joined[start:end] for start, end in pairwise(ends)]


def encoded(record: Record) -> bytes:
    """A record as bytes, for `Stored`."""
    parts = [
        *_signatures(record.seen.deciding),
        *_signatures(record.seen.files),
        _numbers([record.status, *(stream for stream, _ in record.said)]),
        *(piece for _, piece in record.said),
        record.memory,
    ]
    for field in ("path", "shown", "inside"):
        parts += _texts([getattr(file, field) for file in record.files])
    parts += _texts(["" if file.text is None else f"+{file.text}" for file in record.files])
    return _FORMAT + b"".join(piece for part in parts for piece in (struct.pack("<q", len(part)), part))


def _signatures(signatures: Mapping[str, Signature]) -> tuple[bytes, ...]:
    return *_texts(list(signatures)), _numbers([number for signature in signatures.values() for number in signature])


def _numbers(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}q", *numbers)


def _texts(texts: Sequence[str]) -> tuple[bytes, bytes]:
    return _numbers([len(text) for text in texts]), "".join(texts).encode("utf-8", "surrogatepass")
