"""The name by which a policy calls its text in; the text, in whatever encoding it is, or why it is of no use, out."""

import codecs
import os
import posixpath
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from policylint.source.files import LARGEST, shown
from policylint.source.text import SourceText
from policylint.source.witness import looked_at

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm")
"""What a policy's text may be. Nothing else is ever read: a report quotes it, and a policy file may be anybody's."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class Unreadable(NamedTuple):
    """A text that is there and cannot be used."""

    path: str
    reason: str


Found = SourceText | Unreadable | None
"""A text, why it is of no use, or None where it is not at hand."""


class Shelf:
    """Where policies' texts are looked for: among texts in memory, beside the policy, in the configured folders.

    Without `folders` (not even an empty list of them) no disk is touched.
    """

    def __init__(self, texts: Iterable[SourceText] = (), folders: Sequence[Path] | None = None) -> None:
        self._texts = {text.path: text for text in texts}
        self._folders = folders

    def find(self, policy_file: str, name: str) -> Found:
        """The text that a policy in a file calls by this name."""
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(policy_file), name.replace("\\", "/")))
        if beside in self._texts and beside.lower().endswith(SUFFIXES):
            return self._texts[beside]
        for path in self._places(policy_file, name):
            looked_at(path)
            if path.is_file():
                return read_policy_text(path)
        return None

    def _places(self, policy_file: str, name: str) -> list[Path]:
        if self._folders is None:
            return []
        within = [folder / name for folder in self._folders]
        # A folder of texts need not be laid out like the folders of the policies.
        by_name = [folder / Path(name).name for folder in self._folders]
        return [Path(policy_file).parent / name, *within, *by_name]

    @property
    def places(self) -> str:
        """Where it looks, for a sentence."""
        folders = [f"`{shown(folder)}`" for folder in self._folders or ()]
        return " or in ".join(["beside the policy", *folders])


def read_policy_text(path: Path) -> SourceText | Unreadable:
    """Read one text; its line ends become `\\n`."""
    name = shown(path)
    if path.suffix.lower() not in SUFFIXES:
        return Unreadable(name, f"it is none of {', '.join(SUFFIXES)}")
    try:
        if os.path.getsize(path) > LARGEST:
            return Unreadable(name, f"it has more than {LARGEST // 2**20} MB")
        content = path.read_bytes()
    except OSError as error:
        return Unreadable(name, (error.strerror or "unreadable").lower())
    text = _decoded(content)
    if text is None:
        return Unreadable(name, "it holds binary data")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SourceText(name, text) if text.strip() else Unreadable(name, "it is empty")


def _decoded(content: bytes) -> str | None:
    """The text in its encoding; None for what is no text in any."""
    for codec in _codecs(content):
        try:
            text = content.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
        return None if _CONTROLS.search(text) else text
    return None


def _codecs(content: bytes) -> list[str]:
    marked = next((codec for mark, codec in _MARKS if content.startswith(mark)), None)
    if marked:
        return [marked]
    start = content[:4096]
    if b"\0" in start:
        # In UTF-16 every second byte of Latin text is zero: which half tells the order.
        even, odd = start[::2].count(0), start[1::2].count(0)
        return ["utf-16-le" if odd > even else "utf-16-be"]
    declared = _CHARSET.search(start)
    named = [declared[1].decode("ascii")] if declared else []
    return ["utf-8", *named, "cp1252", "latin-1"]
