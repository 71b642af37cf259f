"""Obligations judged: a project in, the findings of `forbid` and `require` out."""

from __future__ import annotations

from collections.abc import Iterator

from .acting import governs
from .actions import ACTIONS
from .atoms import operated, scenes
from .findings import Verdict, code_of, found
from .matching import excused, matches, needs_met
from .nodes import bound, kind, operator
from .project import Project
from .scene import Scene
from .shapes import Clause, Obligation, Policy
from .three import NO, YES, Answer, every, opposite, some
from .travel import Key, Subjects


def judged(project: Project, travelled: dict[Key, Subjects]) -> Iterator[Verdict]:
    """'An obligation is judged on each such atom'; one finding per flow and obligation."""
    for policy in project.policies:
        for clause in policy.clauses:
            for obligation in clause.obligations:
                if obligation.kind != "disclose" and obligation.about == "operation":
                    yield from of_nodes(project, policy, clause, obligation)
                elif obligation.kind != "disclose" and obligation.about in ACTIONS:
                    yield from of_flows(project, policy, clause, obligation, travelled)


def of_flows(
    project: Project,
    policy: Policy,
    clause: Clause,
    obligation: Obligation,
    travelled: dict[Key, Subjects],
) -> Iterator[Verdict]:
    """Judge every flow that the policy governs."""
    action = ACTIONS[obligation.about]
    for flow in project.flows:
        governed = governs(project, policy, flow)
        answer = some(
            every((governed, action(scene), broken(scene, obligation)))
            for scene in scenes(project, policy, flow, travelled)
        )
        if answer != NO:
            yield found(code_of(obligation), f"flow {flow.name}", answer, policy, clause)


def of_nodes(project: Project, policy: Policy, clause: Clause, obligation: Obligation) -> Iterator[Verdict]:
    """'Not a flow: each service and party that a bound party runs (its own, not its
    processors').'
    """
    for node in nodes(project):
        answer = some(
            every((bound(project, policy.binds, operator(project, node)), broken(scene, obligation)))
            for scene in operated(project, policy, node)
        )
        if answer != NO:
            label = f"{kind(project, node)} {node}"
            yield found(code_of(obligation), label, answer, policy, clause)


def nodes(project: Project) -> list[str]:
    """List all parties and services, those with a syntax error too."""
    names = [*project.parties, *project.services]
    for keyword in ("party", "service"):
        names.extend(name for name in sorted(project.broken_names(keyword)) if name not in names)
    return names


def broken(scene: Scene, obligation: Obligation) -> Answer:
    """'A `forbid` is broken by an atom that matches and is not excused'; a `require` if not
    met too.
    """
    unmet = opposite(needs_met(scene, obligation.needs)) if obligation.kind == "require" else YES
    return every((matches(scene, obligation.parts), opposite(excused(scene, obligation.unless)), unmet))
