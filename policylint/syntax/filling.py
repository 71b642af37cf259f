"""The words of a clause in; lines that are no longer than they have to be out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policylint.syntax.commented import Word

STEP = 2
"""How much deeper things stand that belong to something."""
OBLIGATIONS = frozenset(("FORBID", "REQUIRE", "DISCLOSE"))
_PREPOSITIONS = frozenset(("OF", "AS", "FROM", "TO", "FOR", "INTO", "OUTSIDE", "VIA", "WITH", "BEYOND"))
_JOINTS = frozenset(("AND", "OR", "UNLESS"))


def fits(words: Sequence[Word], indent: int, room: int) -> bool:
    """Whether words go on one line: no comment among them, and not too long."""
    if any(word.beside for word in words[:-1]) or any(word.above for word in words[1:]):
        return False
    return indent + len(joined(words)) <= room


def joined(words: Iterable[Word]) -> str:
    """Words with a space between them."""
    return " ".join(word.text for word in words)


class _Part(NamedTuple):
    """What is broken only by a comment; `opens` where it begins a phrase, such as `of` and its names."""

    words: Sequence[Word]
    opens: bool

    @property
    def text(self) -> str:
        return joined(self.words)


def filled(words: Sequence[Word], indent: int, hang: int, room: int) -> list[str]:
    """Fill lines with words: the first begins at `indent`, the others at `hang`.

    A line is broken after a comma, or before a phrase that does not go on it as a whole; a phrase that takes more than
    one line hangs deeper, and phrases that begin with the same word stand one below the other. The comments above the
    first word are left to the caller.
    """
    first, *others = _phrases(list(_parts(words)))
    lines = _wrapped(first, " " * indent, hang, room)
    alike = set() if fits(words, indent, room) else _alike(others)
    hangs = False
    for index, phrase in enumerate(others):
        above, last = phrase[0].words[0].above, lines[-1]
        goes_on = fits([word for part in phrase for word in part.words], len(last.text) + 1, room)
        if hangs or last.comment or above or index in alike or not goes_on:
            lines += [_Line(" " * hang + comment.text) for comment in above]
            more = _wrapped(phrase, " " * hang, hang + STEP, room)
            hangs = len(more) > 1
            lines += more
        else:
            lines[-1:] = _wrapped(phrase, last.text + " ", hang + STEP, room)
    return [str(line) for line in lines]


def _alike(phrases: Sequence[Sequence[_Part]]) -> set[int]:
    """The places of phrases that begin with the preposition of the one before or behind, and of what follows them."""
    types = [phrase[0].words[0].type for phrase in phrases]
    first = (index for index, (one, other) in enumerate(pairwise(types)) if one == other and one in _PREPOSITIONS)
    return {place for index in first for place in (index, index + 1, index + 2)}


class _Line(NamedTuple):
    """A line of words, and the comment that ends it."""

    text: str
    comment: str = ""

    def __str__(self) -> str:
        return f"{self.text.rstrip()}  {self.comment}" if self.comment else self.text.rstrip()


def _wrapped(phrase: Sequence[_Part], begun: str, hang: int, room: int) -> list[_Line]:
    """A phrase as the end of a line that is begun, and as many more as it takes."""
    lines = [_Line(begun + phrase[0].text, phrase[0].words[-1].beside)]
    for part in phrase[1:]:
        above, last = part.words[0].above, lines[-1]
        if last.comment or above or len(last.text) + 1 + len(part.text) > room:
            lines += [_Line(" " * hang + comment.text) for comment in above]
            lines.append(_Line(" " * hang + part.text, part.words[-1].beside))
        else:
            lines[-1] = _Line(f"{last.text} {part.text}", part.words[-1].beside)
    return lines


def _phrases(parts: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    starts = [0, *(index for index, part in enumerate(parts) if index and part.opens), len(parts)]
    return (parts[start:end] for start, end in pairwise(starts))


def _parts(words: Sequence[Word]) -> Iterator[_Part]:
    openings = _openings(words)
    start = 0
    for index in range(1, len(words)):
        before = words[index - 1]
        if index in openings or before.text.endswith(",") or before.beside or words[index].above:
            yield _Part(words[start:index], start in openings)
            start = index
    yield _Part(words[start:], start in openings)


def _openings(words: Sequence[Word]) -> frozenset[int]:
    """The places of the words before which a line is rather broken than behind them.

    An action keeps what it acts on: no line is broken between `use` and `of personal`.
    """
    kind = words[0].type
    if kind == "WAIVE":
        return frozenset(index for index, word in enumerate(words) if word.type == "BECAUSE")
    if kind not in OBLIGATIONS | _JOINTS:
        return frozenset()
    fors = (index for index, word in enumerate(words) if word.type == "FOR")
    action = {"FORBID": 1, "REQUIRE": next(fors, 0) + 1}.get(kind, -1)
    return frozenset(
        index
        for index in range(1, len(words))
        if _opens(words[index], words[index - 1]) and (index != action + 1 or words[index].type == "UNLESS")
    )


def _opens(word: Word, before: Word) -> bool:
    """Whether a word begins a phrase."""
    if word.type == "TO" and before.type == "INT":
        return False
    return word.type in _JOINTS or (word.type in _PREPOSITIONS and before.type not in _JOINTS)
