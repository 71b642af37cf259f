"""A policy and its text in; for each passage which clauses cite it and what they enforce, and the totals, out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from policylint.citation.passages import Passage
from policylint.citation.texts import Citations, PolicyText
from policylint.model.values import Clause, Policy
from policylint.source.text import Span

State = Literal["cited", "unchecked", "uncovered"]


class Promise(NamedTuple):
    """What a clause says in the language: `forbid sale`, `require transfer`, `disclose data`, and as it is written."""

    verb: Literal["forbid", "require", "disclose"]
    subject: str
    text: str

    def __str__(self) -> str:
        return f"{self.verb} for {self.subject}" if self.verb == "require" else f"{self.verb} {self.subject}"


@dataclass(frozen=True)
class Row:
    """A clause, what it enforces, and the lines of the text that it cites; `stale` where one of its pins is gone."""

    clause: Clause
    promises: tuple[Promise, ...]
    lines: tuple[int, ...]
    stale: bool

    @property
    def enforced(self) -> tuple[str, ...]:
        """The kinds of its obligations, each once."""
        return tuple(dict.fromkeys(map(str, self.promises)))


@dataclass(frozen=True)
class Covered:
    """A passage, the clauses that cite it, and whether one of them enforces anything."""

    passage: Passage
    rows: tuple[Row, ...]

    @property
    def state(self) -> State:
        """Cited by a clause that is checked, only by such as say why they are not, or by none."""
        if not self.rows:
            return "uncovered"
        return "cited" if any(row.clause.unchecked is None or row.promises for row in self.rows) else "unchecked"


class Totals(NamedTuple):
    """How many passages there are, and how many of each state."""

    total: int
    cited: int
    unchecked: int
    uncovered: int

    @property
    def percent(self) -> float:
        """How much of the text somebody has accounted for."""
        return 100.0 if not self.total else 100.0 * (self.total - self.uncovered) / self.total


@dataclass(frozen=True)
class Coverage:
    """A policy against its text: passages in the order of the text, clauses in that of the policy."""

    policy: Policy
    text: PolicyText
    passages: tuple[Covered, ...]
    clauses: tuple[Row, ...]

    @property
    def totals(self) -> Totals:
        """The passages, counted."""
        states = [covered.state for covered in self.passages]
        return Totals(len(states), states.count("cited"), states.count("unchecked"), states.count("uncovered"))


def coverage(policy: Policy, citations: Citations, source: str) -> Coverage:
    """Lay a policy beside its text, which has to be at hand; `source` is what the policy's file says."""
    text = citations.texts[policy.name]
    rows = tuple(_row(policy, clause, text, source) for clause in policy.clauses)
    citing: dict[str, list[Row]] = {}
    for row in rows:
        for pin in dict.fromkeys(pin.text for pin in row.clause.pins):
            citing.setdefault(pin, []).append(row)
    covered = tuple(Covered(each, tuple(_all(each, citing))) for each in text.passages)
    return Coverage(policy, text, covered, rows)


def _all(passage: Passage, citing: dict[str, list[Row]]) -> Iterator[Row]:
    for pin in passage.pins:
        yield from citing.get(pin, ())


def _row(policy: Policy, clause: Clause, text: PolicyText, source: str) -> Row:
    found = [passage.line for pin in clause.pins for passage in text.by_pin.get(pin.text, ())[:1]]
    stale = any(pin.text not in text.by_pin for pin in clause.pins)
    return Row(clause, tuple(_promises(policy, clause, source)), tuple(dict.fromkeys(found)), stale)


def _promises(policy: Policy, clause: Clause, source: str) -> Iterator[Promise]:
    for obligation in policy.obligations:
        if obligation.clause is clause:
            yield Promise(obligation.kind, obligation.action, _written(source, obligation.span))
    for disclosure in policy.disclosures:
        if disclosure.clause is clause:
            yield Promise("disclose", disclosure.facet, _written(source, disclosure.span))


def _written(source: str, span: Span) -> str:
    """How a promise is written, on one line; there are no strings in it, so that `#` always begins a comment."""
    return " ".join(re.sub(r"#[^\n]*", "", source[span.start : span.end]).split())
