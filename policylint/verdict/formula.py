"""A promise in; what breaks it, as questions about parts of an atom, out: the meaning of the language.

Three answers form a distributive lattice in which negation swaps the ends, so `and` and `or` may be taken apart and
put together here as with two.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from policylint.model.values import Condition, Disclosure, Obligation, Pattern
from policylint.verdict.actions import (
    Action,
    collection,
    is_for_sale,
    is_paid,
    may_be_paid,
    may_pay,
    received,
    sale,
    sharing,
    use,
)
from policylint.verdict.case import View
from policylint.verdict.compare import IS_PERSONAL, IS_PERSONAL_FORM, Question, any_of, asked, is_target, named
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer


class Literal(NamedTuple):
    """Holds where all its questions are answered yes, or (`negated`) all no."""

    questions: tuple[Question, ...]
    negated: bool


Clause = Sequence[Literal]
"""Holds where any of its literals does."""


class Formula(NamedTuple):
    """What breaks a promise: a governed flow does something, and all clauses hold."""

    does: Action
    clauses: Sequence[Clause]
    facet: str | None = None
    """The facet of a list, whose elements are looked at one by one."""


_PAID_FOR: Clause = [
    Literal((Question("purpose", is_for_sale),), False),
    Literal((Question("consideration", is_paid),), False),
    Literal((Question("consideration", may_be_paid), Question("receiver", may_pay)), False),
]


def spelt_out(formula: Formula) -> Formula:
    """The same, with what an action asks of parts as a clause: a sale is sharing that is paid for."""
    return formula._replace(does=sharing, clauses=(*formula.clauses, _PAID_FOR)) if formula.does is sale else formula


def broken(obligation: Obligation, does: Action) -> Formula:
    """What breaks an obligation: what it speaks of, with its needs not met, and not excused."""
    return Formula(does, (*matching(obligation.patterns), *unmet(obligation), *_not_excused(obligation.unless)))


def matching(patterns: Sequence[Pattern], beside: Sequence[Pattern] | None = None) -> Iterable[Clause]:
    """All patterns hold."""
    for pattern in patterns:
        yield from _holding(pattern, patterns if beside is None else beside)


def unmet(obligation: Obligation) -> Iterable[Clause]:
    """Of some need of an obligation no measure is taken; nothing for one without needs."""
    if obligation.needs:
        yield [
            Literal(tuple(question for measure in any_of for question in asked(measure).questions), True)
            for any_of in obligation.needs
        ]


def _not_excused(unless: Sequence[Sequence[Condition]]) -> Iterable[Clause]:
    """Of each alternative some condition does not hold."""
    for all_of in unless:
        yield [literal for condition in all_of for literal in _not_holding(condition, all_of)]


def _holding(condition: Condition, beside: Iterable[Condition]) -> Sequence[Clause]:
    questions, every = asked(condition, beside)
    if every:
        return [[Literal(questions, False)]]
    return [[Literal((question,), False) for question in questions]]


def _not_holding(condition: Condition, beside: Iterable[Condition]) -> Clause:
    questions, every = asked(condition, beside)
    return [Literal((question,), True) for question in questions] if every else [Literal(questions, True)]


def undisclosed(facet: str, lists: Sequence[Disclosure]) -> Formula:
    """What is not disclosed in a facet: an element of a personal atom that no list names with patterns that hold."""
    clauses = [
        [
            Literal((names(each),), True),
            *(literal for pattern in each.patterns for literal in _not_holding(pattern, each.patterns)),
        ]
        for each in lists
    ]
    demand = demanded(facet)
    return demand._replace(clauses=(*demand.clauses, *clauses))


def demanded(facet: str) -> Formula:
    """What has to be disclosed at all in a facet."""
    does = {"recipient": received, "source": collection}.get(facet, use)
    return Formula(does, [[Literal((IS_PERSONAL, IS_PERSONAL_FORM), False)]], facet)


_NAMED: Mapping[str, str] = MappingProxyType({"recipient": "receiver", "source": "sender"})
"""The part that a list names, where it is not called as the facet and no measure."""


def names(disclosure: Disclosure) -> Question:
    """Whether a list names the element."""
    facet, terms = disclosure.facet, disclosure.terms
    if facet in _NAMED:
        targets = disclosure.targets
        return Question(
            _NAMED[facet],
            lambda view, node: max(is_target(view, node, target) for target in targets),
            named(targets),
        )
    if facet in ("means", "basis"):
        return Question(f"named {facet}", lambda view, key: _is_listed(view, facet, key, terms))
    return Question(facet, lambda view, key: any_of(view.world.words, facet, key, terms))


def _is_listed(view: View, facet: str, key: str | None, terms: Sequence[str | None]) -> Answer:
    """Means and bases are measures: what is claimed is listed or is not, however coarsely it is claimed."""
    if key is None:
        return MAYBE
    above = view.world.words[facet].above(key)
    return YES if any(term in above for term in terms) else MAYBE if None in terms else NO
