"""A flow, or a service or party that is operated, seen by one policy in; the values its atoms are made of out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

from policylint.frozen import Frozen
from policylint.graph.acting import Acting
from policylint.graph.travel import Travel
from policylint.model.flow import Content, Flow
from policylint.model.resolver import gather, join
from policylint.model.values import Claims, Item, Node, Subject, Word
from policylint.source.text import Span
from policylint.vocabulary.adequacy import Adequacy
from policylint.vocabulary.answer import Answer
from policylint.vocabulary.words import Vocabulary

NOBODY = Subject(None)
"""Subjects of which nothing is declared."""


class Carried(NamedTuple):
    """An item with subjects it is about: they come together, since each item has the subjects that came with it."""

    item: Item
    subject: Subject


class Atom(NamedTuple):
    """One combination that a flow stands for. None is what is not declared."""

    carried: Carried
    purpose: str | None
    place: str | None


class World(Frozen):
    """What every judgement rests on."""

    words: Vocabulary
    acting: Acting
    travel: Travel
    day: date

    @cached_property
    def _came(self) -> dict[int, frozenset[Subject]]:
        """What is known of `came`."""
        return {}

    @cached_property
    def adequacy(self) -> Adequacy:
        """The lists of places that are adequate."""
        return Adequacy(self.words["place"], self.words.adequacy, self.day)

    def came(self, flow: Flow) -> Iterator[frozenset[Subject]]:
        """The subjects that came with each item to a flow that names none; equal ones are one value."""
        for item, mark in zip(flow.content.items, self.travel.marks(flow), strict=True):
            if mark not in self._came:
                self._came[mark] = self.travel.subjects(flow, item.data.identity) or frozenset((NOBODY,))
            yield self._came[mark]


class View:
    """The world as a policy sees it that binds some parties."""

    def __init__(self, world: World, bound: frozenset[str]) -> None:
        self.world: Final = world
        self.bound: Final = bound


class Case(View):
    """A flow under a policy; or, with no flow, a service or party that a bound party runs.

    Its atoms are all combinations of items, subjects, purposes and places, but for items and subjects that do not come
    together: see `blocks`.
    """

    def __init__(self, world: World, bound: frozenset[str], flow: Flow | None, receiver: Node) -> None:
        super().__init__(world, bound)
        self.flow: Final = flow
        self.receiver: Final = receiver
        """Where the flow goes; of an operation, the service or party itself."""

    @property
    def declaration(self) -> str:
        """How the judged thing is called in findings."""
        return self.flow.declaration if self.flow else self.receiver.declaration

    @property
    def is_from_people(self) -> bool:
        """Whether people send it, so that it starts where they are."""
        return self.flow is not None and self.flow.sender.kind == "subject"

    @property
    def content(self) -> Content:
        """What the flow says; of an operation nothing is known."""
        return self.flow.content if self.flow else _NOTHING_SAID

    def claimed(self, facet: str) -> Claims:
        """The measures of a facet that belong to the flow as a whole."""
        if facet == "safeguard":
            return join(gather(self.content.safeguards), self.receiver.safeguards)
        return gather(CLAIMED[facet](self.content))

    @cached_property
    def governed(self) -> Answer:
        """Whether the policy governs the flow: its sender or receiver acts for a party that the policy binds."""
        governs = self.world.acting.governs
        if self.flow is None:
            return self.world.acting.bound(self.receiver, self.bound)
        return max(governs(self.flow.sender, self.bound), governs(self.receiver, self.bound))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The data, with the places of its words."""
        return self.flow.items if self.flow else self.content.items

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Whose data it is: as the flow names them, else all that came with any item."""
        return self.content.subjects or tuple(sorted(frozenset().union(*self._came), key=str))

    @cached_property
    def blocks(self) -> Sequence[tuple[int, int]]:
        """Which items come with which subjects: pairs of bit masks, each item of one with each subject of the other."""
        if self.content.subjects:
            return [((1 << len(self.content.items)) - 1, (1 << len(self.subjects)) - 1)]
        return [
            (items, sum(1 << number for number, subject in enumerate(self.subjects) if subject in subjects))
            for subjects, items in self._came.items()
        ]

    @cached_property
    def _came(self) -> Mapping[frozenset[Subject], int]:
        """The groups of subjects that came together, each with a mask of the items they came with."""
        groups: dict[frozenset[Subject], int] = {}
        came = self.world.came(self.flow) if self.flow else (frozenset((NOBODY,)),)
        for number, subjects in enumerate(came):
            groups[subjects] = groups.get(subjects, 0) | 1 << number
        return groups

    @cached_property
    def purposes(self) -> tuple[str | None, ...]:
        """What the flow is for."""
        return tuple(word.key for word in self.content.purposes) or (None,)

    @cached_property
    def places(self) -> tuple[str | None, ...]:
        """Where the flow goes."""
        return self.receiver.places.places()


CLAIMED: Mapping[str, Callable[[Content], Sequence[Word]]] = MappingProxyType(
    {
        "basis": lambda content: content.bases,
        "means": lambda content: content.means,
        "circumstance": lambda content: content.circumstances,
    }
)
"""What a flow claims in a facet."""
_UNKNOWN = Word(None, "", Span("", 0, 0))
_NOTHING = Item(_UNKNOWN, _UNKNOWN, None)
_NOTHING_SAID = Content((_NOTHING,), (), (), (), (), (), (), None)
ANY = Atom(Carried(_NOTHING, NOBODY), None, None)
"""An atom of which nothing is known, for those who do not look at it."""
