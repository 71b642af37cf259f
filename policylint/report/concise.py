"""A check in; one line per finding out, as compilers write them."""

from policylint.check import Checked
from policylint.report.json import positions
from policylint.report.summary import last_line


def render(checked: Checked) -> str:
    """`path:line:column: code severity: message [policy:clause]`, waived findings left out."""
    lines: list[str] = []
    for finding in checked.findings:
        if finding.suppressed:
            continue
        (line, column), _ = positions(finding.span, checked.sources)
        clause = f" [{finding.policy}:{finding.clause}]" if finding.policy and finding.clause else ""
        place = f"{finding.span.path}:{line}:{column}"
        lines.append(f"{place}: {finding.code} {finding.severity}: {finding.message}{clause}")
    return "\n".join([*lines, last_line(checked)])
