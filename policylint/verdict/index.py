"""A policy in; which of its promises a flow or an operated service breaks, and what of it that does not disclose, out.

Masks leave the few promises that a flow may break; only those are judged exactly.
"""

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from policylint.model.flow import Flow
from policylint.model.values import Disclosure, Node, Policy
from policylint.verdict.actions import Action
from policylint.verdict.case import Case, View, World
from policylint.verdict.disclosure import Undisclosed, by_facet, undisclosed_by
from policylint.verdict.formula import broken, undisclosed
from policylint.verdict.judge import Judge, Judgement
from policylint.verdict.masks import Masks
from policylint.verdict.questionnaire import Questionnaire
from policylint.vocabulary.answer import NO


class Verdict(NamedTuple):
    """What a flow, or an operated service or party, breaks of a policy, and what of it that does not disclose."""

    case: Case
    broken: Sequence[tuple[int, Judgement]]
    """Obligations, by their positions in the policy."""
    unlisted: Sequence[tuple[str, Undisclosed]]


class Index:
    """Judges flows by one policy."""

    def __init__(self, world: World, policy: Policy, actions: Mapping[str, Action]) -> None:
        self.world, self.policy = world, policy
        self._operations = [number for number, each in enumerate(policy.obligations) if each.action == "operation"]
        self._lists = by_facet(policy)
        self._facets = tuple(self._lists)
        self._first = {
            facet: min(lists, key=lambda each: _numbered(each.clause.section)) for facet, lists in self._lists.items()
        }
        self._questions = Questionnaire(
            View(world, policy.binds),
            [
                *(broken(each, actions[each.action]) for each in policy.obligations),
                *(undisclosed(facet, lists) for facet, lists in self._lists.items()),
            ],
        )
        self._masks = Masks(self._questions)
        self._clean: set[Hashable] = set()
        """What flows that break nothing have in common with others."""
        self.evaluations = Counter[str]()
        """By file, how often a promise and a flow, service or party were compared, or known to compare alike."""

    def judge(self, flow: Flow) -> Verdict | None:
        """What a flow breaks or may break; None where that is nothing."""
        candidates = self._masks.of(flow)
        if not candidates:
            return None
        self.evaluations[flow.path] += len(candidates)
        alike = self._masks.alike(flow)
        if alike in self._clean:
            return None
        verdict = self._judged(Case(self.world, self.policy.binds, flow, flow.receiver), candidates)
        if verdict is None and alike is not None:
            self._clean.add(alike)
        return verdict

    def operated(self, node: Node) -> Verdict | None:
        """What a service or party that a bound party runs breaks or may break."""
        case = Case(self.world, self.policy.binds, None, node)
        if not self._operations or case.governed is NO:
            return None
        self.evaluations[node.span.path if node.span else ""] += len(self._operations)
        return self._judged(case, self._operations)

    def _judged(self, case: Case, candidates: Sequence[int]) -> Verdict | None:
        judge = Judge(self._questions, case)
        found = [(number, judgement) for number in candidates if (judgement := judge.judge(number))]
        if not found:
            return None
        count = len(self.policy.obligations)
        return Verdict(
            case,
            [(number, judgement) for number, judgement in found if number < count],
            [
                (self._facets[number - count], undisclosed_by(self._facets[number - count], judgement))
                for number, judgement in found
                if number >= count
            ],
        )

    def first_list(self, facet: str) -> Disclosure:
        """The first clause that discloses in a facet: by number, so that the order in the file does not matter.

        Sections without a number come after those with one, in the order of the file.
        """
        return self._first[facet]

    def lists(self, facet: str) -> Sequence[Disclosure]:
        """All that the policy discloses in a facet."""
        return self._lists[facet]


def _numbered(section: str) -> tuple[object, ...]:
    """A key that sorts numbered sections as people count, 2 before 10, and puts all others after them."""
    if not section[:1].isdigit():
        return (1,)
    pieces = re.findall(r"\d+|\D+", section)
    return (0, [(0, int(piece[:18]), "") if piece.isdigit() else (1, 0, piece) for piece in pieces])
