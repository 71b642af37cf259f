"""A check in; JSON for other programs out: all findings, waived ones too, in a versioned form."""

import json
from collections.abc import Mapping
from typing import Any

from policylint.check import Checked
from policylint.finding.finding import Finding
from policylint.report.manner import PLAIN, Manner
from policylint.report.summary import accepted, summary
from policylint.source.text import Position, SourceText, Span

VERSION = 1
"""Grows when a field changes its meaning or goes; new fields may come without."""


def render(checked: Checked, manner: Manner = PLAIN) -> str:
    """Render a check; findings are sorted by path, line, column, code and clause."""
    head = f'{{"version": {VERSION}, "summary": {json.dumps(_summary(checked))}, "findings": ['
    # One finding a line: as easy to search and compare as it is to parse.
    lines = (json.dumps(_finding(finding, checked.sources), ensure_ascii=False) for finding in checked.findings)
    return head + "".join(f"\n{',' if number else ''}{line}" for number, line in enumerate(lines)) + "\n]}"


def _summary(checked: Checked) -> dict[str, int]:
    """The counts; where the check is compared with something earlier, also how many findings were there already."""
    counts = summary(checked)._asdict()
    is_compared = any(finding.baseline for finding in checked.findings)
    return {**counts, "baselined": sum(accepted(checked).values())} if is_compared else counts


def _finding(finding: Finding, sources: dict[str, SourceText]) -> dict[str, Any]:
    start, end = positions(finding.span, sources)
    suppressed = finding.suppressed
    fields = {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "certainty": finding.certainty.value,
        "message": finding.message,
        "path": finding.span.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "declaration": finding.declaration,
        "policy": finding.policy,
        "clause": finding.clause,
        "citation": finding.citation._asdict() if finding.citation else None,
        "missing": finding.missing,
        "steps": [
            {"path": step.span.path, "line": positions(step.span, sources)[0].line, "declaration": step.declaration}
            for step in finding.steps
        ],
        "help": finding.help,
        "suppressed": suppressed
        and {"until": suppressed.until.isoformat() if suppressed.until else None, "because": suppressed.because},
        "fingerprint": finding.fingerprint,
    }
    return {**fields, "baseline": finding.baseline.state} if finding.baseline else fields


def positions(span: Span, sources: Mapping[str, SourceText]) -> tuple[Position, Position]:
    """Where a span begins and ends; the first column of a file that could not be read."""
    source = sources.get(span.path)
    if source is None:
        return Position(1, 1), Position(1, 1)
    return source.position(span.start), source.position(span.end)
