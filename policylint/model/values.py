"""What declarations mean: frozen values with every name looked up; None stands for what is not known."""

from datetime import date
from typing import Literal, NamedTuple

from policylint.model.period import Period
from policylint.source.text import Span
from policylint.syntax.tree import Age


class Word(NamedTuple):
    """A name that was looked up: its key, None for an unknown one, and where it stands as written."""

    key: str | None
    text: str
    span: Span

    @property
    def identity(self) -> str:
        """What it is the same as: an unknown word is the same as itself, whatever it means."""
        return self.key if self.key is not None else f"?{self.text}"


class Quoted(NamedTuple):
    """Something copied from elsewhere, such as a pin or a path, and where it stands."""

    text: str
    span: Span


class Claims(NamedTuple):
    """Terms that somebody claims; `open` where a word among them was not understood, so that more may be claimed."""

    keys: tuple[str, ...] = ()
    open: bool = False

    @property
    def declared(self) -> bool:
        """Whether anything was said at all."""
        return bool(self.keys) or self.open

    def places(self) -> tuple[str | None, ...]:
        """The claims as places to compare: None for one that is not known, or where none is declared."""
        return (*self.keys, None) if self.open or not self.keys else self.keys


NONE = Claims()
"""Nothing is claimed."""

UNKNOWN = Claims((), True)
"""Nothing is known, and nothing is said not to be."""


class Default(NamedTuple):
    """How long a service keeps data where the flow does not say. `data` None: all data; `period` None: unclear."""

    data: Word | None
    period: Period | None


class Waiver(NamedTuple):
    """Accepted findings of one rule, by its code; None for a rule that does not exist."""

    rule: str | None
    policy: str | None
    section: str | None
    until: date | None
    reason: str
    span: Span
    understood: bool


class Node(NamedTuple):
    """Where a flow starts or ends.

    A service has its party's recipients and safeguards besides its own, and its party's places if it has none.
    `party` is who runs it (itself for a party), None for a subject and where that is not known.
    `owned` are its own recipients, `roles` those of its party, which decide for whom it acts.
    """

    kind: Literal["service", "party", "subject", "unknown"]
    name: str
    party: str | None
    recipients: Claims
    places: Claims
    safeguards: Claims
    keeps: tuple[Default, ...] = ()
    works_for: Word | None = None
    roles: Claims = NONE
    span: Span | None = None
    label: str | None = None

    @property
    def declaration(self) -> str:
        """How it is called in findings."""
        return f"{self.kind} {self.name}"


NOWHERE = "?"
"""The place of a subject that is named with an unknown word."""


class Subject(NamedTuple):
    """Whose data: a subject term, an age, a place; None for what is not declared."""

    term: str | None
    age: Age | None = None
    place: str | None = None


class Item(NamedTuple):
    """Data in a form; an item without a form is `identified`. `keep` None: not declared how long it is kept."""

    data: Word
    form: Word | None
    keep: Period | None


class Measure(NamedTuple):
    """A measure that a policy speaks of; None twice for an unknown one."""

    facet: str | None
    key: str | None


class Target(NamedTuple):
    """A name after `to`: a recipient term, a service or party, a subject, or several of them; if unknown, none."""

    recipient: str | None
    node: str | None
    subject: str | None

    @property
    def known(self) -> bool:
        """Whether the name means anything."""
        return any(self)


class Pattern(NamedTuple):
    """A preposition and its alternatives, in the field that fits it: terms, measures, targets, people or a period."""

    preposition: Literal["of", "as", "from", "to", "for", "into", "outside", "via", "with", "beyond"]
    terms: tuple[str | None, ...] = ()
    measures: tuple[Measure, ...] = ()
    targets: tuple[Target, ...] = ()
    people: tuple[Subject, ...] = ()
    period: Period | None = None


Condition = Pattern | Measure


class Obligation(NamedTuple):
    """A `forbid` (no needs) or a `require`. `needs`: all, of each any one. `unless`: any, of each all."""

    kind: Literal["forbid", "require"]
    action: str
    patterns: tuple[Pattern, ...]
    needs: tuple[tuple[Measure, ...], ...]
    unless: tuple[tuple[Condition, ...], ...]
    policy: str
    clause: "Clause"
    span: Span
    text: str
    """What it says, the same however it is laid out: for the identity of findings."""

    def states(self, what: str) -> bool:
        """Whether its own patterns use a preposition, or (`age`) name an age."""
        if what == "age":
            return any(person.age is not None for pattern in self.patterns for person in pattern.people)
        return any(pattern.preposition == what for pattern in self.patterns)


class Disclosure(NamedTuple):
    """What a policy says of a facet, for the flows that match; `names` are targets for recipient and source."""

    facet: str
    terms: tuple[str | None, ...]
    targets: tuple[Target, ...]
    patterns: tuple[Pattern, ...]
    clause: "Clause"
    span: Span


class Clause(NamedTuple):
    """A clause of a policy, as far as findings speak of it."""

    policy: str
    section: str
    label: str | None
    pins: tuple[Quoted, ...]
    hedged: bool
    unchecked: str | None
    span: Span


class Policy(NamedTuple):
    """A policy: whom it binds, and what it promises."""

    name: str
    title: str
    dated: date | None
    binds: frozenset[str]
    text: Quoted | None
    clauses: tuple[Clause, ...]
    obligations: tuple[Obligation, ...]
    disclosures: tuple[Disclosure, ...]
    span: Span
