"""A model in; every promise judged for every flow and service it speaks of, sorted by the rule that reports it, out."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from policylint.graph.acting import Acting
from policylint.graph.travel import Travel
from policylint.model.build import Model
from policylint.rule.breach import Breach
from policylint.rule.context import Judged
from policylint.rule.omission import Omission
from policylint.rule.registry import Registry
from policylint.source.mistake import Mistake
from policylint.stages import stage
from policylint.verdict.case import Case, World
from policylint.verdict.index import Index
from policylint.verdict.judge import Judge
from policylint.vocabulary.answer import NO


class Judging(NamedTuple):
    """The judged project, and how many times a promise and a flow or service were really compared."""

    judged: Judged
    evaluations: int


@stage("judge")
def judge(model: Model, mistakes: Sequence[Mistake], registry: Registry, day: date) -> Judging:
    """Judge all policies of a project."""
    world = world_of(model, day)
    breaches: dict[str, list[Breach]] = {}
    omissions: dict[str, list[Omission]] = {}
    evaluations = 0
    for policy in model.policies:
        index = Index(world, policy, registry.actions)
        reporters = {id(each): registry.rule_for(each).code for each in policy.obligations}
        for flow in model.flows:
            case, broken, unlisted = index.judge(flow)
            for obligation, judgement in broken:
                breach = Breach(case, obligation, judgement, registry.actions)
                breaches.setdefault(reporters[id(obligation)], []).append(breach)
            for facet, found in unlisted:
                first = index.first_list(facet)
                omission = Omission(case, facet, found, index.lists(facet), first.clause, first.span)
                omissions.setdefault(registry.rule_for_list(facet).code, []).append(omission)
        evaluations += index.evaluations
        for breach in _operations(world, model, registry, policy_index=index):
            evaluations += 1
            if breach.judgement.answer is not NO:
                breaches.setdefault(reporters[id(breach.obligation)], []).append(breach)
    return Judging(Judged(model, world.travel, breaches, omissions, mistakes), evaluations)


def world_of(model: Model, day: date) -> World:
    """What all judgements about a project rest on, on a day."""
    travel = Travel(model.words, model.flows, model.nodes)
    return World(model.words, Acting(model.words, model.nodes, model.owner), travel, day)


def _operations(world: World, model: Model, registry: Registry, policy_index: Index) -> list[Breach]:
    """What each service and party that a bound party runs has to be like."""
    policy = policy_index.policy
    wanted = [each for each in policy.obligations if each.action == "operation"]
    judges = Judge(registry.actions)
    found: list[Breach] = []
    for node in model.nodes.values() if wanted else ():
        case = Case(world, policy.binds, None, node)
        if case.governed is NO:
            continue
        found += (Breach(case, each, judges.judge(case, each), registry.actions) for each in wanted)
    return found
