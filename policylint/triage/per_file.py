"""Findings and what a configuration says of files in; the findings that count there out."""

import os
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from policylint.finding.finding import Finding
from policylint.source.patterns import Exclusion
from policylint.source.text import SourceText


class FileIgnore(NamedTuple):
    """Rules, by the words for them, whose findings do not count in some files."""

    files: Exclusion
    rules: tuple[str, ...]


def counting(
    findings: Sequence[Finding],
    ignores: Sequence[tuple[Exclusion, Set[str]]],
    sources: Mapping[str, SourceText],
    root: Path,
) -> list[Finding]:
    """The findings that are not ignored in their file, rules by their codes.

    Only the place that a finding is about matters, none of those that it speaks of besides.
    """

    def is_ignored(finding: Finding) -> bool:
        patterns = [pattern for pattern, codes in ignores if finding.code in codes]
        source = sources.get(finding.span.path)
        path = os.path.join(root, source.inside) if source and source.inside else finding.span.path
        return any(pattern.covers(path) for pattern in patterns)

    return [finding for finding in findings if not is_ignored(finding)] if ignores else list(findings)
