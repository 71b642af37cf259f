"""An HTML page in; what a reader sees of it out, character under character of the page."""

import re
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate

from policylint.citation.seen import FILL, Kind, Visible

_BREAKING = (
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody "
    "td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BREAKING.split())
_HIDDEN = "head script style template noscript title svg math object iframe select textarea"
_UNSEEN = frozenset(_HIDDEN.split())
_EMPTY = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_EMPTY.split())
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KINDS: dict[str, Kind] = {**dict.fromkeys(("li", "dt", "dd"), "item"), **dict.fromkeys(_HEADINGS, "heading")}
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class _Page(HTMLParser):
    """Writes what is seen over a page of fillers; whoever hides an element hides all that is in it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self.seen = [FILL] * len(text)
        self.kinds: dict[int, Kind] = {}
        self._hidden: list[str] = []
        self.feed(text)
        self.close()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _break(self, kind: Kind | None = None) -> None:
        at = self._at()
        if at < len(self.seen):
            self.seen[at] = "\n"
        if kind:
            self.kinds[at + 1] = kind

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._break(_KINDS.get(tag))
        if tag in _VOID:
            return
        given = dict(attrs)
        if self._hidden:
            self._hidden += [tag] if tag == self._hidden[0] else []
        elif tag in _UNSEEN or "hidden" in given or _HIDING.search(given.get("style") or ""):
            self._hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag == self._hidden[0]:
            self._hidden.pop()
        if tag in _BLOCKS:
            self._break()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        # A line end in the source of a page is a space to its reader.
        self._write(re.sub(r"\s", " ", data) if "\n" in data else data)

    def handle_charref(self, name: str) -> None:
        self._write(unescape(f"&#{name};"))

    def handle_entityref(self, name: str) -> None:
        self._write(unescape(f"&{name};"))

    def _write(self, data: str) -> None:
        if not self._hidden:
            at = self._at()
            end = min(at + len(data), len(self.seen))
            self.seen[at:end] = [FILL if character in "\u00ad\u200b" else character for character in data][: end - at]


def html(text: str) -> Visible:
    """The visible text of an HTML page, block by block."""
    # A tag that never ends is none; the parser would look for the end of each of many such tags anew.
    last = text.rfind(">") + 1
    page = _Page(text[:last] + text[last:].replace("<", FILL))
    return Visible("".join(page.seen), page.kinds)
