"""Findings in; the same ones in the order of their places out."""

from collections.abc import Iterable, Mapping

from policylint.finding.finding import Finding
from policylint.source.text import SourceText


def in_order(findings: Iterable[Finding], sources: Mapping[str, SourceText]) -> tuple[Finding, ...]:
    """By path, line, column, code and clause; a file that could not be read has one place only."""

    def place(finding: Finding) -> tuple[object, ...]:
        path = finding.span.path
        line, column = sources[path].position(finding.span.start) if path in sources else (1, 1)
        return (path, line, column, finding.code, finding.policy or "", finding.clause or "", finding.message)

    return tuple(sorted(findings, key=place))
