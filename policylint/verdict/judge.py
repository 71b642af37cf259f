"""Promises and a case in; whether the case breaks one, and by which atoms most surely, out.

No atom is made: each value of a case answers all questions that look at it, and where the answers meet is searched for.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from policylint.model.values import Item
from policylint.verdict.actions import Action, depends_on_ends, is_shipped, looks_at_people, where
from policylint.verdict.answers import ALL, Bits, together
from policylint.verdict.case import NOBODY, Atom, Carried, Case
from policylint.verdict.parts import ELEMENT, ITEM, PLACE, PURPOSE, SUBJECT
from policylint.verdict.questionnaire import Questionnaire
from policylint.verdict.search import EVERYTHING, Box, Search, limited, numbers
from policylint.vocabulary.answer import MAYBE, YES, Answer


class Judgement:
    """How surely a promise is broken, and by what most surely."""

    def __init__(self, answer: Answer, case: Case, search: Search) -> None:
        self.answer: Final = answer
        self.case: Final = case
        self.search: Final = search

    @property
    def atom(self) -> Atom:
        """The first of the atoms that break it."""
        return self._atom(self.case.items)

    @property
    def said_atom(self) -> Atom:
        """The same, of words that stand nowhere: for those who ask what it is, which costs less."""
        return self._atom(self.case.content.items)

    @cached_property
    def said_items(self) -> Sequence[Item]:
        """The data concerned, of words that stand nowhere, in the order of the text."""
        items = self.case.content.items
        return [items[number] for number in self.numbers(ITEM)]

    @property
    def items(self) -> Sequence[Item]:
        """The data concerned, in the order of the text."""
        return [self.case.items[number] for number in self.numbers(ITEM)]

    @cached_property
    def purposes(self) -> Sequence[str | None]:
        """The purposes concerned."""
        return [self.case.purposes[number] for number in self.numbers(PURPOSE)]

    @property
    def places(self) -> Sequence[str | None]:
        """The destinations concerned."""
        return [self.case.places[number] for number in self.numbers(PLACE)]

    def carried(self) -> Iterator[Carried]:
        """The items concerned, each with each of the subjects by which it is, in the order of the flow."""
        for item in self.numbers(ITEM):
            for subject in numbers(self._together.within(limited(ITEM, 1 << item)).values(SUBJECT)):
                yield Carried(self.case.items[item], self.case.subjects[subject])

    def within(self, limit: Box) -> "Judgement":
        """The same for a part of the atoms."""
        return Judgement(self.answer, self.case, self.search.within(limit))

    def numbers(self, dimension: int) -> Iterator[int]:
        """The positions of the values concerned."""
        return numbers(self.search.values(dimension))

    def _atom(self, items: Sequence[Item]) -> Atom:
        _, item, subject, purpose, place = self._first
        case = self.case
        return Atom(Carried(items[item], case.subjects[subject]), case.purposes[purpose], case.places[place])

    @cached_property
    def _first(self) -> Sequence[int]:
        return self._together.first()

    @cached_property
    def _together(self) -> Search:
        """The search among items and subjects that come together, where that did not matter so far."""
        return self.search.among(_blocks(self.case))


def _blocks(case: Case) -> Sequence[Box]:
    return [(-1, items, subjects, -1, -1) for items, subjects in case.blocks]


class Judge:
    """Judges one case by the formulas of a questionnaire.

    Whose data it is is only asked where a formula looks at that: it takes long to find out where data came from.
    """

    def __init__(self, questions: Questionnaire, case: Case) -> None:
        self._questions, self._case = questions, case
        self._ends = questions.ends.of(case)
        self._said = said = questions.contents.said(case)
        parts, receiver = questions.parts, case.receiver
        sender = case.flow.sender if case.flow else receiver
        claimed = parts["safeguard"].gathered(receiver.safeguards) | said.safeguards
        # From people, a transfer starts where they are; all others start where the sender is, whoever they are about.
        self._of_people = ("subject", "adequacy") if case.is_from_people else ("subject",)
        self._flow = together(
            said.flow,
            parts["sender"].of_node(sender),
            parts["receiver"].of_node(receiver),
            parts["safeguard"].of_claims(claimed),
            ALL if case.is_from_people else questions.of_parts(("adequacy",), case, NOBODY),
        )
        self._places = [parts["place"][place] for place in case.places]
        self._all = ((1 << len(said.items)) - 1, -1, (1 << len(said.purposes)) - 1, (1 << len(self._places)) - 1)
        self._done: dict[tuple[Action, Answer, Box], Sequence[Box]] = {}

    @cached_property
    def _subjects(self) -> Sequence[Bits]:
        return [self._questions.of_parts(self._of_people, self._case, subject) for subject in self._case.subjects]

    def judge(self, number: int, within: Box = EVERYTHING) -> Judgement | None:
        """Judge by a formula; None where it is not broken."""
        return self._judged(number, YES, within) or self.possibly(number, within)

    def possibly(self, number: int, within: Box = EVERYTHING) -> Judgement | None:
        """Judge by a formula, and make no difference between what breaks it and what may."""
        return self._judged(number, MAYBE, within)

    def _judged(self, number: int, answer: Answer, within: Box) -> Judgement | None:
        search = self._search(number, answer)
        if search and within is not EVERYTHING:
            search = search.within(within)
        search = search and search.narrowed()
        return Judgement(answer, self._case, search) if search and search.find() else None

    def _search(self, number: int, answer: Answer) -> Search | None:
        """Where a formula is answered so, or more surely; None for nowhere."""
        numbered = self._questions.formulas[number]
        does, ends = numbered.does, self._ends
        is_settled = depends_on_ends(does)
        if ends.governed < answer or (is_settled and ends.does(self._case, does) < answer):
            return None
        elements = self._said.elements.get(numbered.facet or "", (ALL,))
        start = self._box(elements, numbered.always, answer)
        if start is None:
            return None
        clauses = [
            [box for each in clause if (box := self._box(elements, each, answer))] for clause in numbered.clauses
        ]
        search = Search([start], clauses)
        if not numbered.parts.isdisjoint(self._of_people) or looks_at_people(does, self._case):
            search = search.among(_blocks(self._case))
        return search if is_settled else search.among(self._where(does, answer, start))

    def _box(self, elements: Sequence[Bits], position: int, answer: Answer) -> Box | None:
        """Where a literal holds, None for nowhere."""
        level = 1 if answer is YES else 0
        if not self._flow[level] >> position & 1:
            return None
        box = [(1 << len(elements)) - 1, *self._all]
        for dimension in self._questions.dimensions[position]:
            if dimension != SUBJECT or self._questions.read(self._of_people) >> position & 1:
                several = elements if dimension == ELEMENT else self._values(dimension)
                box[dimension] = sum(
                    [1 << number for number, bits in enumerate(several) if bits[level] >> position & 1]
                )
        element, item, subject, purpose, place = box
        return (element, item, subject, purpose, place) if all(box) else None

    def _values(self, dimension: int) -> Sequence[Bits]:
        """What the values of a dimension answer."""
        if dimension == ITEM:
            return self._said.items
        if dimension == SUBJECT:
            return self._subjects
        return self._said.purposes if dimension == PURPOSE else self._places

    def _where(self, does: Action, answer: Answer, start: Box) -> Sequence[Box]:
        """Where the case does something; one of a plug-in is asked only where the rest of the formula may hold."""
        key = (does, answer, EVERYTHING if is_shipped(does) else start)
        if key not in self._done:
            self._done[key] = where(self._case, *key)
        return self._done[key]
