"""Findings and waivers in; findings with the waived ones marked, and the fate of each waiver, out."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, timedelta

from policylint.finding.finding import Finding, Suppression
from policylint.model.values import Waiver
from policylint.rule.context import WaiverUse
from policylint.source.text import Span

SOON = timedelta(days=30)
"""How long before its last day a waiver is spoken of."""


def waive(
    findings: Sequence[Finding], waivers: Mapping[str, Sequence[Waiver]], day: date, ran: Set[str]
) -> tuple[list[Finding], list[WaiverUse]]:
    """Mark what waivers accept. A waiver holds on its last day too; one that is over accepts nothing.

    `ran` are the codes of the rules whose waivers are expected to meet a finding.
    """
    covered: dict[_Key, list[Finding]] = {}
    refused: set[_Key] = set()
    triaged: list[Finding] = []
    for finding in findings:
        suppression = None
        for index, waiver in enumerate(waivers.get(finding.declaration or "", ())):
            if _is_over(waiver, day) or not _covers(waiver, finding):
                continue
            if not finding.waivable:
                refused.add((finding.declaration or "", index))
                continue
            covered.setdefault((finding.declaration or "", index), []).append(finding)
            suppression = suppression or Suppression(waiver.reason, waiver.until)
        triaged.append(finding._replace(suppressed=suppression) if suppression else finding)
    placed = {(declaration, index): each for declaration, own in waivers.items() for index, each in enumerate(own)}
    uses = [
        _use(waiver, key[0], covered.get(key, ()), day, ran=waiver.rule in ran, refused=key in refused)
        for key, waiver in placed.items()
    ]
    return triaged, uses


_Key = tuple[str, int]
"""A waiver: the declaration that it stands on, and which of those there it is."""


def _use(
    waiver: Waiver, declaration: str, covers: Sequence[Finding], day: date, *, ran: bool, refused: bool
) -> WaiverUse:
    return WaiverUse(waiver, declaration, _is_over(waiver, day), waiver.understood, ran, tuple(covers), refused)


def ending(uses: Sequence[WaiverUse], day: date) -> tuple[tuple[Span, str], ...]:
    """What to say of the waivers in use that end soon, and where they stand."""
    near = [(use, use.waiver, use.waiver.until) for use in uses if use.used and ends_soon(use.waiver, day)]
    return tuple(
        (waiver.span, f"this waiver of `{waiver.rule}` on {use.declaration} ends {_when(until, day)}")
        for use, waiver, until in near
        if until
    )


def ends_soon(waiver: Waiver, day: date) -> bool:
    """Whether its last day is near, and not yet over."""
    return waiver.until is not None and day <= waiver.until <= day + SOON


def _when(until: date, day: date) -> str:
    days = (until - day).days
    return f"on {until}, " + ("today" if days == 0 else f"in {days} day{'s' if days > 1 else ''}")


def _is_over(waiver: Waiver, day: date) -> bool:
    return waiver.until is not None and day > waiver.until


def _covers(waiver: Waiver, finding: Finding) -> bool:
    if not waiver.understood or waiver.rule != finding.code:
        return False
    return waiver.policy is None or (waiver.policy, waiver.section) == (finding.policy, finding.clause)
