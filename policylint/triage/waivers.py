"""Findings and waivers in; findings with the waived ones marked, and the fate of each waiver, out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from policylint.finding.finding import Finding, Suppression
from policylint.model.values import Waiver
from policylint.rule.context import WaiverUse


def waive(
    findings: Sequence[Finding], waivers: Mapping[str, Sequence[Waiver]], day: date
) -> tuple[list[Finding], list[WaiverUse]]:
    """Mark what waivers accept. A waiver holds on its last day too; one that is over accepts nothing."""
    used: set[tuple[str, int]] = set()
    triaged: list[Finding] = []
    for finding in findings:
        suppression = None
        for index, waiver in enumerate(waivers.get(finding.declaration or "", ())):
            if not _is_over(waiver, day) and finding.waivable and _covers(waiver, finding):
                used.add((finding.declaration or "", index))
                suppression = suppression or Suppression(waiver.reason, waiver.until)
        triaged.append(replace(finding, suppressed=suppression) if suppression else finding)
    uses = [
        WaiverUse(
            waiver,
            declaration,
            expired=_is_over(waiver, day),
            used=(declaration, index) in used,
            understood=waiver.understood,
        )
        for declaration, several in waivers.items()
        for index, waiver in enumerate(several)
    ]
    return triaged, uses


def _is_over(waiver: Waiver, day: date) -> bool:
    return waiver.until is not None and day > waiver.until


def _covers(waiver: Waiver, finding: Finding) -> bool:
    if not waiver.understood or waiver.rule != finding.code:
        return False
    return waiver.policy is None or (waiver.policy, waiver.section) == (finding.policy, finding.clause)
