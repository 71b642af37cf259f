"""A check that is over in; bytes, and from bytes what a check of almost the same project needs of it, out.

Everything is a text, a number or a list of them: reading them runs nothing.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from policylint.check import Checked
from policylint.finding.finding import Certainty, Citation, Finding, Fix, Label, Severity, Step, Suppression
from policylint.graph.outline import FileOutline, Hop, Outline, outline_of
from policylint.source.text import Span


class Memory(NamedTuple):
    """What is known of a project that was checked."""

    outline: Outline
    evaluations: Mapping[str, int]
    findings: Sequence[Finding]
    hints: Sequence[tuple[Span, str]]


def encoded(checked: Checked) -> bytes:
    """What is to be remembered of a check; nothing where what was found in a file may rest on any other."""
    if not checked.separable:
        return b""
    outline = outline_of(checked.model)
    # What a finding is compared with is a question that each run asks anew.
    findings = [finding._replace(baseline=None) for finding in checked.findings]
    content = (outline.files, outline.parties, checked.evaluations, findings, checked.model.hints)
    text = json.dumps(content, default=date.isoformat, ensure_ascii=False, check_circular=False)
    return text.encode("utf-8", "surrogatepass")


def decoded(content: bytes) -> Memory:
    """What was encoded."""
    files, parties, evaluations, findings, hints = json.loads(str(content, "utf-8", "surrogatepass"))
    outlines = {
        path: FileOutline(tuple(flows), tuple(map(Hop._make, hops)), *rest)
        for path, (flows, hops, *rest) in files.items()
    }
    return Memory(
        Outline(outlines, parties),
        evaluations,
        [_finding(Finding(*each)) for each in findings],
        [(Span(*span), text) for span, text in hints],
    )


def _finding(read: Finding) -> Finding:
    """A finding whose parts are lists so far."""
    return read._replace(
        severity=Severity(read.severity),
        certainty=Certainty(read.certainty),
        span=Span(*read.span),
        citation=read.citation and Citation(*read.citation),
        labels=tuple([Label(Span(*span), text) for span, text in read.labels]),
        steps=tuple([Step(Span(*span), declaration, text) for span, declaration, text in read.steps]),
        suppressed=read.suppressed and _suppression(*read.suppressed),
        identity=tuple(read.identity),
        fix=read.fix and _fix(*read.fix),
    )


def _suppression(because: str, until: Any) -> Suppression:
    return Suppression(because, until and date.fromisoformat(until))


def _fix(span: Sequence[Any], *rest: Any) -> Fix:
    return Fix(Span(*span), *rest)
