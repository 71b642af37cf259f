"""A flow in; every promise considered for it, each comparison's answer, and whose data it is by which path, out.

Nothing is decided here: all answers are those of the modules that judge, asked again for the one atom that decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policylint.graph.paths import Step
from policylint.model.flow import Flow
from policylint.model.values import Condition, Disclosure, Item, Node, Obligation, Policy, Subject, Word
from policylint.verdict.actions import Action, use
from policylint.verdict.case import NOBODY, Atom, Case, World
from policylint.verdict.compare import holds
from policylint.verdict.disclosure import Element, by_facet, dimension_of, elements, undisclosed_by
from policylint.verdict.formula import Formula, broken, demanded, matching, names, undisclosed, unmet
from policylint.verdict.judge import Judge
from policylint.verdict.missing import Missing, missing, missing_disclosure
from policylint.verdict.parts import part_of
from policylint.verdict.questionnaire import Questionnaire
from policylint.verdict.search import limited
from policylint.vocabulary.answer import MAYBE, NO, Answer


class Compared(NamedTuple):
    """A condition, and whether it holds of the atom."""

    condition: Condition
    answer: Answer


Group = tuple[Compared, ...]


@dataclass(frozen=True)
class Considered:
    """An obligation, asked about the atom that breaks it most surely, or that comes nearest to breaking it."""

    obligation: Obligation
    answer: Answer
    """Whether it is broken."""
    concerns: bool
    """Whether it is about something the flow does with data that the flow carries."""
    atom: Atom
    does: Answer
    patterns: Group
    needs: tuple[Group, ...]
    """All of them are needed, and of each any one."""
    unless: tuple[Group, ...]
    """Any of them excuses, where all of it holds."""
    missing: Missing | None

    @property
    def met(self) -> Answer:
        """Whether all that it asks for is there; no for a `forbid`, which asks for nothing that could be."""
        return min((max(each.answer for each in group) for group in self.needs), default=NO)

    @property
    def excused(self) -> Answer:
        """Whether an alternative of `unless` holds."""
        return max((min(each.answer for each in group) for group in self.unless), default=NO)


class Acts(NamedTuple):
    """How surely an end of the flow acts for a party that a policy binds, and over which parties."""

    node: Node
    answer: Answer
    chain: tuple[str, ...]
    """Who runs it, for whom that works, and so on up to the bound party."""


class Covered(NamedTuple):
    """An element of a flow, how surely it is not disclosed, and the lists that cover it or may."""

    element: Element
    answer: Answer
    lists: tuple[tuple[Disclosure, Answer], ...]


class Disclosed(NamedTuple):
    """What a policy's lists in a facet say of each element; `answer` is whether something is missing from them."""

    facet: str
    answer: Answer
    elements: tuple[Covered, ...]
    missing: Missing | None


@dataclass(frozen=True)
class Viewed:
    """A flow as one policy sees it; without obligations and lists where that does not govern the flow."""

    policy: Policy
    governed: Answer
    ends: tuple[Acts, ...]
    considered: tuple[Considered, ...]
    disclosed: tuple[Disclosed, ...]


class Origin(NamedTuple):
    """An item, one kind of people that it is about, and the way by which that came where the flow does not say so."""

    item: Item
    subject: Subject
    path: tuple[Step, ...]


@dataclass(frozen=True)
class Trace:
    """All that was considered for a flow."""

    flow: Flow
    origins: tuple[Origin, ...]
    views: tuple[Viewed, ...]


def trace(world: World, flow: Flow, policies: Iterable[Policy], actions: Mapping[str, Action]) -> Trace:
    """Consider a flow again, promise by promise."""
    return Trace(flow, tuple(_origins(world, flow)), tuple(_view(world, flow, each, actions) for each in policies))


def _origins(world: World, flow: Flow) -> Iterator[Origin]:
    items = flow.items
    came = [flow.subjects] * len(items) if flow.subjects else [sorted(group, key=str) for group in world.came(flow)]
    for item, subjects in zip(items, came, strict=True):
        for subject in subjects:
            named = flow.subjects or subject == NOBODY
            path = None if named else world.travel.path(flow, item.data.identity, subject)
            yield Origin(item, subject, tuple(path.steps()) if path else ())


def _view(world: World, flow: Flow, policy: Policy, actions: Mapping[str, Action]) -> Viewed:
    case = Case(world, policy.binds, flow, flow.receiver)
    ends = tuple(_acts(case, node) for node in (flow.sender, flow.receiver))
    if case.governed is NO:
        return Viewed(policy, NO, ends, (), ())
    considered = tuple(_consider(case, each, actions) for each in policy.obligations)
    return Viewed(policy, case.governed, ends, considered, tuple(_disclosed(case, policy)))


def _acts(case: Case, node: Node) -> Acts:
    acting = case.world.acting
    ranked = [(acting.acts_for(node, principal, case.bound), principal) for principal in sorted(case.bound)]
    best, principal = max(ranked, key=lambda pair: pair[0], default=(NO, ""))
    chain = [node.party] if node.party else []
    while chain and chain[-1] != principal:
        party = acting.nodes.get(chain[-1])
        client = (party.works_for.key if party.works_for else acting.owner) if party else None
        if client is None or client in chain:
            break
        chain.append(client)
    return Acts(node, best, tuple(chain))


def _consider(case: Case, obligation: Obligation, actions: Mapping[str, Action]) -> Considered:
    does, patterns = actions[obligation.action], obligation.patterns
    of_data = [pattern for pattern in patterns if pattern.preposition == "of"]
    # What speaks for a breach, question by question: the nearer a flow comes, the more of it holds.
    steps = [*matching(patterns), *unmet(obligation)]
    nearer = [Formula(does, steps[:count]) for count in range(len(steps), -1, -1)]
    concerning = Formula(does, list(matching(of_data, patterns)))
    judge = Judge(Questionnaire(case, [broken(obligation, does), concerning, *nearer, Formula(use, ())]), case)
    judgement = judge.judge(0)
    answer = judgement.answer if judgement else NO
    nearest = judgement or next(found for number in range(2, len(nearer) + 3) if (found := judge.possibly(number)))
    atom = nearest.atom
    return Considered(
        obligation,
        answer,
        judge.possibly(1) is not None,
        atom,
        does(case, atom),
        _group(case, atom, patterns),
        tuple(_group(case, atom, any_of) for any_of in obligation.needs),
        tuple(_group(case, atom, all_of) for all_of in obligation.unless),
        missing(case, obligation, atom, actions) if answer is MAYBE else None,
    )


def _group(case: Case, atom: Atom, conditions: Sequence[Condition]) -> Group:
    return tuple(Compared(each, holds(case, each, atom, conditions)) for each in conditions)


def _disclosed(case: Case, policy: Policy) -> Iterator[Disclosed]:
    for facet, lists in sorted(by_facet(policy).items()):
        judge = Judge(Questionnaire(case, [undisclosed(facet, lists), demanded(facet)]), case)
        covered: dict[Element, Covered] = {}
        for each in _covered(case, judge, facet, lists):
            if each.element not in covered or each.answer > covered[each.element].answer:
                covered[each.element] = each
        judgement = judge.judge(0)
        found = undisclosed_by(facet, judgement) if judgement else None
        fact = missing_disclosure(case, facet, lists, found) if found and found.answer is MAYBE else None
        yield Disclosed(facet, found.answer if found else NO, tuple(covered.values()), fact)


def _covered(case: Case, judge: Judge, facet: str, lists: Sequence[Disclosure]) -> Iterator[Covered]:
    """Each element that may have to be disclosed, in the atom where it is covered least."""
    demand = judge.possibly(1)
    if demand is None:
        return
    several, dimension = elements(case, facet), dimension_of(facet)
    for number in demand.numbers(dimension):
        only = limited(dimension, 1 << number)
        found = judge.judge(0, only)
        atom = (found or demand).within(only).atom
        element = several[number]
        asked = ((each, _covers(case, each, element, atom)) for each in lists)
        covering = tuple((each, answer) for each, answer in asked if answer is not NO)
        yield Covered(element, found.answer if found else NO, covering)


def _covers(case: Case, disclosure: Disclosure, element: Element, atom: Atom) -> Answer:
    """Whether a list names an element, with patterns that hold of the atom that it comes with."""
    question = names(disclosure)
    key = element.key if isinstance(element, Word) else element
    named = question.ask(case, part_of(case, atom, question.part, key))
    patterns = disclosure.patterns
    return min((named, *(holds(case, pattern, atom, patterns) for pattern in patterns)))
