"""A model in; every promise judged for every flow and service it speaks of, sorted by the rule that reports it, out."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from policylint.graph.acting import Acting
from policylint.graph.travel import Travel
from policylint.model.build import Model
from policylint.model.flow import Flow
from policylint.model.values import Node
from policylint.rule.breach import Breach
from policylint.rule.context import Judged
from policylint.rule.omission import Omission
from policylint.rule.registry import Registry
from policylint.rule.stated import stated
from policylint.source.mistake import Mistake
from policylint.stages import stage
from policylint.verdict.case import World
from policylint.verdict.index import Index


class Judging(NamedTuple):
    """The judged project, and how many times a promise and a flow or service of each file were compared."""

    judged: Judged
    evaluations: Counter[str]


def judge(model: Model, mistakes: Sequence[Mistake], registry: Registry, day: date) -> Judging:
    """Judge a project by all its policies."""
    return judge_part(world_of(model, day), model, mistakes, registry, model.flows, model.nodes.values())


@stage("judge")
def judge_part(
    world: World,
    model: Model,
    mistakes: Sequence[Mistake],
    registry: Registry,
    flows: Iterable[Flow],
    nodes: Collection[Node],
) -> Judging:
    """Judge some flows of a project, and some services and parties, by all its policies."""
    breaches: dict[str, list[Breach]] = {}
    omissions: dict[str, list[Omission]] = {}
    evaluations = Counter[str]()
    for policy in model.policies:
        index = Index(world, policy, registry.actions)
        reporters = [registry.rule_for(each).code for each in policy.obligations]
        statements = [stated(each) for each in policy.obligations]
        verdicts = [verdict for flow in flows if (verdict := index.judge(flow))]
        verdicts += [verdict for node in nodes if (verdict := index.operated(node))]
        evaluations += index.evaluations
        for case, broken, unlisted in verdicts:
            for number, judgement in broken:
                breach = Breach(case, policy.obligations[number], judgement, registry.actions, statements[number])
                breaches.setdefault(reporters[number], []).append(breach)
            for facet, found in unlisted:
                first = index.first_list(facet)
                omission = Omission(case, facet, found, index.lists(facet), first.clause, first.span)
                omissions.setdefault(registry.rule_for_list(facet).code, []).append(omission)
    return Judging(Judged(model, world.travel, breaches, omissions, mistakes), evaluations)


def world_of(model: Model, day: date) -> World:
    """What all judgements about a project rest on, on a day."""
    travel = Travel(model.words, model.flows, model.nodes)
    return World(model.words, Acting(model.words, model.nodes, model.owner), travel, day)
