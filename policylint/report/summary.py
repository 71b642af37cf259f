"""A check in; what it counted out: the same figures for every format."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from policylint.check import Checked
from policylint.finding.finding import Severity
from policylint.report.manner import Manner


class Summary(NamedTuple):
    """How much was checked, and what came of it. Errors and warnings are the open ones."""

    files: int
    flows: int
    obligations: int
    evaluations: int
    errors: int
    warnings: int
    suppressed: int


def summary(checked: Checked) -> Summary:
    """Count a check."""
    open_ = [finding for finding in checked.findings if finding.is_open]
    return Summary(
        len(checked.sources),
        checked.flows,
        sum(len(policy.obligations) + len(policy.disclosures) for policy in checked.model.policies),
        sum(checked.evaluations.values()),
        sum(finding.severity is Severity.ERROR for finding in open_),
        sum(finding.severity is Severity.WARNING for finding in open_),
        sum(finding.suppressed is not None for finding in checked.findings),
    )


def accepted(checked: Checked) -> Mapping[str, int]:
    """How many findings were there in each earlier state that this check is compared with, and so are accepted."""
    shut = (each.baseline for each in checked.findings if not each.suppressed)
    return Counter(compared.earlier for compared in shut if compared and compared.accepted)


def last_line(checked: Checked) -> str:
    """`3 errors, 1 warning (2 waived, 5 in the baseline) in 12 files, 41 flows, 9 obligations`."""
    counted = summary(checked)
    shut = [f"{counted.suppressed} waived"] if counted.suppressed else []
    shut += [f"{count} in {earlier}" for earlier, count in accepted(checked).items()]
    accepted_ = f" ({', '.join(shut)})" if shut else ""
    return (
        f"{plural(counted.errors, 'error')}, {plural(counted.warnings, 'warning')}{accepted_} in "
        f"{plural(counted.files, 'file')}, {plural(counted.flows, 'flow')}, {plural(counted.obligations, 'obligation')}"
    )


def statistics(checked: Checked) -> list[str]:
    """How often each rule found something that is open, the most frequent first: `12  PL101 forbidden-sale`."""
    found = Counter((finding.code, finding.name) for finding in checked.findings if finding.is_open)
    widest = len(str(max(found.values(), default=0)))
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return [f"{count:>{widest}}  {code} {name}" for (code, name), count in ordered]


def closing(checked: Checked, manner: Manner) -> list[str]:
    """The lines below the findings in text for people."""
    counts = () if manner.quiet else (*_fixable(checked), last_line(checked))
    return [*(statistics(checked) if manner.statistics else ()), *counts]


def _fixable(checked: Checked) -> list[str]:
    """How much of what is open can be mended mechanically."""
    count = sum(finding.is_open and finding.fix is not None for finding in checked.findings)
    return [f"{count} fixable with `--fix`"] if count else []


def plural(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}" + ("" if count == 1 else "s")
