"""A check in; the same check, in which only what `--fix` would mend has a fix, out."""

import os
from collections.abc import Iterable, Sequence, Set
from pathlib import Path

from policylint.check import Checked
from policylint.finding.finding import Finding


def fixable(checked: Checked, paths: Sequence[Path], selected: Set[str]) -> Checked:
    """Leave the fixes of what nobody waived, below the paths, where the rules that they rest on had their say."""
    if not any(finding.fix for finding in checked.findings):
        return checked
    given = [os.path.realpath(path) for path in paths]

    def left(finding: Finding) -> bool:
        fix = finding.fix
        if fix is None or finding.suppressed or not is_below(os.path.realpath(fix.span.path), given):
            return False
        # A waiver looks unused too when its rule did not run, or not on everything.
        return fix.rule is None or (fix.rule in selected and not checked.not_understood)

    findings = tuple(each if left(each) else each._replace(fix=None) for each in checked.findings)
    return checked._replace(findings=findings)


def is_below(path: str, given: Iterable[str]) -> bool:
    """Whether a file lies at or below one of some paths, all of them real."""
    return any(path == above or path.startswith(above.rstrip(os.sep) + os.sep) for above in given)
