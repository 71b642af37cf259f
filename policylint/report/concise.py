"""A check in; one line per finding out, as compilers write them."""

from policylint.check import Checked
from policylint.report.harmless import harmless
from policylint.report.json import positions
from policylint.report.manner import PLAIN, Manner
from policylint.report.summary import closing

_LONGEST = 1000


def render(checked: Checked, manner: Manner = PLAIN) -> str:
    """`path:line:column: code severity: message [policy:clause]`, accepted findings left out."""
    lines: list[str] = []
    for finding in checked.findings:
        if not finding.is_open:
            continue
        (line, column), _ = positions(finding.span, checked.sources)
        clause = f" [{finding.policy}:{finding.clause}]" if finding.policy and finding.clause else ""
        place = f"{harmless(finding.span.path)}:{line}:{column}"
        message = harmless(finding.message, _LONGEST)
        lines.append(f"{place}: {finding.code} {finding.severity}: {message}{clause}")
    return "\n".join([*lines, *closing(checked, manner)])
