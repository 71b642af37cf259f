"""A policy in; for each flow the few promises that can concern it at all out: all are asked at once, as bits.

Each value of a flow (a kind of data, a purpose, a place, …) has a mask with one bit per obligation, set where the
obligation's comparisons with that value do not all say no. A flow's mask is the `and` of its values' masks; what is
left is judged exactly. Flows that nothing tells apart are judged once.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from policylint.model.flow import Flow
from policylint.model.values import Disclosure, Obligation, Pattern, Policy
from policylint.verdict.actions import ACTIONS, Action
from policylint.verdict.case import Case, World
from policylint.verdict.compare import any_of, is_person, is_target, outside
from policylint.verdict.disclosure import Lists, Undisclosed
from policylint.verdict.judge import Judge, Judgement
from policylint.vocabulary.answer import NO, Answer
from policylint.vocabulary.words import Vocabulary

_WIDER: Mapping[str, str] = {"sale": "sharing"}
"""Actions that depend on more than sender and receiver, and what they presuppose."""

_Values = Callable[[Case], Iterable[Hashable]]
_Compare = Callable[[Vocabulary, Any, Pattern], Answer]

_QUESTIONS: Mapping[str, tuple[_Values, _Compare]] = {
    "of": (
        lambda case: (carried.item.data.key for carried in case.carried),
        lambda words, data, pattern: any_of(words, "data", data, pattern.terms),
    ),
    "for": (
        lambda case: case.purposes,
        lambda words, purpose, pattern: any_of(words, "purpose", purpose, pattern.terms),
    ),
    "from": (
        lambda case: (carried.subject for carried in case.carried),
        lambda words, subject, pattern: max(is_person(words, subject, person) for person in pattern.people),
    ),
    "into": (
        lambda case: case.places,
        lambda words, place, pattern: any_of(words, "place", place, pattern.terms),
    ),
    "outside": (
        lambda case: case.places,
        lambda words, place, pattern: min(outside(words, place, name) for name in pattern.terms),
    ),
}
"""What a mask asks, by preposition: which values a flow has, and how a pattern answers to one of them."""

Broken = tuple[Obligation, Judgement]
Unlisted = tuple[str, Undisclosed]


class Index:
    """Judges flows by one policy."""

    def __init__(self, world: World, policy: Policy, actions: Mapping[str, Action]) -> None:
        self.world, self.policy = world, policy
        self._judge = Judge(actions)
        self._actions = actions
        self._obligations = tuple(each for each in policy.obligations if each.action != "operation")
        by_facet: dict[str, list[Disclosure]] = {}
        for disclosure in policy.disclosures:
            by_facet.setdefault(disclosure.facet, []).append(disclosure)
        self._first = {
            facet: min(lists, key=lambda each: _numbered(each.clause.section)) for facet, lists in by_facet.items()
        }
        self._lists = {facet: Lists(facet, lists) for facet, lists in by_facet.items()}
        self._masks: dict[tuple[str, Hashable], int] = {}
        self._signatures: dict[Hashable, tuple[tuple[Obligation, ...], tuple[str, ...]]] = {}
        self.evaluations = 0

    def case(self, flow: Flow) -> Case:
        """A flow as this policy sees it."""
        return Case(self.world, self.policy.binds, flow, flow.receiver)

    def judge(self, flow: Flow) -> tuple[Case, list[Broken], list[Unlisted]]:
        """The promises that a flow breaks or may break, and the facets in which something of it is not disclosed."""
        case = self.case(flow)
        if case.governed is NO:
            return case, [], []
        signature = _signature(case)
        known = self._signatures.get(signature)
        obligations = self._candidates(case) if known is None else known[0]
        facets = self._lists if known is None else known[1]
        broken = [(each, self._judge.judge(case, each)) for each in obligations]
        unlisted = [(facet, self._lists[facet].undisclosed(case)) for facet in facets]
        if known is None:
            broken = [pair for pair in broken if pair[1].answer is not NO]
            unlisted = [pair for pair in unlisted if pair[1].answer is not NO]
            self._signatures[signature] = tuple(pair[0] for pair in broken), tuple(pair[0] for pair in unlisted)
        return case, broken, unlisted

    def first_list(self, facet: str) -> Disclosure:
        """The first clause that discloses in a facet: by number, so that the order in the file does not matter.

        Sections without a number come after those with one, in the order of the file.
        """
        return self._first[facet]

    def lists(self, facet: str) -> Sequence[Disclosure]:
        """All that the policy discloses in a facet."""
        return self._lists[facet].lists

    def _candidates(self, case: Case) -> list[Obligation]:
        mask = self._mask(case)
        candidates = [each for bit, each in enumerate(self._obligations) if mask >> bit & 1]
        self.evaluations += len(candidates) + len(self._lists)
        return candidates

    def _mask(self, case: Case) -> int:
        """The obligations whose comparisons with the flow's values do not all say no."""
        sender, receiver = case.flow.sender if case.flow else case.receiver, case.receiver
        mask = self._known("ends", (sender.name, receiver.name), lambda each: self._may_do(case, each))
        mask &= self._known("to", receiver.name, lambda each: _meets(each, "to", lambda p: _is_meant(case, p)))
        for preposition, (values, compare) in _QUESTIONS.items():
            mask &= reduce(or_, (self._of_value(preposition, value, compare) for value in set(values(case))), 0)
        return mask

    def _of_value(self, preposition: str, value: Hashable, compare: _Compare) -> int:
        words = self.world.words
        return self._known(
            preposition, value, lambda each: _meets(each, preposition, lambda p: compare(words, value, p))
        )

    def _known(self, kind: str, value: Hashable, concerns: Callable[[Obligation], bool]) -> int:
        key = (kind, value)
        if key not in self._masks:
            self._masks[key] = sum(1 << bit for bit, each in enumerate(self._obligations) if concerns(each))
        return self._masks[key]

    def _may_do(self, case: Case, obligation: Obligation) -> bool:
        """Whether flows from this sender to this receiver can do what an obligation is about."""
        action = _WIDER.get(obligation.action, obligation.action)
        if action == "transfer" or action not in ACTIONS:
            return True
        return self._actions[action](case, case.first) is not NO


def _meets(obligation: Obligation, preposition: str, answer: Callable[[Pattern], Answer]) -> bool:
    return all(answer(pattern) is not NO for pattern in obligation.patterns if pattern.preposition == preposition)


def _is_meant(case: Case, pattern: Pattern) -> Answer:
    return max(is_target(case, case.receiver, target) for target in pattern.targets)


def _signature(case: Case) -> Hashable:
    """All of a flow that a judgement can depend on; places in files are not among it."""
    flow = case.flow
    if flow is None:
        return None
    kinds = tuple(each.kind for each in case.carried)
    claims = (flow.bases, flow.safeguards, flow.means, flow.circumstances)
    keys = tuple(tuple(word.key for word in words) for words in claims)
    ends = (flow.sender.kind, flow.sender.name, flow.receiver.kind, flow.receiver.name)
    return ends, kinds, case.purposes, flow.subjects, keys, flow.consideration


def _numbered(section: str) -> tuple[object, ...]:
    """A key that sorts numbered sections as people count, 2 before 10, and puts all others after them."""
    if not section[:1].isdigit():
        return (1,)
    pieces = re.findall(r"\d+|\D+", section)
    return (0, [(0, int(piece[:18]), "") if piece.isdigit() else (1, 0, piece) for piece in pieces])
