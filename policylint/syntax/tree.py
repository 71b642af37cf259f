"""The declarations of one file as they were written: small tuples with the exact place of every name.

Nothing is looked up yet. Offsets are those of the file. Plain tuples, because there are many of them; and what stands
between the braces of a flow is kept once for all flows that say it in the same words, because there are most of those.
"""

from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from policylint.syntax.lexemes import placed, split

Unit = Literal["hour", "day", "week", "month", "year", "forever"]
Consideration = Literal["money", "value", "none"]


class Name(NamedTuple):
    """A word and where it stands."""

    text: str
    start: int
    end: int


class Age(NamedTuple):
    """Ages in whole years, both included; `oldest` None means no upper end. `under 0` has none at all."""

    youngest: int
    oldest: int | None


class Who(NamedTuple):
    """Subjects, of an age, at a place."""

    name: Name
    age: Age | None
    place: Name | None
    end: int


class Item(NamedTuple):
    """Data in a form; no form means `identified`."""

    name: Name
    form: Name | None


class Period(NamedTuple):
    """A time after an event. `until` is none at all after it; `forever` has neither unit nor event."""

    amount: int
    unit: Unit
    event: Name | None
    start: int
    end: int


class Keep(NamedTuple):
    """How long data is kept: all of it, or what is at or below `data`."""

    data: Name | None
    period: Period


class Waiver(NamedTuple):
    """Findings of one rule that are accepted, with the reason and the last day."""

    rule: Name
    policy: Name | None
    section: Name | None
    until: date | None
    reason: str
    start: int
    end: int


class Pattern(NamedTuple):
    """A preposition and its alternatives; exactly one of `names`, `people` and `period` is filled."""

    preposition: Literal["of", "as", "from", "to", "for", "into", "outside", "via", "with", "beyond"]
    names: tuple[Name, ...]
    people: tuple[Who, ...]
    period: Period | None
    start: int
    end: int


Condition = Pattern | Name


class Obligation(NamedTuple):
    """A `forbid` or a `require`. `needs`: all of these, of each any one. `unless`: any of these, of each all."""

    kind: Literal["forbid", "require"]
    action: Name
    patterns: tuple[Pattern, ...]
    needs: tuple[tuple[Name, ...], ...]
    unless: tuple[tuple[Condition, ...], ...]
    start: int
    end: int


class Disclosure(NamedTuple):
    """Words of a facet that the policy speaks of, for the flows that match."""

    facet: Name
    names: tuple[Name, ...]
    patterns: tuple[Pattern, ...]
    start: int
    end: int


class Clause(NamedTuple):
    """One clause of a policy."""

    section: Name
    label: str | None
    pins: tuple[Name, ...]
    hedged: str | None
    unchecked: str | None
    obligations: tuple[Obligation, ...]
    disclosures: tuple[Disclosure, ...]


class TermDeclaration(NamedTuple):
    """`term FACET NAME`."""

    facet: Name
    name: Name
    label: str | None


class PartyDeclaration(NamedTuple):
    """`party NAME { … }`."""

    name: Name
    label: str | None
    recipients: tuple[Name, ...]
    works_for: Name | None
    places: tuple[Name, ...]
    safeguards: tuple[Name, ...]
    waivers: tuple[Waiver, ...]


class ServiceDeclaration(NamedTuple):
    """`service NAME { … }`."""

    name: Name
    label: str | None
    party: Name | None
    recipients: tuple[Name, ...]
    places: tuple[Name, ...]
    safeguards: tuple[Name, ...]
    keeps: tuple[Keep, ...]
    globs: tuple[str, ...]
    waivers: tuple[Waiver, ...]


class Lasting(NamedTuple):
    """A period in a shape: from the `first` lexeme to the `last`."""

    amount: int
    unit: Unit
    event: int | None
    first: int
    last: int


class Shape(NamedTuple):
    """What stands where between the braces of a flow. Words are numbers: of lexemes of the text, from 0.

    A list of names is a range, of every other lexeme: there are commas between them.
    """

    items: tuple[tuple[int, int | None], ...] = ()
    """Data, each with its form."""
    purposes: range = range(0)
    subjects: tuple[tuple[int, Age | None, int | None], ...] = ()
    """Subjects, each with its age and its place."""
    bases: range = range(0)
    safeguards: range = range(0)
    means: range = range(0)
    circumstances: range = range(0)
    keep: Lasting | None = None
    consideration: Consideration | None = None


class FlowBody:
    """What stands between the braces of a flow. Flows of one wording share one, wherever they stand.

    `waivers` have their places in the file, so that no other flow shares a body with a waiver.
    """

    def __init__(self, shape: Shape, text: str, waivers: tuple[Waiver, ...] = ()) -> None:
        self.shape, self.text, self.waivers = shape, text, waivers

    def words(self) -> list[str]:
        """The lexemes of the text."""
        return split(self.text)

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Where each lexeme starts and ends, from the beginning of the text."""
        return [match.span() for match in placed(self.text)]


class FlowDeclaration(NamedTuple):
    """`flow NAME from NODE to NODE { … }`.

    Its names are words and distances, which take less room than names, and are placed when somebody asks where.
    """

    called: str
    start: int
    """Where its name begins; all else stands so many characters further on."""
    sends: str
    sends_at: int
    receives: str
    receives_at: int
    label: str | None
    body: FlowBody
    body_at: int

    @property
    def name(self) -> Name:
        """What it is called."""
        return _named(self.called, self.start)

    @property
    def sender(self) -> Name:
        """Where it starts."""
        return _named(self.sends, self.start + self.sends_at)

    @property
    def receiver(self) -> Name:
        """Where it goes."""
        return _named(self.receives, self.start + self.receives_at)

    @property
    def offset(self) -> int:
        """Where the text of the body begins."""
        return self.start + self.body_at

    @property
    def lexemes(self) -> list[Name]:
        """What stands between the braces, each word and sign with its place in the file."""
        words, places, offset = self.body.words(), self.body.places, self.offset
        return [Name(word, offset + start, offset + end) for word, (start, end) in zip(words, places, strict=True)]

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """The findings that are accepted."""
        return self.body.waivers


def _named(text: str, start: int) -> Name:
    return Name(text, start, start + len(text))


class WrittenFlow(NamedTuple):
    """A flow as the grammar gives it, on its way into a `FlowDeclaration`."""

    name: Name
    sender: Name
    receiver: Name
    label: str | None
    items: tuple[Item, ...]
    purposes: tuple[Name, ...]
    subjects: tuple[Who, ...]
    bases: tuple[Name, ...]
    safeguards: tuple[Name, ...]
    means: tuple[Name, ...]
    circumstances: tuple[Name, ...]
    keep: Period | None
    consideration: Consideration | None
    waivers: tuple[Waiver, ...]


class PolicyDeclaration(NamedTuple):
    """`policy NAME { … }`."""

    name: Name
    title: str
    dated: date | None
    binds: tuple[Name, ...]
    text: Name | None
    clauses: tuple[Clause, ...]


class Broken(NamedTuple):
    """A declaration that could not be read: only what it declares is known, and that only where its head says so."""

    keyword: Literal["term", "party", "service", "flow", "policy"]
    facet: Name | None
    name: Name


Declaration = TermDeclaration | PartyDeclaration | ServiceDeclaration | FlowDeclaration | PolicyDeclaration | Broken
