"""Every name that a declaration mentions, with the kind of thing that it should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .findings import rule_code
from .nodes import kind
from .project import Project
from .shapes import (
    Alternative,
    Broken,
    Declaration,
    Flow,
    Obligation,
    Part,
    Party,
    Period,
    Policy,
    Service,
    Term,
    Waiver,
    Who,
)  # fmt: skip
from .words import FACETS

Mention = tuple[str, str]
ACTIONS = ("collection", "use", "sharing", "sale", "transfer", "retention", "operation")
DISCLOSED = ("data", "purpose", "recipient", "means", "place", "basis", "source")
PARTS = {
    "of": "data", "as": "form", "to": "receiver", "for": "purpose", "into": "place",
    "outside": "place", "via": "means", "with": "measure",
}  # fmt: skip


def each(what: str, names: Iterable[str]) -> list[Mention]:
    """Say of several names what they should be."""
    return [(what, name) for name in names]


def mentions(one: Declaration) -> Iterator[Mention]:
    """List what a declaration mentions, once per occurrence."""
    if isinstance(one, Term):
        yield "facet", one.facet
        if "." in one.name and one.facet in FACETS:
            yield one.facet, one.name.rpartition(".")[0]
    elif isinstance(one, Party):
        yield from of_party(one)
    elif isinstance(one, Service):
        yield from of_service(one)
    elif isinstance(one, Flow):
        yield from of_flow(one)
    elif isinstance(one, Policy):
        yield from of_policy(one)


def of_party(party: Party) -> Iterator[Mention]:
    """`is RECIPIENTS  for PARTY  in PLACES  with SAFEGUARDS  waive…`"""
    yield from each("recipient", party.recipients)
    yield from each("party", [party.works_for] if party.works_for else [])
    yield from each("place", party.places)
    yield from each("safeguard", party.safeguards)
    yield from of_waivers(party.waivers)


def of_service(service: Service) -> Iterator[Mention]:
    """`of PARTY  is RECIPIENTS  in PLACES  with SAFEGUARDS  keep [DATA] PERIOD  waive…`"""
    yield from each("party", [service.operator] if service.operator else [])
    yield from each("recipient", service.recipients)
    yield from each("place", service.places)
    yield from each("safeguard", service.safeguards)
    for keep in service.keeps:
        yield from each("data", [keep.data] if keep.data else [])
        yield from of_period(keep.period)
    yield from of_waivers(service.waivers)


def of_flow(flow: Flow) -> Iterator[Mention]:
    """All clauses of a flow."""
    yield from each("node", (flow.sender, flow.receiver))
    for item in flow.data:
        yield "data", item.name
        yield from each("form", [item.form] if item.form else [])
    yield from each("purpose", flow.purposes)
    yield from of_people(flow.subjects)
    yield from each("basis", flow.basis)
    yield from each("safeguard", flow.safeguards)
    yield from each("means", flow.means)
    yield from each("circumstance", flow.circumstances)
    yield from of_period(flow.keep)
    yield from of_waivers(flow.waivers)


def of_people(people: Iterable[Who]) -> Iterator[Mention]:
    """WHO = NAME [aged AGE] [in PLACE]."""
    for who in people:
        yield "subject", who.name
        yield from each("place", [who.place] if who.place else [])


def of_period(period: Period | None) -> Iterator[Mention]:
    """`after EVENT`, `until EVENT`."""
    if period and not period.forever:
        yield "event", period.event


def of_waivers(waivers: Iterable[Waiver]) -> Iterator[Mention]:
    """`waive RULE [on POLICY:SECTION]`."""
    for waiver in waivers:
        yield "rule", waiver.rule
        if waiver.policy is not None:
            yield "section", f"{waiver.policy}:{waiver.section}"


def of_policy(policy: Policy) -> Iterator[Mention]:
    """`binds PARTY, …` and all obligations."""
    yield from each("party", policy.binds)
    for clause in policy.clauses:
        for obligation in clause.obligations:
            yield from of_obligation(obligation)


def of_obligation(obligation: Obligation) -> Iterator[Mention]:
    """`forbid`, `require` and `disclose` with their patterns and conditions."""
    if obligation.kind == "disclose":
        yield "disclosed facet", obligation.about
        facet = {"recipient": "receiver", "source": "receiver"}.get(obligation.about, obligation.about)
        yield from each(facet, obligation.names if obligation.about in DISCLOSED else ())
    else:
        yield "action", obligation.about
    yield from each("measure", [name for need in obligation.needs for name in need])
    yield from of_parts(obligation.parts)
    for alternative in obligation.unless:
        yield from of_alternative(alternative)


def of_alternative(alternative: Alternative) -> Iterator[Mention]:
    """ALT = COND and COND …"""
    yield from each("measure", alternative.measures)
    yield from of_parts(alternative.parts)


def of_parts(parts: Iterable[Part]) -> Iterator[Mention]:
    """PATTERN…"""
    for part in parts:
        yield from of_people(part.people)
        yield from of_period(part.period)
        yield from each(PARTS.get(part.word, ""), part.names)


def is_known(project: Project, mention: Mention) -> bool:
    """Say whether the name is what it should be."""
    what, name = mention
    words = project.words
    if what in FACETS:
        return words.has(what, name)
    if what in ("facet", "action", "disclosed facet"):
        return name in {"facet": FACETS, "action": ACTIONS, "disclosed facet": DISCLOSED}[what]
    if what == "party":
        return project.is_party(name)
    if what == "node":
        return kind(project, name) != "unknown"
    if what == "receiver":
        return kind(project, name) != "unknown" or words.has("recipient", name)
    if what == "measure":
        return words.measure_facet(name) is not None
    if what == "rule":
        return rule_code(name) is not None
    return is_section(project, name)


def is_section(project: Project, name: str) -> bool:
    """Say whether a POLICY:SECTION is there; of a broken policy no section is known to be
    missing.
    """
    policy, _, section = name.partition(":")
    return policy in project.broken_names("policy") or any(
        policy == one.name and section == clause.section for one in project.policies for clause in one.clauses
    )


__all__ = ["Broken", "is_known", "mentions"]
