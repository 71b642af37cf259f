"""A check in; a Code Quality report for GitLab's merge requests out."""

import json
from typing import Any

from policylint.check import Checked
from policylint.finding.finding import Finding, Severity
from policylint.report.harmless import harmless
from policylint.report.identity import told_apart
from policylint.report.json import positions
from policylint.report.manner import PLAIN, Manner

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor"}


def render(checked: Checked, manner: Manner = PLAIN) -> str:
    """Render all findings that are open: GitLab cannot mark one as accepted."""
    open_ = [finding for finding in checked.findings if finding.is_open]
    issues = [_issue(finding, fingerprint, checked) for finding, fingerprint in told_apart(open_)]
    return json.dumps(issues, indent=2, ensure_ascii=False)


def _issue(finding: Finding, fingerprint: str, checked: Checked) -> dict[str, Any]:
    start, end = positions(finding.span, checked.sources)
    clause = f" [{finding.policy}:{finding.clause}]" if finding.policy and finding.clause else ""
    return {
        "description": harmless(finding.message) + clause,
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.span.path, "lines": {"begin": start.line, "end": end.line}},
    }
