"""A flow, or a service or party that is operated, seen by one policy in; the atoms that are judged one by one out."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from policylint.graph.acting import Acting
from policylint.graph.travel import Travel
from policylint.model.flow import Flow
from policylint.model.resolver import gather, join
from policylint.model.values import Claims, Item, Node, Subject, Word
from policylint.source.text import Span
from policylint.vocabulary.answer import Answer
from policylint.vocabulary.words import Vocabulary

NOBODY = Subject(None)
"""Subjects of which nothing is declared."""


class Carried(NamedTuple):
    """An item with the subjects it is about: they come together, since each item has the subjects that came with it.

    Those of one `kind` are alike in all that is ever asked of them: they differ in nothing but where they stand.
    """

    item: Item
    subject: Subject
    kind: int


@dataclass(frozen=True)
class World:
    """What every judgement rests on."""

    words: Vocabulary
    acting: Acting
    travel: Travel
    day: date
    _kinds: dict[Hashable, int] = field(default_factory=dict, compare=False, repr=False)
    _carried: dict[str, tuple[Carried, ...]] = field(default_factory=dict, compare=False, repr=False)

    def carried(self, flow: Flow | None) -> tuple[Carried, ...]:
        """Each item of a flow with each of its subjects; of an operation, one of which nothing is known."""
        if flow is None:
            return (self._one(_NOTHING, NOBODY),)
        if flow.name not in self._carried:
            pairs = ((item, subject) for item in flow.items for subject in self._subjects(flow, item))
            self._carried[flow.name] = tuple(self._one(item, subject) for item, subject in pairs)
        return self._carried[flow.name]

    def _one(self, item: Item, subject: Subject) -> Carried:
        form = item.form.key if item.form else "identified"
        key = (item.data.key, form, item.keep, subject)
        return Carried(item, subject, self._kinds.setdefault(key, len(self._kinds)))

    def _subjects(self, flow: Flow, item: Item) -> tuple[Subject, ...]:
        """Whose data an item is: as the flow names them, else as they came with the item."""
        if flow.subjects:
            return flow.subjects
        return tuple(sorted(self.travel.subjects(flow, item.data.identity), key=str)) or (NOBODY,)


class Atom(NamedTuple):
    """One combination that a flow stands for. None is what is not declared."""

    carried: Carried
    purpose: str | None
    place: str | None


@dataclass(frozen=True)
class Case:
    """A flow under a policy; or, with no flow, a service or party that a bound party runs."""

    world: World
    bound: frozenset[str]
    flow: Flow | None
    receiver: Node
    """Where the flow goes; of an operation, the service or party itself."""

    @property
    def declaration(self) -> str:
        """How the judged thing is called in findings."""
        return self.flow.declaration if self.flow else self.receiver.declaration

    @cached_property
    def claims(self) -> Mapping[str, Claims]:
        """The measures that belong to the flow as a whole, by facet."""
        if self.flow is None:
            return {"safeguard": self.receiver.safeguards}
        return {
            "basis": gather(self.flow.bases),
            "safeguard": join(gather(self.flow.safeguards), self.receiver.safeguards),
            "means": gather(self.flow.means),
            "circumstance": gather(self.flow.circumstances),
        }

    @cached_property
    def governed(self) -> Answer:
        """Whether the policy governs the flow: its sender or receiver acts for a party that the policy binds."""
        governs = self.world.acting.governs
        if self.flow is None:
            return self.world.acting.bound(self.receiver, self.bound)
        return max(governs(self.flow.sender, self.bound), governs(self.receiver, self.bound))

    @cached_property
    def carried(self) -> tuple[Carried, ...]:
        """Each item with each of its subjects."""
        return self.world.carried(self.flow)

    @cached_property
    def first(self) -> Atom:
        """Any atom, for questions that ask about one part of an atom, or about the flow."""
        return Atom(self.carried[0], self.purposes[0], self.places[0])

    @cached_property
    def purposes(self) -> tuple[str | None, ...]:
        """What the flow is for."""
        return tuple(word.key for word in self.flow.purposes) or (None,) if self.flow else (None,)

    @cached_property
    def places(self) -> tuple[str | None, ...]:
        """Where the flow goes."""
        return self.receiver.places.places()


_NOTHING = Item(Word(None, "", Span("", 0, 0)), Word(None, "", Span("", 0, 0)), None)
"""The data of an operation, of which nothing is known."""
