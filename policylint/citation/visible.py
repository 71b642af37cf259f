"""A policy's text of any kind in; what a reader sees of it out, character under character of the original.

The result is as long as the original, so that offsets in it are offsets in the file: what is not seen is `FILL`, and a
line end stands only where a paragraph, list item or heading ends.
"""

import re
from itertools import pairwise
from pathlib import PurePath

from policylint.citation.seen import FILL, Kind, Visible

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BREAK = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_WIDEST = 120
"""Lines up to this long may have been broken to fit; in a text with longer ones every line is a paragraph."""

LIST_MARK = re.compile(
    r"[ \t]*(?:[-–—•·‣◦▪●○■□➢➤*+]|\d{1,3}[.)]|\(\d{1,2}\)|\(?[a-zA-Z]\)|[a-z]\.|\(?[ivx]{1,5}\))[ \t]+"
)
"""What may stand before a list item. A line that begins with one goes on no other line."""


def visible(path: str, text: str) -> Visible:
    """What a reader sees of a text; its kind is that of its file name."""
    text = _INVISIBLE.sub(FILL, _BREAK.sub("\n", text))
    suffix = PurePath(path).suffix.lower()
    if suffix in (".html", ".htm"):
        from policylint.citation.markup import html  # its parser is only needed for such texts

        return html(text)
    if suffix in (".md", ".markdown"):
        return _markdown(text)
    return Visible(_unwrapped(text))


def blank(match: re.Match[str]) -> str:
    """As many fillers as a match is long; its line ends stay."""
    return re.sub(r"[^\n]", FILL, match.group())


def _unwrapped(text: str) -> str:
    """A plain text without the line ends that only fit it to a width.

    A line goes on in the next where the next line's first word would not have fitted any more.
    """
    lines = text.split("\n")
    width = max((len(line.rstrip()) for line in lines if len(line.split()) > 3), default=0)
    if width > _WIDEST:
        return text
    pieces = [lines[0]]
    for line, following in pairwise(lines):
        word = following.split(maxsplit=1)[:1]
        full = bool(word) and bool(line.strip()) and len(line.rstrip()) + 1 + len(word[0]) > width
        pieces += (" " if full and not LIST_MARK.match(following) else "\n", following)
    return "".join(pieces)


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# No class of characters below holds what the pattern begins with, so that no text makes them slow.
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
_LINK = re.compile(r"\[(?P<seen>[^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_LINK_TARGET = re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:[ \t]+\S.*$", re.MULTILINE)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_SIGNS = re.compile(r"[*`]+|\\(?=[^\w\s])|(?<![^\W_])_+(?=\S)|(?<=\S)_+(?![^\W_])")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+")
_RULE = re.compile(r"[ ]{0,3}(?:[-*_=][ \t]*){3,}$|[|: \t-]+$")


def _markdown(text: str) -> Visible:
    """Markdown: the marks, link targets, comments and tags unseen, the lines of a paragraph as one."""
    for pattern in (_COMMENT, _IMAGE, _LINK_TARGET, _TAG):
        text = pattern.sub(blank, text)
    text = _LINK.sub(_link, text)
    kinds: dict[int, Kind] = {}
    pieces: list[str] = []
    at, open_ = 0, False
    for line in text.split("\n"):
        quote = re.match(r"[ ]{0,3}(?:>[ \t]?)+", line)
        body = FILL * quote.end() + line[quote.end() :] if quote else line
        content = body.lstrip(FILL)
        heading = _HEADING.match(content)
        alone = heading or LIST_MARK.match(content) or content.startswith("|")
        empty = not content.strip(" \t" + FILL) or _RULE.fullmatch(content) is not None
        if pieces:
            pieces.append(" " if open_ and not empty and not alone else "\n")
        if heading:
            kinds[at] = "heading"
            start = len(body) - len(content)
            body = (
                body[:start]
                + FILL * heading.end()
                + body[start + heading.end() :].rstrip(" #").ljust(len(body) - start - heading.end())
            )
        pieces.append(FILL * len(body) if empty else _without_signs(body))
        open_ = not empty and not heading
        at += len(line) + 1
    return Visible("".join(pieces), kinds)


def _link(match: re.Match[str]) -> str:
    """Only the words of a link."""
    seen = match["seen"]
    return FILL + seen + FILL * (len(match.group()) - len(seen) - 1)


def _without_signs(line: str) -> str:
    mark = LIST_MARK.match(line)
    start = mark.end() if mark else 0
    return line[:start] + _SIGNS.sub(blank, line[start:])
