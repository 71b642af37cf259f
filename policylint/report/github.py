"""A check in; workflow commands that GitHub shows as annotations beside the lines out."""

from collections.abc import Iterator

from policylint.check import Checked
from policylint.finding.finding import Finding, Severity
from policylint.report.harmless import harmless
from policylint.report.json import positions
from policylint.report.manner import PLAIN, Manner
from policylint.report.summary import closing, plural

MOST = 10
"""So many errors, and as many warnings, GitHub shows for one step; it drops the others without a word."""

_LONGEST = 4000
_LONGEST_TITLE = 250


def render(checked: Checked, manner: Manner = PLAIN) -> str:
    """Render the first findings of each severity that are open, say how many more there are, and count."""
    lines: list[str] = []
    for severity in Severity:
        found = [each for each in checked.findings if each.severity is severity and each.is_open]
        lines += [_command(finding, checked) for finding in found[:MOST]]
        if len(found) > MOST:
            lines.append(f"{plural(len(found) - MOST, f'more {severity}')} without an annotation: GitHub shows {MOST}")
    return "\n".join([*lines, *closing(checked, manner)])


def _command(finding: Finding, checked: Checked) -> str:
    properties = ",".join(f"{key}={_property(value)}" for key, value in _properties(finding, checked))
    clause = f" [{finding.policy}:{finding.clause}]" if finding.policy and finding.clause else ""
    paragraphs = [finding.message + clause, *([finding.help] if finding.help else [])]
    message = "\n".join(harmless(paragraph, _LONGEST) for paragraph in paragraphs)
    return f"::{finding.severity} {properties}::{_data(message)}"


def _properties(finding: Finding, checked: Checked) -> Iterator[tuple[str, str]]:
    start, end = positions(finding.span, checked.sources)
    yield "file", harmless(finding.span.path)
    yield "line", str(start.line)
    yield "endLine", str(end.line)
    if start.line == end.line:  # GitHub takes columns only where an annotation is on one line
        yield "col", str(start.column)
        yield "endColumn", str(end.column)
    yield "title", harmless(f"{finding.code} {finding.name}", _LONGEST_TITLE)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
