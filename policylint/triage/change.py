"""What was declared before and what is declared now in; what became wider, narrower or only different out."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from policylint.source.text import Span

Thing = TypeVar("Thing", bound=Hashable)


class Judgement(StrEnum):
    """Whether more is done with people's data than before, or with less to protect it; less; or neither for sure."""

    WIDER = "wider"
    CHANGED = "changed"
    NARROWER = "narrower"


class Weight(StrEnum):
    """How closely a reviewer should look."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


USUAL: Mapping[Judgement, Weight] = {
    Judgement.WIDER: Weight.MEDIUM,
    Judgement.CHANGED: Weight.MEDIUM,
    Judgement.NARROWER: Weight.LOW,
}
"""How closely to look where nothing else is known."""


class Change(NamedTuple):
    """One fact of one declaration that is not what it was.

    `before` and `after` are its words, None where there were none. `span` stands in the files as they were where
    the declaration `is_gone`.
    """

    declaration: str
    fact: str
    judgement: Judgement
    weight: Weight
    message: str
    before: str | None
    after: str | None
    span: Span
    is_gone: bool = False


class Declared(Protocol):
    """A flow, service or party as it is now."""

    @property
    def declaration(self) -> str:
        """How it is called in findings."""

    @property
    def span(self) -> Span | None:
        """Where its name stands."""


def change_of(
    now: Declared,
    fact: str,
    judgement: Judgement,
    message: str,
    before: Collection[str] = (),
    after: Collection[str] = (),
    weight: Weight | None = None,
) -> Change:
    """A change of what is there now, from some words to others; of the usual weight if nothing else is said."""
    texts = [", ".join(words) or None for words in (before, after)]
    span = now.span or Span("", 0, 0)
    return Change(now.declaration, fact, judgement, weight or USUAL[judgement], message, texts[0], texts[1], span)


class Shift(NamedTuple):
    """One step from words of before to words of now; either may be empty."""

    judgement: Judgement
    before: tuple[str, ...]
    after: tuple[str, ...]


def shifts(
    before: Collection[Thing],
    after: Collection[Thing],
    within: Callable[[Thing, Thing], bool],
    called: Callable[[Thing], str] = str,
) -> Iterator[Shift]:
    """Compare what is done, such as purposes: more of it, or something coarser, is wider.

    `within` says whether one thing is covered by another. What another one covers anyway makes no difference.
    """
    come = [each for each in after if not any(within(each, old) for old in before)]
    gone = [each for each in before if not any(within(each, new) for new in after)]
    for new in come:
        olds = [old for old in before if within(old, new)]
        yield Shift(Judgement.WIDER, tuple(map(called, olds)), (called(new),))
    for old in gone:
        news = [new for new in after if within(new, old) and new not in before]
        yield Shift(Judgement.NARROWER, (called(old),), tuple(map(called, news)))


def claims_lost(
    before: Collection[Thing], after: Collection[Thing], within: Callable[[Thing, Thing], bool]
) -> set[Thing]:
    """What was claimed, such as a safeguard, and neither it nor anything more particular is claimed now."""
    return {old for old in before if not any(within(new, old) for new in after)}


def listed(words: Collection[str]) -> str:
    """Words in backticks, for a sentence."""
    return ", ".join(f"`{word}`" for word in words)


def arrow(before: Collection[str], after: Collection[str]) -> str:
    """From some words to others."""
    return f"{listed(before)} → {listed(after)}"
