"""A flow in; every promise considered for it, each comparison's answer, and whose data it is by which path, out.

Nothing is decided here: all answers are those of the modules that judge, asked again for the one atom that decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from policylint.graph.travel import Step
from policylint.model.flow import Flow
from policylint.model.values import Condition, Disclosure, Item, Node, Obligation, Policy, Subject
from policylint.verdict.actions import Action
from policylint.verdict.case import NOBODY, Atom, Case, World
from policylint.verdict.compare import holds
from policylint.verdict.disclosure import Covered, Lists
from policylint.verdict.judge import Judge
from policylint.verdict.missing import Missing, missing, missing_disclosure
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
    for item, subject, _ in world.carried(flow):
        named = flow.subjects or subject == NOBODY
        yield Origin(item, subject, () if named else world.travel.path(flow, item.data.identity, subject))


def _view(world: World, flow: Flow, policy: Policy, actions: Mapping[str, Action]) -> Viewed:
    case = Case(world, policy.binds, flow, flow.receiver)
    ends = tuple(_acts(case, node) for node in (flow.sender, flow.receiver))
    if case.governed is NO:
        return Viewed(policy, NO, ends, (), ())
    judge = Judge(actions)
    considered = tuple(_consider(judge, case, each, actions) for each in policy.obligations)
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


def _consider(judge: Judge, case: Case, obligation: Obligation, actions: Mapping[str, Action]) -> Considered:
    judgement = judge.judge(case, obligation)
    atoms = judgement.atoms[:1] or _atoms(judge, case, obligation)
    asked = [_ask(judge, case, obligation, atom, actions) for atom in atoms]
    concerns = judgement.answer is not NO or any(map(_concerns, asked))
    nearest = max(asked, key=_nearness)  # the first of several
    fact = missing(case, obligation, nearest.atom, actions) if judgement.answer is MAYBE else None
    return Considered(
        obligation,
        judgement.answer,
        concerns,
        nearest.atom,
        nearest.does,
        nearest.patterns,
        nearest.needs,
        nearest.unless,
        fact,
    )


def _atoms(judge: Judge, case: Case, obligation: Obligation) -> Iterator[Atom]:
    """One atom of each kind that the obligation can tell apart."""
    for carried, purposes, places in product(*judge.groups(case, obligation)):
        yield Atom(carried[0], purposes[0], places[0])


class _Asked(NamedTuple):
    atom: Atom
    does: Answer
    patterns: Group
    needs: tuple[Group, ...]
    unless: tuple[Group, ...]


def _ask(judge: Judge, case: Case, obligation: Obligation, atom: Atom, actions: Mapping[str, Action]) -> _Asked:
    def group(conditions: Sequence[Condition]) -> Group:
        return tuple(Compared(each, judge.holds(case, each, atom, conditions)) for each in conditions)

    return _Asked(
        atom,
        actions[obligation.action](case, atom),
        group(obligation.patterns),
        tuple(tuple(Compared(each, holds(case, each, atom, ())) for each in any_of) for any_of in obligation.needs),
        tuple(map(group, obligation.unless)),
    )


def _concerns(asked: _Asked) -> bool:
    data = (each.answer for each in asked.patterns if getattr(each.condition, "preposition", "") == "of")
    return min((asked.does, *data)) is not NO


def _nearness(asked: _Asked) -> int:
    """How many questions in a row speak for a breach, in the order in which they are asked."""
    met = min((max(each.answer for each in group) for group in asked.needs), default=NO)
    answers = [asked.does, *(each.answer for each in asked.patterns), met.negated()]
    return next((number for number, answer in enumerate(answers) if answer is NO), len(answers))


def _disclosed(case: Case, policy: Policy) -> Iterator[Disclosed]:
    by_facet: dict[str, list[Disclosure]] = {}
    for disclosure in policy.disclosures:
        by_facet.setdefault(disclosure.facet, []).append(disclosure)
    for facet, lists in sorted(by_facet.items()):
        asked = Lists(facet, lists)
        found = asked.undisclosed(case)
        fact = missing_disclosure(case, facet, lists, found) if found.answer is MAYBE else None
        yield Disclosed(facet, found.answer, tuple(asked.covered(case)), fact)
