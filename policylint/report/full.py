"""A check in; findings as letters to a colleague out: what, where in the source, against which promise, what to do."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from policylint.check import Checked
from policylint.finding.finding import Certainty, Finding, Severity
from policylint.report.frame import Mark, frame
from policylint.report.harmless import harmless
from policylint.report.manner import PLAIN, Manner
from policylint.report.summary import closing, plural
from policylint.source.text import SourceText, Span

_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_BOLD, _DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_MOST_OTHERS = 8
_LONGEST = 1000


def render(checked: Checked, manner: Manner = PLAIN) -> str:
    """Render all open findings; possible ones that wait for the same fact are shown once."""
    groups = _grouped([finding for finding in checked.findings if finding.is_open])
    letters = ["\n".join(_letter(group, checked.sources, manner)) for group in groups]
    hints = () if manner.quiet else checked.model.hints
    notes = [harmless(f"note: {text} ({_at(checked, span)})", _LONGEST) for span, text in hints]
    return "\n\n".join(filter(None, [*letters, "\n".join(notes), "\n".join(closing(checked, manner))]))


def _at(checked: Checked, span: Span) -> str:
    line, column = checked.sources[span.path].position(span.start)
    return f"{span.path}:{line}:{column}"


def _grouped(findings: Sequence[Finding]) -> list[list[Finding]]:
    groups: dict[object, list[Finding]] = {}
    for index, finding in enumerate(findings):
        waits = finding.certainty is Certainty.POSSIBLE and finding.missing
        groups.setdefault(finding.missing if waits else index, []).append(finding)
    return list(groups.values())


def _letter(group: Sequence[Finding], sources: Mapping[str, SourceText], manner: Manner) -> Iterator[str]:
    finding = group[0]
    strong, bold, reset = (_COLOURS[finding.severity], _BOLD, _RESET) if manner.colour else ("", "", "")
    message = harmless(finding.message, _LONGEST)
    yield f"{strong}{finding.severity}[{finding.code} {finding.name}]{reset}{bold}: {message}{reset}"
    marks = [Mark(finding.span, "", True), *(Mark(label.span, label.text, False) for label in finding.labels)]
    yield from (_framed(harmless(line, _LONGEST), manner) for line in frame(marks, sources))
    yield from (harmless(f"  = {note}", _LONGEST) for note in _notes(finding, sources))
    if len(group) > 1:
        yield harmless(f"  = waiting: {_others(group)}", _LONGEST)


def _framed(line: str, manner: Manner) -> str:
    dim, reset = (_DIM, _RESET) if manner.colour else ("", "")
    if line.lstrip().startswith(("-->", ":::")):
        before, arrow, place = line.partition(line.split()[0] + " ")
        return f"{dim}{before}{arrow}{_linked(place) if manner.links else place}{reset}"
    return f"{dim}{line}{reset}" if line.strip() == "|" else line


def _linked(place: str) -> str:
    """A place that a terminal opens with a click."""
    target = Path(place.rsplit(":", 2)[0]).absolute().as_uri()
    return f"\x1b]8;;{target}\x1b\\{place}\x1b]8;;\x1b\\"


def _notes(finding: Finding, sources: Mapping[str, SourceText]) -> Iterator[str]:
    if finding.citation and finding.citation.quote:
        yield f"text: line {finding.citation.line}: “{finding.citation.quote}”"
    for number, step in enumerate(finding.steps, 1):
        source = sources.get(step.span.path)
        line = f":{source.position(step.span.start).line}" if source else ""
        yield f"path {number}: {step.text} ({step.span.path}{line})"
    if finding.help:
        yield f"help: {finding.help}"


def _others(group: Sequence[Finding]) -> str:
    """The other findings that the same fact would settle."""
    declarations = {finding.declaration for finding in group}
    places = list(dict.fromkeys(f"{each.code} {each.policy}:{each.clause} on {each.declaration}" for each in group[1:]))
    more = f", and {len(places) - _MOST_OTHERS} more" if len(places) > _MOST_OTHERS else ""
    listed = ", ".join(places[:_MOST_OTHERS]) + more
    return f"{plural(len(group), 'finding')} on {plural(len(declarations), 'declaration')} wait for this: also {listed}"
