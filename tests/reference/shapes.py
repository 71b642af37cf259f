"""What was written, as values: the declarations of section 3 and 5 with their names still
unresolved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Age:
    """`16+`, `under 16` or `13 to 15`: whole years, both ends included, no high end is open."""

    low: int
    high: int | None


@dataclass(frozen=True)
class Who:
    """WHO = NAME [aged AGE] [in PLACE]."""

    name: str
    age: Age | None = None
    place: str | None = None


@dataclass(frozen=True)
class Item:
    """ITEM = NAME [as FORM]."""

    name: str
    form: str | None = None


@dataclass(frozen=True)
class Period:
    """PERIOD = DURATION [after EVENT] | until EVENT | forever; `months` or `hours`, never both."""

    event: str = "collected"
    hours: int = 0
    months: int = 0
    forever: bool = False


@dataclass(frozen=True)
class Waiver:
    """`waive RULE [on POLICY:SECTION] [until DATE] because "reason"`."""

    rule: str
    policy: str | None
    section: str | None
    until: date | None


@dataclass(frozen=True)
class Keep:
    """`keep [DATA] PERIOD` of a service."""

    data: str | None
    period: Period


@dataclass(frozen=True)
class Term:
    """`term FACET NAME`."""

    facet: str
    name: str
    keyword: str = "term"


@dataclass(frozen=True)
class Party:
    """`party NAME { … }`."""

    name: str
    recipients: tuple[str, ...] = ()
    works_for: str | None = None
    places: tuple[str, ...] = ()
    safeguards: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    keyword: str = "party"


@dataclass(frozen=True)
class Service:
    """`service NAME { … }`."""

    name: str
    operator: str | None = None
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    safeguards: tuple[str, ...] = ()
    keeps: tuple[Keep, ...] = ()
    globs: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    keyword: str = "service"


@dataclass(frozen=True)
class Flow:
    """`flow NAME from NODE to NODE { … }`; an empty tuple is a clause that is not there."""

    name: str
    sender: str
    receiver: str
    data: tuple[Item, ...] = ()
    purposes: tuple[str, ...] = ()
    subjects: tuple[Who, ...] = ()
    basis: tuple[str, ...] = ()
    safeguards: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    keep: Period | None = None
    consideration: str | None = None
    waivers: tuple[Waiver, ...] = ()
    keyword: str = "flow"


@dataclass(frozen=True)
class Part:
    """One preposition of a PATTERN with what follows it: names, people or a period."""

    word: str
    names: tuple[str, ...] = ()
    people: tuple[Who, ...] = ()
    period: Period | None = None


@dataclass(frozen=True)
class Alternative:
    """ALT = COND and COND …: bare measures and pattern parts, all of which have to hold."""

    measures: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Obligation:
    """`forbid`, `require` or `disclose`; `about` is the action, or the facet that is disclosed."""

    kind: str
    about: str
    needs: tuple[tuple[str, ...], ...] = ()
    names: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    unless: tuple[Alternative, ...] = ()


@dataclass(frozen=True)
class Clause:
    """`clause SECTION { … }` of a policy."""

    section: str
    hedged: bool
    unchecked: bool
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True)
class Policy:
    """`policy NAME "title" { … }`."""

    name: str
    binds: tuple[str, ...]
    clauses: tuple[Clause, ...]
    keyword: str = "policy"


@dataclass(frozen=True)
class Broken:
    """A declaration with a syntax error: its head as far as it can be read."""

    keyword: str
    name: str
    facet: str = ""


Declaration = Term | Party | Service | Flow | Policy | Broken
