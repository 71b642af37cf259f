"""Globs of `at`: a pattern and a path in, whether it holds the file out."""

from __future__ import annotations

import re

PIECES = re.compile(r"\*\*/|\*\*|\*|\?|.", re.DOTALL)
MEANINGS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def holds(glob: str, path: str) -> bool:
    """'`*` stays within a folder, `**/` may stand for none.'"""
    pattern = "".join(MEANINGS.get(piece) or re.escape(piece) for piece in PIECES.findall(glob))
    return re.fullmatch(pattern, path) is not None
