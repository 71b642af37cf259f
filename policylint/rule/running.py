"""A project that was understood in; what rules find about it, in as many processes as it is worth, out."""

import os
from collections import Counter
from collections.abc import Callable, Sequence, Set
from datetime import date
from functools import partial
from typing import NamedTuple

from policylint.citation.texts import Citations
from policylint.elsewhere import IS_POSSIBLE, elsewhere
from policylint.finding.finding import Finding
from policylint.model.build import Model
from policylint.model.flow import Flow
from policylint.rule.context import Context, Judged, WaiverUse
from policylint.rule.judging import judge_part, world_of
from policylint.rule.plugins import OURS, found_by
from policylint.rule.registry import Registry
from policylint.source.mistake import Mistake
from policylint.stages import stage
from policylint.verdict.case import World

_WORTH_WHILE = 20_000
"""So many flows are judged sooner by two processes than by one."""


class Found(NamedTuple):
    """What rules found, the judgements that it rests on, and how many of these there were in each file."""

    findings: list[Finding]
    judged: Judged
    evaluations: Counter[str]


def find(
    model: Model,
    mistakes: Sequence[Mistake],
    citations: Citations,
    registry: Registry,
    codes: Set[str],
    day: date,
    jobs: int | None = None,
) -> Found:
    """Judge a project and run rules, all but the closing ones. `jobs` None: as many processes as there are processors.

    Other processes send back what they found, never what they know: that takes longer to send than to work out.
    """
    world = world_of(model, day)
    first, *others = _parts(model.flows, _processes(model, registry, codes, jobs))
    if others:
        world.travel.prepare()
    part = partial(_part, world, model, citations, registry, codes & _governed(registry))
    asked: list[Callable[[], tuple[list[Finding], Counter[str]]]] = [
        elsewhere(partial(part, flows)) for flows in others
    ]
    judged, evaluations = judge_part(world, model, mistakes, registry, first, model.nodes.values())
    judged = judged._replace(citations=citations)
    findings = run(registry, codes, judged, closing=False)
    for answer in asked:
        more, count = answer()
        findings += more
        evaluations += count
    return Found(findings, judged, evaluations)


@stage("rules")
def run(
    registry: Registry, selected: Set[str], judged: Judged, *, closing: bool, waivers: Sequence[WaiverUse] = ()
) -> list[Finding]:
    """Run the selected rules: the closing ones, which see what became of the waivers, or all others."""
    judged = judged._replace(waivers=waivers)
    rules = [rule for code, rule in registry.rules.items() if rule.closing is closing and code in selected]
    return [finding for rule in rules for finding in found_by(Context(rule, judged))]


def _part(
    world: World, model: Model, citations: Citations, registry: Registry, codes: Set[str], flows: Sequence[Flow]
) -> tuple[list[Finding], Counter[str]]:
    """What the rules that report promises find about some flows."""
    judged, evaluations = judge_part(world, model, (), registry, flows, ())
    return run(registry, codes, judged._replace(citations=citations), closing=False), evaluations


def _parts(flows: Sequence[Flow], number: int) -> list[Sequence[Flow]]:
    size = -(-len(flows) // number) or 1
    return [flows[start : start + size] for start in range(0, len(flows), size)] or [()]


def _processes(model: Model, registry: Registry, codes: Set[str], jobs: int | None) -> int:
    # A plug-in's rule may look at more than the promises that it reports, and would see only a part of the flows.
    is_ours = all(registry.rules[code].plugin == OURS for code in codes & _governed(registry))
    if not IS_POSSIBLE or not is_ours:
        return 1
    if jobs is not None:
        return jobs
    return 1 if len(model.flows) < _WORTH_WHILE else os.cpu_count() or 1


def _governed(registry: Registry) -> Set[str]:
    """The codes of the rules that report promises."""
    return {code for code, rule in registry.rules.items() if rule.governs and not rule.reports_mistakes}
