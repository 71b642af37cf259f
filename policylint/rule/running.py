"""A judged project in; what rules find about it out."""

from collections.abc import Sequence, Set

from policylint.finding.finding import Finding
from policylint.rule.context import Context, Judged, WaiverUse
from policylint.rule.plugins import found_by
from policylint.rule.registry import Registry


def run(
    registry: Registry, selected: Set[str], judged: Judged, *, closing: bool, waivers: Sequence[WaiverUse] = ()
) -> list[Finding]:
    """Run the selected rules: the closing ones, which see what became of the waivers, or all others."""
    judged = judged._replace(waivers=waivers)
    rules = [rule for code, rule in registry.rules.items() if rule.closing is closing and code in selected]
    return [finding for rule in rules for finding in found_by(Context(rule, judged))]
