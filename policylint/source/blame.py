"""Lines of a file in; who wrote them and when, as git knows it, out."""

import os
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from policylint.source.git import GitError, run

_UNCOMMITTED = b"0" * 40


class Author(NamedTuple):
    """Who last changed a line, and on which day; None for a day that no calendar has."""

    name: str
    mail: str
    day: date | None


def blame(path: str, lines: Collection[int]) -> Mapping[int, Author]:
    """The authors of those lines that were committed; nothing where no repository knows the file."""
    file = Path(os.path.realpath(path))
    if not lines:
        return {}
    ranges = [part for line in sorted(lines) for part in ("-L", f"{line},{line}")]
    try:
        answer = run(["blame", "--line-porcelain", *ranges, "--", file.name], file.parent)
    except GitError:
        return {}
    return _authors(answer)


def _authors(answer: bytes) -> dict[int, Author]:
    """The answer of `git blame --line-porcelain`: a head with the line's number, facts, and the line after a tab."""
    authors: dict[int, Author] = {}
    head: list[bytes] = []
    facts: dict[bytes, bytes] = {}
    for row in answer.split(b"\n"):
        if row.startswith(b"\t"):
            if head[0] != _UNCOMMITTED:
                authors[int(head[2])] = _author(facts)
            head, facts = [], {}
        elif not head:
            head = row.split()
        else:
            key, _, value = row.partition(b" ")
            facts[key] = value
    return authors


def _author(facts: Mapping[bytes, bytes]) -> Author:
    name, mail = (facts.get(key, b"").decode(errors="replace") for key in (b"author", b"author-mail"))
    return Author(name, mail.strip("<>"), _day(facts.get(b"author-time", b"")))


def _day(seconds: bytes) -> date | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
