"""Scenes of one policy in; what the real check finds on each of them out."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from policylint.finding.finding import Certainty, Finding
from policylint.model.values import Disclosure, Obligation
from tests.policies import lists, pairs
from tests.policies.scene import Scene, project
from tests.policies.shipped import Shipped, numbered

NOT_UNDERSTOOD = "PL005"
"""The last of the codes of what was not understood."""


def found(policy: Shipped, scenes: Iterable[Scene]) -> Mapping[Scene, Sequence[Finding]]:
    """What is found on each scene; all of them are understood."""
    each = list(dict.fromkeys(scenes))
    text, declarations = project(each)
    findings = policy.check(text)
    assert not [finding.message for finding in findings if finding.code <= NOT_UNDERSTOOD], text
    by_declaration: dict[str, list[Finding]] = {declaration: [] for declaration in declarations}
    for finding in findings:
        by_declaration.get(finding.declaration or "", []).append(finding)
    return dict(zip(each, by_declaration.values(), strict=True))


def alone(policy: Shipped, scene: Scene) -> Sequence[Finding]:
    """What is found on a scene that is a project of its own."""
    return found(policy, [scene])[scene]


def of(findings: Sequence[Finding], obligation: Obligation) -> list[Finding]:
    """The findings about one obligation: its clause, and its words, which no other one of the clause has."""
    return [
        finding
        for finding in findings
        if (finding.policy, finding.clause) == (obligation.policy, obligation.clause.section)
        and obligation.text in finding.identity
    ]


def is_certain(findings: Sequence[Finding]) -> bool:
    """Whether there is one finding, and it is certain."""
    return [finding.certainty for finding in findings] == [Certainty.CERTAIN]


@cache
def obligations(policy: Shipped) -> Mapping[str, tuple[Obligation, pairs.Derived]]:
    """Every obligation of a policy with its pairs."""
    parts = policy.policy.obligations
    derived = [(part, pairs.derive(part, policy.name)) for part in parts]
    return dict(zip(numbered(policy.name, [part.clause for part in parts]), derived, strict=True))


@cache
def disclosures(policy: Shipped) -> Mapping[str, tuple[Disclosure, lists.Covered | None]]:
    """Every list of a policy with its pair."""
    parts = policy.policy.disclosures
    by_facet = {part.facet: [other for other in parts if other.facet == part.facet] for part in parts}
    derived = [(part, lists.derive(part, by_facet[part.facet], policy.name)) for part in parts]
    return dict(zip(numbered(policy.name, [part.clause for part in parts]), derived, strict=True))


@cache
def by_name(policy: Shipped) -> Mapping[str, Sequence[tuple[str, Scene | None]]]:
    """For every list of a policy and each name in it a flow that is covered by that name."""
    return {key: tuple(lists.by_name(listed, policy.name)) for key, (listed, _) in disclosures(policy).items()}


@cache
def together(policy: Shipped) -> Mapping[Scene, Sequence[Finding]]:
    """What is found on all flows of all pairs, as one project; operated parties stand alone."""
    scenes = [
        scene
        for _, derived in obligations(policy).values()
        for pair in derived.pairs
        for scene in (pair.broken, pair.kept)
        if scene.sender
    ]
    scenes += [scene for _, pair in disclosures(policy).values() if pair for scene in (pair.listed, pair.unlisted)]
    scenes += [scene for named in by_name(policy).values() for _, scene in named if scene]
    return found(policy, scenes)
