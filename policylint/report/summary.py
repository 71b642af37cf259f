"""A check in; what it counted out: the same figures for every format."""

from typing import NamedTuple

from policylint.check import Checked
from policylint.finding.finding import Severity


class Summary(NamedTuple):
    """How much was checked, and what came of it. Errors and warnings are those that are not waived."""

    files: int
    flows: int
    obligations: int
    evaluations: int
    errors: int
    warnings: int
    suppressed: int


def summary(checked: Checked) -> Summary:
    """Count a check."""
    open_ = [finding for finding in checked.findings if not finding.suppressed]
    return Summary(
        len(checked.sources),
        len(checked.model.flows),
        sum(len(policy.obligations) + len(policy.disclosures) for policy in checked.model.policies),
        checked.evaluations,
        sum(finding.severity is Severity.ERROR for finding in open_),
        sum(finding.severity is Severity.WARNING for finding in open_),
        len(checked.findings) - len(open_),
    )


def last_line(checked: Checked) -> str:
    """`3 errors, 1 warning (2 waived) in 12 files, 41 flows, 9 obligations`."""
    counted = summary(checked)
    waived = f" ({counted.suppressed} waived)" if counted.suppressed else ""
    return (
        f"{plural(counted.errors, 'error')}, {plural(counted.warnings, 'warning')}{waived} in {plural(counted.files, 'file')}, "
        f"{plural(counted.flows, 'flow')}, {plural(counted.obligations, 'obligation')}"
    )


def plural(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}" + ("" if count == 1 else "s")
