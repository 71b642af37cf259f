"""A check in; SARIF 2.1.0 for code scanning, with paths, clauses and waivers, out."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from policylint import __version__
from policylint.check import Checked
from policylint.finding.finding import Certainty, Finding, Fix, Severity
from policylint.fix.apply import stretch
from policylint.report.harmless import harmless
from policylint.report.identity import told_apart
from policylint.report.json import positions
from policylint.report.manner import PLAIN, Manner
from policylint.report.sarif_rules import described
from policylint.report.summary import summary
from policylint.source.text import SourceText, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
FINGERPRINT = "policylint/v1"
"""The name of the fingerprint; it grows when what fingerprints are made of changes."""

_RANKS = {
    (Severity.ERROR, Certainty.CERTAIN): 90.0,
    (Severity.WARNING, Certainty.CERTAIN): 50.0,
    (Severity.ERROR, Certainty.POSSIBLE): 40.0,
    (Severity.WARNING, Certainty.POSSIBLE): 30.0,
}


def render(checked: Checked, manner: Manner = PLAIN) -> str:
    """Render all findings, waived ones too, and describe the rules that the manner brings."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(checked, manner)]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _run(checked: Checked, manner: Manner) -> dict[str, Any]:
    indices = {guide.rule.code: index for index, guide in enumerate(manner.guides)}
    driver = {
        "name": "policylint",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [described(guide) for guide in manner.guides],
    }
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": "policylint/"},
        # What was only half understood, and what holds no flow, was not checked: that is no success.
        "invocations": [{"executionSuccessful": bool(checked.flows) and not checked.not_understood}],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which policylint was run."}}},
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "utf-8",
        "language": "en",
        "artifacts": [{"location": _artifact(path), "roles": ["analysisTarget"]} for path in sorted(checked.sources)],
        "results": [_result(each, fingerprint, checked, indices) for each, fingerprint in told_apart(checked.findings)],
        "properties": {"summary": summary(checked)._asdict()},
    }


def _result(finding: Finding, fingerprint: str, checked: Checked, indices: Mapping[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "kind": "fail",
        "level": finding.severity.value,
        "message": {"text": _message(finding)},
        "locations": [{**_location(finding.span, checked.sources), **_logical(finding)}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
        "rank": _RANKS[finding.severity, finding.certainty],
        "properties": _properties(finding),
    }
    if finding.code in indices:
        result["ruleIndex"] = indices[finding.code]
    if finding.labels:
        result["relatedLocations"] = [
            {"id": number, **_location(label.span, checked.sources, label.text)}
            for number, label in enumerate(finding.labels, 1)
        ]
    if finding.steps:
        result["codeFlows"] = [_path(finding, checked.sources)]
    if finding.fix:
        result["fixes"] = list(_fixes(finding.fix, checked.sources))
    if finding.baseline:
        result["baselineState"] = finding.baseline.state
    if finding.suppressed:
        result["suppressions"] = [
            {"kind": "inSource", "status": "accepted", "justification": harmless(finding.suppressed.because)}
        ]
    return result


def _message(finding: Finding) -> str:
    """The headline, a link to each related location, and what to do."""
    links = [f"[{_bracketed(label.text)}]({number})" for number, label in enumerate(finding.labels, 1)]
    related = f" ({'; '.join(links)})" if links else ""
    what_to_do = f" {finding.help[0].upper()}{finding.help[1:]}" if finding.help else ""
    stop = "" if what_to_do.endswith(("?", ".")) or not what_to_do else "."
    return f"{_unlinked(finding.message)}{related}.{_unlinked(what_to_do)}{stop}"


def _unlinked(text: str) -> str:
    """Text that somebody else had a hand in, so that nothing in it reads as a link."""
    return _bracketed(text) if "](" in text else harmless(text)


def _bracketed(text: str) -> str:
    return harmless(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _properties(finding: Finding) -> dict[str, Any]:
    clause = f"{finding.policy}:{finding.clause}" if finding.policy and finding.clause else None
    citation, suppressed = finding.citation, finding.suppressed
    values = {
        "certainty": finding.certainty.value,
        "clause": clause,
        "missing": finding.missing,
        "citation": citation._asdict() if citation else None,
        "waivedUntil": suppressed.until.isoformat() if suppressed and suppressed.until else None,
    }
    return {key: value for key, value in values.items() if value is not None}


def _path(finding: Finding, sources: Mapping[str, SourceText]) -> dict[str, Any]:
    """The way by which the data came, ending where the finding is."""
    hops = [{"location": _location(step.span, sources, step.text)} for step in finding.steps]
    end = {"location": _location(finding.span, sources, finding.message)}
    return {"threadFlows": [{"locations": [*hops, end]}]}


def _location(span: Span, sources: Mapping[str, SourceText], text: str | None = None) -> dict[str, Any]:
    physical = {"artifactLocation": _artifact(span.path), "region": _region(span, sources)}
    location: dict[str, Any] = {"physicalLocation": physical}
    return {**location, "message": {"text": _unlinked(text)}} if text else location


def _region(span: Span, sources: Mapping[str, SourceText]) -> dict[str, int]:
    start, end = positions(span, sources)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fixes(fix: Fix, sources: Mapping[str, SourceText]) -> Iterator[dict[str, Any]]:
    """What `--fix` does, exactly; nothing for a file that is not at hand."""
    if fix.span.path in sources:
        span = Span(fix.span.path, *stretch(sources[fix.span.path].text, fix))
        replacement = {"deletedRegion": _region(span, sources), "insertedContent": {"text": fix.replacement}}
        change = {"artifactLocation": _artifact(span.path), "replacements": [replacement]}
        yield {"description": {"text": _unlinked(fix.title)}, "artifactChanges": [change]}


def _logical(finding: Finding) -> dict[str, Any]:
    if finding.declaration is None:
        return {}
    kind, _, name = finding.declaration.partition(" ")
    return {"logicalLocations": [{"name": name, "fullyQualifiedName": finding.declaration, "kind": kind}]}


def _artifact(path: str) -> dict[str, str]:
    """A file below the folder of the run by its relative path, any other one (a shipped policy) by its whole path."""
    if os.path.isabs(path) or path.startswith("../"):
        return {"uri": Path(os.path.abspath(path)).as_uri()}
    return {"uri": quote(os.fsencode(path)), "uriBaseId": ROOT}
