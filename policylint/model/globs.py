"""A glob of `at` and a path in; whether the glob holds the path out. In no more steps than signs times signs."""

import re
from collections.abc import Iterable
from functools import cache

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|[^*?]+")


def holds(glob: str, path: str) -> bool:
    """`*` and `?` stay within a folder; `**/` stands for any folders or none, `**` at the end for all below."""
    # INVARIANT: all ends are followed at once. A regular expression would go back, `*a*a*a*b` for as good as ever.
    ends = {0}
    for token in _tokens(glob):
        ends = {end for start in ends for end in _ends(token, path, start)}
    return len(path) in ends


@cache
def _tokens(glob: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(glob.removeprefix("./")))


def _ends(token: str, path: str, start: int) -> Iterable[int]:
    """Where a token that begins at `start` may end."""
    if token == "**":
        return range(start, len(path) + 1)
    slash = path.find("/", start)
    if token == "**/":
        folders = (index + 1 for index in range(start + 1, len(path)) if path[index] == "/" and slash != start)
        return (start, *folders)
    if token == "*":
        return range(start, (len(path) if slash < 0 else slash) + 1)
    if token == "?":
        return (start + 1,) if start < len(path) and slash != start else ()
    return (start + len(token),) if path.startswith(token, start) else ()
