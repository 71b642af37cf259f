"""A text and fixes in; the mended text out."""

import re
from collections.abc import Iterable

from policylint.finding.finding import Fix

_LEADER = re.compile(r"[ \t]*(?:#+|//+|--+|;+|\*+)?[ \t]*")
_NOTHING_MORE = re.compile(r"[ \t]*(?:#[^\n]*|\r)?")


def apply(text: str, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """Mend a text, and say which fixes went in: of two that meet, the one that stands first."""
    pieces: list[str] = []
    applied: list[Fix] = []
    at = 0
    for fix in sorted(fixes, key=lambda fix: (fix.span.start, fix.span.end)):
        start, end = stretch(text, fix)
        if start < at:
            continue
        pieces += (text[at:start], fix.replacement)
        applied.append(fix)
        at = end
    return "".join([*pieces, text[at:]]), applied


def stretch(text: str, fix: Fix) -> tuple[int, int]:
    """What a fix takes the place of: its span; with what is taken out go its lines, where nothing else stands on them,
    else the space before it.
    """
    start, end = fix.span.start, fix.span.end
    if fix.replacement:
        return start, end
    line = text.rfind("\n", 0, start) + 1
    newline = text.find("\n", end)
    rest = text[end : newline if newline >= 0 else len(text)]
    begins = _LEADER.fullmatch(text, line, start) is not None
    if begins and _NOTHING_MORE.fullmatch(rest):
        return line, newline + 1 if newline >= 0 else len(text)
    if begins:
        return start, end + len(rest) - len(rest.lstrip(" \t"))
    return start - len(text[line:start]) + len(text[line:start].rstrip(" \t")), end
