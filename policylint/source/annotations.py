"""A source file of any language in; the declarations in its comments, as chunks at their own offsets, out."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from policylint.source.text import Chunk

MARKER = "policylint:"

# Which comment leaders a language has; a language that is not here may use any of them.
_HASH, _SLASHES, _DASHES, _SEMICOLON, _BLOCK, _HTML = "#", "//", "--", ";", "*", "<!--"
_C_LIKE = (_SLASHES, _BLOCK)
_LEADERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("py", "pyi", "sh", "bash", "zsh", "yaml", "yml", "toml", "rb", "pl", "r", "ex", "exs"), (_HASH,)),
    **dict.fromkeys(("js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "java", "kt", "kts", "scala"), _C_LIKE),
    **dict.fromkeys(("go", "rs", "c", "h", "cc", "cpp", "hpp", "cs", "swift", "dart", "proto", "css", "scss"), _C_LIKE),
    **dict.fromkeys(("sql",), (_DASHES, _BLOCK)),
    **dict.fromkeys(("tf", "tfvars", "hcl", "php"), (_HASH, *_C_LIKE)),
    **dict.fromkeys(("html", "htm", "xml", "svg"), (_HTML, *_C_LIKE)),
}
# Prose that may well show an annotation, and formats without comments.
NOT_SOURCE = frozenset(
    ("md", "markdown", "rst", "txt", "adoc", "json", "jsonl", "csv", "lock", "ipynb", "sarif", "patch", "diff")
)

_PATTERNS = {_HASH: r"#+", _SLASHES: r"//+", _DASHES: r"--+", _SEMICOLON: r";+", _BLOCK: r"/?\*+", _HTML: r"<!--"}
_CLOSERS = {_BLOCK: "*/", _HTML: "-->"}
_STRING_OR_COMMENT = re.compile(r'"(?:\\.|[^"\\])*"|#.*')


def annotations(path: str, text: str) -> Iterator[Chunk]:
    """Find the annotations of a source file.

    The marker stands right after a comment leader. The declaration runs on through the following comment
    lines until its braces balance; `term` ends with its line. One that never balances ends with the comment.
    """
    suffix = PurePath(path).suffix.lstrip(".").lower()
    leaders = "|".join(_PATTERNS[leader] for leader in _LEADERS.get(suffix, tuple(_PATTERNS)))
    marker = re.compile(rf"(?P<leader>{leaders})[ \t]*{MARKER}[ \t]*")
    pieces: list[str] = []
    found: list[tuple[int, int]] = []
    at = 0
    while match := marker.search(text, at):
        start = match.end()
        piece = _annotation(text, start, match["leader"])
        pieces += (" " * (start - at), piece)
        at = start + len(piece)
        found.append((start, at))
    masked = "".join(pieces)
    return (Chunk(masked, start, end) for start, end in found)


def _kind(leader: str) -> str:
    if leader == "<!--":
        return _HTML
    return _BLOCK if "*" in leader else leader[0] if leader[0] in "#;" else leader[:2]


def _annotation(text: str, start: int, leader: str) -> str:
    """The declaration that begins at `start`, behind a comment's leader, with all that is comment blanked out."""
    kind = _kind(leader)
    closer = _CLOSERS.get(kind)
    follow = re.compile(rf"[ \t]*(?:{_PATTERNS[kind]})" if kind != _BLOCK else r"[ \t]*\*+(?!/)")
    is_term = re.match(r"term(?![\w-])", text[start : start + 5]) is not None
    pieces: list[str] = []
    depth, opened, at = 0, False, start
    while True:
        newline = text.find("\n", at)
        line = text[at : newline if newline >= 0 else len(text)]
        blanked = ""
        if pieces:
            led = follow.match(line)
            if led is None and closer is None:
                break  # the comment is over
            if led is not None:
                blanked, line = " " * led.end(), line[led.end() :]
        closed = line.find(closer) if closer else -1
        if closed >= 0:
            line = line[:closed]
        depth, opened, end = _braces(line, depth, opened)
        pieces.append(blanked + line[:end])
        balanced = opened and depth <= 0
        if balanced or is_term or closed >= 0 or newline < 0:
            break
        pieces.append("\n")
        at = newline + 1
    return "".join(pieces)


def _braces(line: str, depth: int, opened: bool) -> tuple[int, bool, int]:
    """Count a line's braces outside strings and comments; the third value is where they balance, else the line's end."""
    masked = _STRING_OR_COMMENT.sub(lambda m: " " * len(m.group()), line)
    for brace in re.finditer(r"[{}]", masked):
        opened = opened or brace.group() == "{"
        depth += 1 if brace.group() == "{" else -1
        if opened and depth <= 0:
            return depth, opened, brace.end()
    return depth, opened, len(line)
