"""A promise and a case in; whether the case breaks it, and by which atoms, out: the meaning of the language."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple, TypeVar

from policylint.model.values import Condition, Measure, Obligation
from policylint.verdict.actions import ACTIONS, Action
from policylint.verdict.case import Atom, Carried, Case
from policylint.verdict.compare import holds
from policylint.vocabulary.answer import NO, Answer

Value = TypeVar("Value")


class Judgement(NamedTuple):
    """How surely a promise is broken, and the atoms that break it most surely: one of each kind first, then all they stand for."""

    answer: Answer
    atoms: tuple[Atom, ...]


@dataclass(frozen=True)
class Judge:
    """Judges cases by the actions of the language and of plug-ins."""

    actions: Mapping[str, Action]

    def breaks(self, case: Case, obligation: Obligation, atom: Atom) -> Answer:
        """Whether an atom breaks an obligation: it matches, is not excused, and (`require`) what it needs is not met."""
        answer = min(case.governed, self.actions[obligation.action](case, atom))
        for pattern in obligation.patterns:
            if answer is NO:
                return NO
            answer = min(answer, holds(case, pattern, atom, obligation.patterns))
        if answer is not NO and obligation.needs:
            answer = min(answer, met(case, obligation, atom).negated())
        if answer is not NO and obligation.unless:
            answer = min(answer, excused(case, obligation, atom).negated())
        return answer

    def judge(self, case: Case, obligation: Obligation) -> Judgement:
        """Judge all atoms of a case; those that an obligation cannot tell apart are judged once."""
        carried, purposes, places = _kinds(case, obligation, obligation.action in ACTIONS)
        best: Answer = NO
        worst: list[Atom] = []
        for kind in product(carried, purposes, places):
            answer = self.breaks(case, obligation, Atom(kind[0][0], kind[1][0], kind[2][0]))
            if answer > best:
                best, worst = answer, []
            if answer is best is not NO:
                worst += _members(kind)
        return Judgement(best, tuple(worst))


def met(case: Case, obligation: Obligation, atom: Atom) -> Answer:
    """Whether all that an obligation asks for is there: of each group, any one."""
    return min(max(holds(case, measure, atom, ()) for measure in any_of) for any_of in obligation.needs)


def excused(case: Case, obligation: Obligation, atom: Atom) -> Answer:
    """Whether any alternative of `unless` holds, with all its conditions."""
    return max(min(holds(case, condition, atom, all_of) for condition in all_of) for all_of in obligation.unless)


def _kinds(
    case: Case, obligation: Obligation, is_known_action: bool
) -> tuple[list[list[Carried]], list[list[str | None]], list[list[str | None]]]:
    """Items, purposes and places in groups that an obligation cannot tell apart: all its comparisons answer alike.

    INVARIANT: whatever `breaks` asks of an atom is asked here too, or told apart by the value itself.
    """
    conditions: list[tuple[Condition, Sequence[Condition]]] = [
        (pattern, obligation.patterns) for pattern in obligation.patterns
    ]
    conditions += [(condition, all_of) for all_of in obligation.unless for condition in all_of]
    conditions += [(measure, ()) for any_of in obligation.needs for measure in any_of]

    def answers(dimension: Dimension, atom: Atom) -> tuple[Answer, ...]:
        asked = (pair for pair in conditions if dimension_of(pair[0]) == dimension)
        return tuple(holds(case, condition, atom, beside) for condition, beside in asked)

    carried, purpose, place = case.carried[0], case.purposes[0], case.places[0]
    # From people, a transfer starts where they are, and so does the question of adequacy.
    by_subject = case.flow is not None and case.flow.sender.kind == "subject"

    def carried_key(value: Carried) -> Hashable:
        apart = value if not is_known_action else value.subject.place if by_subject else None
        return apart, answers("carried", Atom(value, purpose, place))

    def purpose_key(value: str | None) -> Hashable:
        apart = value if obligation.action == "sale" or not is_known_action else None
        return apart, answers("purpose", Atom(carried, value, place))

    def place_key(value: str | None) -> Hashable:
        apart = value if obligation.action == "transfer" or not is_known_action else None
        return apart, answers("place", Atom(carried, purpose, value))

    return (
        grouped(case.carried, carried_key, alike),
        grouped(case.purposes, purpose_key),
        grouped(case.places, place_key),
    )


def alike(carried: Carried) -> Hashable:
    """What tells items apart at all, whatever is asked of them."""
    item = carried.item
    return item.data.key, item.form and item.form.key, item.form is None, item.keep, carried.subject


Dimension = Literal["carried", "purpose", "place", "flow"]


def dimension_of(condition: Condition) -> Dimension:
    """What part of an atom a condition asks about; `flow` for what belongs to the flow as a whole."""
    measures = (condition,) if isinstance(condition, Measure) else condition.measures
    if any(measure.facet == "form" for measure in measures):
        return "carried"
    return "flow" if isinstance(condition, Measure) else _DIMENSION.get(condition.preposition, "flow")


_DIMENSION: Mapping[str, Dimension] = {
    "of": "carried",
    "as": "carried",
    "from": "carried",
    "beyond": "carried",
    "for": "purpose",
    "into": "place",
    "outside": "place",
}


def grouped(
    values: Iterable[Value], key: Callable[[Value], Hashable], same: Callable[[Value], Hashable] = lambda value: value
) -> list[list[Value]]:
    """Values in groups of one key, which is asked once for all values that are the `same`."""
    groups: dict[Hashable, list[Value]] = {}
    keys: dict[Hashable, Hashable] = {}
    for value in values:
        known = same(value)
        if known not in keys:
            keys[known] = key(value)
        groups.setdefault(keys[known], []).append(value)
    return list(groups.values())


def _members(kind: tuple[list[Carried], list[str | None], list[str | None]]) -> Iterator[Atom]:
    """The members of the groups, each once: enough to name all that is concerned without making the product."""
    carried, purposes, places = kind
    yield Atom(carried[0], purposes[0], places[0])
    yield from (Atom(value, purposes[0], places[0]) for value in carried[1:])
    yield from (Atom(carried[0], value, places[0]) for value in purposes[1:])
    yield from (Atom(carried[0], purposes[0], value) for value in places[1:])
