"""A check in; JUnit's XML out, for the many programs that show test results."""

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator

from policylint.check import Checked
from policylint.finding.finding import Finding
from policylint.report.harmless import harmless
from policylint.report.json import positions
from policylint.report.manner import PLAIN, Manner


def render(checked: Checked, manner: Manner = PLAIN) -> str:
    """A failed test case for each finding, a skipped one for each accepted one, a passed one for each clean file."""
    accepted = sum(not finding.is_open for finding in checked.findings)
    concerned = {finding.span.path for finding in checked.findings}
    clean = [path for path in checked.sources if path not in concerned]
    counts = {
        "tests": str(len(checked.findings) + len(clean)),
        "failures": str(len(checked.findings) - accepted),
        "errors": "0",
        "skipped": str(accepted),
    }
    suites = ET.Element("testsuites", {"name": "policylint", **counts})
    suite = ET.SubElement(suites, "testsuite", {"name": "policylint", **counts})
    names: Counter[str] = Counter()
    for finding in checked.findings:
        name = _name(finding)
        names[name] += 1
        # What has the same name is one test for many programs, and only one of them is shown.
        _case(suite, name if names[name] == 1 else f"{name}, {names[name]}", finding, checked)
    for path in sorted(clean):
        ET.SubElement(suite, "testcase", {"classname": "policylint", "name": harmless(path), "file": harmless(path)})
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode")


def _name(finding: Finding) -> str:
    return harmless(f"{finding.code} {finding.name} on {finding.declaration or finding.span.path}") + _clause(finding)


def _clause(finding: Finding) -> str:
    return f" [{finding.policy}:{finding.clause}]" if finding.policy and finding.clause else ""


def _case(suite: ET.Element, name: str, finding: Finding, checked: Checked) -> None:
    path = harmless(finding.span.path)
    line = str(positions(finding.span, checked.sources)[0].line)
    case = ET.SubElement(suite, "testcase", {"classname": "policylint", "name": name, "file": path, "line": line})
    message = harmless(finding.message)
    if finding.suppressed:
        ET.SubElement(case, "skipped", {"message": harmless(f"waived: {finding.suppressed.because}")})
        return
    if finding.baseline and finding.baseline.accepted:
        ET.SubElement(case, "skipped", {"message": harmless(f"not new: it is in {finding.baseline.earlier}")})
        return
    failure = ET.SubElement(case, "failure", {"message": message, "type": finding.severity.value})
    failure.text = "\n".join([f"{path}:{line}: {message}{_clause(finding)}", *map(harmless, _notes(finding))])


def _notes(finding: Finding) -> Iterator[str]:
    yield from (label.text for label in finding.labels)
    yield from (f"path {number}: {step.text}" for number, step in enumerate(finding.steps, 1))
    if finding.help:
        yield f"help: {finding.help}"
