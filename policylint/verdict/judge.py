"""A promise and a case in; whether the case breaks it, and by which atoms, out: the meaning of the language."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import product
from typing import Literal, NamedTuple

from policylint.model.values import Condition, Measure, Obligation
from policylint.verdict.actions import ACTIONS, Action
from policylint.verdict.case import Atom, Carried, Case
from policylint.verdict.compare import holds
from policylint.vocabulary.answer import NO, Answer

Dimension = Literal["carried", "purpose", "place", "flow"]
Beside = Sequence[Condition]


class Judgement(NamedTuple):
    """How surely a promise is broken, and by which atoms most surely: enough of them to name all that is concerned."""

    answer: Answer
    atoms: tuple[Atom, ...]


class _Questions(NamedTuple):
    """What an obligation asks about each part of an atom; a part that is told apart is never taken for another."""

    about: Mapping[Dimension, Sequence[tuple[Condition, Beside]]]
    apart: frozenset[Dimension]


class Judge:
    """Judges cases by the actions of the language and of plug-ins. Answers about one part of an atom are kept."""

    def __init__(self, actions: Mapping[str, Action]) -> None:
        self._actions = actions
        self._questions: dict[int, _Questions] = {}
        self._answers: dict[tuple[int, Hashable], Answer] = {}

    def breaks(self, case: Case, obligation: Obligation, atom: Atom) -> Answer:
        """Whether an atom breaks an obligation: it matches, is not excused, and (`require`) its needs are not met."""
        answer = min(case.governed, self._actions[obligation.action](case, atom))
        for pattern in obligation.patterns:
            if answer is NO:
                return NO
            answer = min(answer, self.holds(case, pattern, atom, obligation.patterns))
        if answer is not NO and obligation.needs:
            answer = min(answer, self._met(case, obligation, atom).negated())
        if answer is not NO and obligation.unless:
            answer = min(answer, self._excused(case, obligation, atom).negated())
        return answer

    def judge(self, case: Case, obligation: Obligation) -> Judgement:
        """Judge all atoms of a case; those that an obligation cannot tell apart are judged once."""
        best: Answer = NO
        worst: list[Atom] = []
        for group in product(*self.groups(case, obligation)):
            answer = self.breaks(case, obligation, Atom(group[0][0], group[1][0], group[2][0]))
            if answer > best:
                best, worst = answer, []
            if answer is best is not NO:
                worst += members(group)
        return Judgement(best, tuple(worst))

    def holds(self, case: Case, condition: Condition, atom: Atom, beside: Beside) -> Answer:
        """Whether a condition holds of an atom. `beside` are the conditions that stand with it."""
        part = part_of(condition, atom)
        if part is None:
            return holds(case, condition, atom, beside)
        # A condition stands in one place only, so that `beside` needs no part in the key.
        key = (id(condition), part)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = holds(case, condition, atom, beside)
        return answer

    def _met(self, case: Case, obligation: Obligation, atom: Atom) -> Answer:
        """Whether all that an obligation asks for is there: of each group, any one."""
        return min(max(holds(case, measure, atom, ()) for measure in any_of) for any_of in obligation.needs)

    def _excused(self, case: Case, obligation: Obligation, atom: Atom) -> Answer:
        """Whether any alternative of `unless` holds, with all its conditions."""
        return max(
            min(self.holds(case, condition, atom, all_of) for condition in all_of) for all_of in obligation.unless
        )

    def groups(
        self, case: Case, obligation: Obligation
    ) -> tuple[list[list[Carried]], list[list[str | None]], list[list[str | None]]]:
        """Items, purposes and places in groups that an obligation cannot tell apart: all its comparisons answer alike.

        INVARIANT: whatever `breaks` asks of an atom is asked here too, or told apart by the value itself.
        """
        asked = self._asked(obligation)
        first = case.first
        # From people, a transfer starts where they are, and so does the question of adequacy.
        from_people = case.flow is not None and case.flow.sender.kind == "subject"

        def key(dimension: Dimension, value: Hashable, atom: Atom) -> Hashable:
            answers = tuple(self.holds(case, one, atom, beside) for one, beside in asked.about[dimension])
            return answers, value if dimension in asked.apart else None

        carried: dict[Hashable, list[Carried]] = {}
        keys: dict[int, Hashable] = {}
        for each in case.carried:
            if each.kind not in keys:
                place = each.subject.place if from_people else None
                keys[each.kind] = key("carried", each.kind, first._replace(carried=each)), place
            carried.setdefault(keys[each.kind], []).append(each)
        purposes: dict[Hashable, list[str | None]] = {}
        for purpose in case.purposes:
            purposes.setdefault(key("purpose", purpose, first._replace(purpose=purpose)), []).append(purpose)
        places: dict[Hashable, list[str | None]] = {}
        for where in case.places:
            places.setdefault(key("place", where, first._replace(place=where)), []).append(where)
        return list(carried.values()), list(purposes.values()), list(places.values())

    def _asked(self, obligation: Obligation) -> _Questions:
        known = self._questions.get(id(obligation))
        if known is None:
            known = self._questions[id(obligation)] = _questions(obligation)
        return known


def _questions(obligation: Obligation) -> _Questions:
    conditions: list[tuple[Condition, Beside]] = [(each, obligation.patterns) for each in obligation.patterns]
    conditions += [(each, all_of) for all_of in obligation.unless for each in all_of]
    conditions += [(each, ()) for any_of in obligation.needs for each in any_of]
    dimensions: tuple[Dimension, ...] = ("carried", "purpose", "place")
    about = {dimension: [pair for pair in conditions if dimension_of(pair[0]) == dimension] for dimension in dimensions}
    apart: dict[str, tuple[Dimension, ...]] = {"sale": ("purpose",), "transfer": ("place",)}
    return _Questions(
        about, frozenset(apart.get(obligation.action, () if obligation.action in ACTIONS else dimensions))
    )


def dimension_of(condition: Condition) -> Dimension:
    """What part of an atom a condition asks about; `flow` for what belongs to the flow as a whole."""
    if isinstance(condition, Measure):
        return "carried" if condition.facet == "form" else "flow"
    if any(measure.facet == "form" for measure in condition.measures):
        return "carried"
    return _DIMENSION.get(condition.preposition, "flow")


_DIMENSION: Mapping[str, Dimension] = {
    "of": "carried",
    "as": "carried",
    "from": "carried",
    "beyond": "carried",
    "for": "purpose",
    "into": "place",
    "outside": "place",
}


def part_of(condition: Condition, atom: Atom) -> Hashable:
    """The part of an atom that alone settles a condition; None where the flow has a say too."""
    if isinstance(condition, Measure):
        return None
    dimension = _DIMENSION.get(condition.preposition)
    if dimension == "carried":
        return atom.carried.kind
    if dimension is None:
        return None
    return (atom.purpose,) if dimension == "purpose" else (atom.place,)


def members(group: tuple[Sequence[Carried], Sequence[str | None], Sequence[str | None]]) -> Iterator[Atom]:
    """The members of a group of each part, each once: enough to name them all without making the product."""
    carried, purposes, places = group
    yield Atom(carried[0], purposes[0], places[0])
    yield from (Atom(value, purposes[0], places[0]) for value in carried[1:])
    yield from (Atom(carried[0], value, places[0]) for value in purposes[1:])
    yield from (Atom(carried[0], purposes[0], value) for value in places[1:])
