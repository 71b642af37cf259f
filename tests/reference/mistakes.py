"""Mistakes of declarations: PL001 to PL005, PL503, PL901 and PL902."""

from __future__ import annotations

from collections.abc import Iterator

from .findings import Verdict, found
from .mentions import is_known, mentions
from .nodes import kind
from .project import Project, label_of
from .shapes import Declaration, Flow, Policy
from .three import NO, YES, every, opposite, some
from .travel import items_of, origins, reached
from .words import FACETS, NOTHING_KNOWN


def mistakes(project: Project) -> Iterator[Verdict]:
    """'PL001 to PL005 are certain.'"""
    yield from (Verdict("PL001", label_of(one)) for one in project.broken)
    yield from unknown_names(project)
    yield from (Verdict("PL003", label) for label in project.duplicates)
    yield from missing_clauses(project)
    yield from unknown_operators(project)


def declarations(project: Project) -> list[Declaration]:
    """List everything that was read without a syntax error and is not left out."""
    return [
        *project.terms,
        *project.parties.values(),
        *project.services.values(),
        *project.flows,
        *project.policies,
    ]


def unknown_names(project: Project) -> Iterator[Verdict]:
    """'PL002 once per occurrence.'"""
    for one in declarations(project):
        for mention in mentions(one):
            if not is_known(project, mention):
                yield Verdict("PL002", label_of(one))


def missing_clauses(project: Project) -> Iterator[Verdict]:
    """'Flow without data or purpose; policy without binds; clause without content.'"""
    for flow in project.flows:
        missing = [not flow.data, not flow.purposes]
        yield from [Verdict("PL004", label_of(flow))] * sum(missing)
    for policy in project.policies:
        yield from [Verdict("PL004", label_of(policy))] * len(gaps(policy))


def gaps(policy: Policy) -> list[str]:
    """List what a policy lacks: its `binds`, and the sections of clauses that say nothing."""
    empty = [one.section for one in policy.clauses if not one.obligations and not one.unchecked]
    return empty if policy.binds else ["binds", *empty]


def unknown_operators(project: Project) -> Iterator[Verdict]:
    """'Service with no party': no `of`, and no owner."""
    for service in project.services.values():
        if service.operator is None and project.owner is None:
            yield Verdict("PL005", label_of(service))


def unsourced(project: Project) -> Iterator[Verdict]:
    """'PL901: a service sends data that never reached it.'"""
    for flow in project.flows:
        if not is_asked(project, flow):
            continue
        answer = some(opposite(reached(project, flow, item)) for item in items_of(flow))
        if answer != NO:
            yield found("PL901", label_of(flow), answer)


def is_asked(project: Project, flow: Flow) -> bool:
    """'Asked of a service that some other flow enters (directly, not through its party).'"""
    return kind(project, flow.sender) == "service" and any(
        other.receiver == flow.sender for other in project.flows if other is not flow
    )


def drifted(project: Project) -> Iterator[Verdict]:
    """'PL503: data used for a purpose not ⊑ any purpose it was collected for.'"""
    words = project.words
    for flow in project.flows:
        if kind(project, flow.sender) == "subject":
            continue
        answers = []
        for number, _ in enumerate(items_of(flow)):
            sources = origins(project, flow, number)
            for purpose in words.words("purpose", flow.purposes) or (None,):
                collected_for = some(
                    words.compare("purpose", purpose, name)
                    for source in sources
                    for name in words.words("purpose", source.purposes) or (NOTHING_KNOWN,)
                )
                answers.append(every((YES if sources else NO, opposite(collected_for))))
        if some(answers) != NO:
            yield found("PL503", label_of(flow), some(answers))


def unused(project: Project) -> Iterator[Verdict]:
    """'PL902: party, service or term that nothing mentions.'"""
    said = {mention for one in declarations(project) for mention in mentions(one)}
    names = {name for what, name in said if what in ("party", "node", "receiver")}
    names |= {project.owner} if project.owner else set()
    for node in (*project.parties, *project.services):
        if node not in names:
            yield Verdict("PL902", f"{kind(project, node)} {node}", severity="warning")
    for term in project.terms:
        kinds = {term.facet, "measure", "receiver", "node"} if term.facet in FACETS else {term.facet}
        if not any((what, term.name) in said for what in kinds):
            yield Verdict("PL902", label_of(term), severity="warning")
