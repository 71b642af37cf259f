"""A source file of any language in; the declarations in its comments, as chunks at their own offsets, out."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from policylint.source.chunks import BEGINNING
from policylint.source.text import Chunk

MARKER = "policylint:"

# Which comment leaders a language has; a language that is not here may use any of them.
_HASH, _SLASHES, _DASHES, _SEMICOLON, _BLOCK, _HTML = "#", "//", "--", ";", "*", "<!--"
_C_LIKE = (_SLASHES, _BLOCK)
_LEADERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("py", "pyi", "sh", "bash", "zsh", "yaml", "yml", "toml", "rb", "pl", "r", "ex", "exs"), (_HASH,)),
    **dict.fromkeys(("js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "java", "kt", "kts", "scala"), _C_LIKE),
    **dict.fromkeys(("go", "rs", "c", "h", "cc", "cpp", "hpp", "cs", "swift", "dart", "proto"), _C_LIKE),
    **dict.fromkeys(("css", "scss", "less"), _C_LIKE),
    **dict.fromkeys(("sql",), (_DASHES, _BLOCK)),
    **dict.fromkeys(("tf", "tfvars", "hcl"), (_HASH, *_C_LIKE)),
    **dict.fromkeys(("php",), (_HASH, *_C_LIKE, _HTML)),
    **dict.fromkeys(("html", "htm", "xml", "svg"), (_HTML, *_C_LIKE)),
}
# Prose that may well show an annotation, and formats without comments.
NOT_SOURCE = frozenset(
    ("md", "markdown", "rst", "txt", "adoc", "json", "jsonl", "csv", "lock", "ipynb", "sarif", "patch", "diff")
)

_PATTERNS = {_HASH: r"#+", _SLASHES: r"//+!?", _DASHES: r"--+", _SEMICOLON: r";+", _BLOCK: r"/?\*+!?", _HTML: r"<!--"}
# What stands right behind a quote is text of a program, and what follows `http:` is no comment. More is not asked
# for: an annotation that is taken for text would pass unseen, a text that is taken for an annotation does not.
_NO_LEADER_AFTER = {_SLASHES: r"""(?<!["'`:/])""", _BLOCK: r"""(?<!["'`/*])"""}
_CLOSERS = {_BLOCK: "*/", _HTML: "-->"}
_REPEATED_MARKER = re.compile(rf"[ \t]*{MARKER}")
_STRING_OR_COMMENT = re.compile(r'"(?:\\.|[^"\\])*+(?:"|\\?$)|#.*')


def annotations(path: str, text: str) -> Iterator[Chunk]:
    """Find the annotations of a source file.

    The marker stands right after a comment leader, the declaration right after the marker. It runs on through the
    following comment lines until its braces balance; one that never balances ends with the comment, or before the
    next marker. A `term`, and what is no declaration, ends with its line.
    """
    suffix = PurePath(path).suffix.lstrip(".").lower()
    leaders = "|".join(map(_leader, _LEADERS.get(suffix, tuple(_PATTERNS))))
    marker = re.compile(rf"(?P<leader>{leaders})[ \t]*{MARKER}[ \t]*")
    pieces: list[str] = []
    found: list[tuple[int, int]] = []
    at = 0
    while match := marker.search(text, at):
        start = match.end()
        piece = "".join(_annotation(text, start, _kind(match["leader"])))
        pieces += (" " * (start - at), piece)
        at = start + len(piece)
        found.append((start, at))
    masked = "".join(pieces)
    return (Chunk(masked, start, end) for start, end in found)


def _leader(kind: str) -> str:
    return _NO_LEADER_AFTER.get(kind, rf"""(?<!["'`{kind[0]}])""") + _PATTERNS[kind]


def _kind(leader: str) -> str:
    if leader == _HTML:
        return _HTML
    return _BLOCK if "*" in leader else next(kind for kind in _PATTERNS if leader.startswith(kind))


def _annotation(text: str, start: int, kind: str) -> Iterator[str]:
    """The declaration that begins at `start`, in pieces, with all that is comment blanked out."""
    beginning = BEGINNING.match(text, start)
    on_one_line = beginning is None or beginning.group() == "term"
    depth, opened = 0, False
    for blank, line, is_last in _lines(text, start, kind):
        depth, opened, end = _braces(line, depth, opened)
        yield " " * blank + line[:end]
        if is_last or on_one_line or (opened and depth <= 0):
            return
        yield "\n"


def _lines(text: str, start: int, kind: str) -> Iterator[tuple[int, str, bool]]:
    """What a comment says, line by line: how wide its leader is, the rest, and whether it ends there."""
    closer = _CLOSERS.get(kind)
    follow = re.compile(rf"[ \t]*(?:{_PATTERNS[kind]})" if closer is None else r"[ \t]*\*+(?!/)")
    at, blank = start, 0
    while True:
        newline = text.find("\n", at + blank)
        line = text[at + blank : newline if newline >= 0 else len(text)]
        closed = line.find(closer) if closer else -1
        leader = follow.match(text, newline + 1)
        following = leader.end() if leader else newline + 1
        is_last = closed >= 0 or newline < 0 or (leader is None and closer is None)
        is_last = is_last or _REPEATED_MARKER.match(text, following) is not None
        yield blank, line[:closed] if closed >= 0 else line, is_last
        if is_last:
            return
        at, blank = newline + 1, following - newline - 1


def _braces(line: str, depth: int, opened: bool) -> tuple[int, bool, int]:
    """Count a line's braces outside strings and comments; the third value is where they balance, else its end."""
    masked = _STRING_OR_COMMENT.sub(lambda m: " " * len(m.group()), line)
    for brace in re.finditer(r"[{}]", masked):
        opened = opened or brace.group() == "{"
        depth += 1 if brace.group() == "{" else -1
        if opened and depth <= 0:
            return depth, opened, brace.end()
    return depth, opened, len(line)
