"""What is reported: one verdict per finding, its code, and the waivers that stand against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .project import Project, label_of
from .shapes import Clause, Flow, Obligation, Party, Policy, Service, Waiver
from .three import YES, Answer

MILD = ("PL901", "PL902", "PL904")

NAMES = {
    "syntax-error": "PL001",
    "unknown-name": "PL002",
    "duplicate-name": "PL003",
    "missing-clause": "PL004",
    "unknown-operator": "PL005",
    "forbidden-sale": "PL101",
    "forbidden-sharing": "PL102",
    "unsafeguarded-sharing": "PL103",
    "undisclosed-data": "PL111",
    "undisclosed-purpose": "PL112",
    "undisclosed-recipient": "PL113",
    "undisclosed-means": "PL114",
    "undisclosed-place": "PL115",
    "undisclosed-basis": "PL116",
    "undisclosed-source": "PL117",
    "underage-subject": "PL201",
    "unsafeguarded-transfer": "PL301",
    "forbidden-transfer": "PL302",
    "excess-retention": "PL401",
    "forbidden-retention": "PL402",
    "unsafeguarded-retention": "PL403",
    "forbidden-use": "PL501",
    "unmet-use-requirement": "PL502",
    "purpose-drift": "PL503",
    "unmet-operation-requirement": "PL601",
    "forbidden-operation": "PL602",
    "forbidden-tracking": "PL701",
    "forbidden-collection": "PL702",
    "unmet-collection-requirement": "PL703",
    "stale-citation": "PL801",
    "contradictory-clauses": "PL802",
    "vacuous-obligation": "PL803",
    "uncovered-text": "PL804",
    "unsourced-data": "PL901",
    "unused-declaration": "PL902",
    "expired-waiver": "PL903",
    "unused-waiver": "PL904",
}

FORBID = {
    "sale": "PL101",
    "sharing": "PL102",
    "transfer": "PL302",
    "retention": "PL402",
    "use": "PL501",
    "operation": "PL602",
    "collection": "PL702",
}
REQUIRE = {
    "sale": "PL103",
    "sharing": "PL103",
    "transfer": "PL301",
    "retention": "PL403",
    "use": "PL502",
    "operation": "PL601",
    "collection": "PL703",
}


@dataclass(frozen=True)
class Verdict:
    """One finding, as far as its meaning goes."""

    code: str
    declaration: str
    policy: str | None = None
    clause: str | None = None
    certainty: str = "certain"
    severity: str = "error"
    suppressed: bool = False

    @property
    def order(self) -> tuple[str, ...]:
        """What verdicts are sorted by."""
        return (
            self.declaration, self.code, self.policy or "", self.clause or "",
            self.certainty, self.severity, str(self.suppressed),
        )  # fmt: skip


def found(
    code: str,
    declaration: str,
    answer: Answer,
    policy: Policy | None = None,
    clause: Clause | None = None,
) -> Verdict:
    """'*yes* gives a **certain** finding (error), *maybe* a **possible** one (warning)';
    hedged warns.
    """
    mild = answer != YES or code in MILD or (clause is not None and clause.hedged)
    return Verdict(
        code,
        declaration,
        policy.name if policy else None,
        clause.section if clause else None,
        "certain" if answer == YES else "possible",
        "warning" if mild else "error",
    )


def code_of(obligation: Obligation) -> str:
    """The table of rules; 'PL201 looks at an obligation's own `from`, not at its `unless`'."""
    words = {part.word for part in obligation.parts}
    if any(who.age for part in obligation.parts for who in part.people):
        return "PL201"  # 'wins over every other row'
    if obligation.kind == "require":
        return REQUIRE[obligation.about]
    if obligation.about == "retention" and "beyond" in words:
        return "PL401"
    if obligation.about in ("collection", "use") and "via" in words:
        return "PL701"
    return FORBID[obligation.about]


def rule_code(rule: str) -> str | None:
    """'RULE = a rule's name or code.'"""
    return rule if rule in NAMES.values() else NAMES.get(rule)


def waivable(project: Project) -> list[Party | Service | Flow]:
    """List what can carry waivers."""
    return [*project.parties.values(), *project.services.values(), *project.flows]


def waived(project: Project, verdicts: Iterable[Verdict]) -> list[Verdict]:
    """'`waive` accepts findings of one rule on this declaration'; add what is wrong with
    waivers.
    """
    verdicts = list(verdicts)
    carriers = {label_of(one): one for one in waivable(project)}
    marked = [mark(project, carriers, verdict) for verdict in verdicts]
    for label, carrier in carriers.items():
        for waiver in carrier.waivers:
            if expired(project, waiver):
                marked.append(Verdict("PL903", label))  # 'an expired one is PL903 only'
            elif resolved(project, waiver) and not any(meets(waiver, label, one) for one in verdicts):
                marked.append(Verdict("PL904", label, severity="warning"))
    return sorted(marked, key=lambda one: one.order)


def mark(project: Project, carriers: dict[str, Party | Service | Flow], verdict: Verdict) -> Verdict:
    """'Waived findings stay in the … output, marked as suppressed.'"""
    carrier = carriers.get(verdict.declaration)
    waivers = carrier.waivers if carrier else ()
    suppressed = any(not expired(project, waiver) and meets(waiver, verdict.declaration, verdict) for waiver in waivers)
    return replace(verdict, suppressed=suppressed)


def expired(project: Project, waiver: Waiver) -> bool:
    """'`until` includes its day.'"""
    return waiver.until is not None and waiver.until < project.as_of


def meets(waiver: Waiver, label: str, verdict: Verdict) -> bool:
    """'A waiver is used if a finding of its rule (and section) stands on its declaration.'"""
    about = (waiver.policy, waiver.section)
    return (
        verdict.declaration == label
        and verdict.code == rule_code(waiver.rule)
        and about in ((None, None), (verdict.policy, verdict.clause))
    )


def resolved(project: Project, waiver: Waiver) -> bool:
    """A waiver with a word that is not known is not said to waive nothing."""
    return rule_code(waiver.rule) is not None and knows_section(project, waiver)


def knows_section(project: Project, waiver: Waiver) -> bool:
    """Say whether the POLICY:SECTION of a waiver is there."""
    if waiver.policy is None:
        return True
    return any(
        clause.section == waiver.section
        for policy in project.policies
        if policy.name == waiver.policy
        for clause in policy.clauses
    )
