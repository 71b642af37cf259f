"""The engine says of random small projects what the slow and obvious reference says."""

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from policylint.check import check_texts
from policylint.config.settings import Settings
from policylint.rule.registry import load
from policylint.source.files import Reading
from policylint.source.text import SourceText
from tests.reference import verdicts
from tests.reference.projects import AS_OF, projects

REGISTRY = load(())
OPT_IN = frozenset(("PL503", "PL902"))
EXAMPLES = int(os.environ.get("POLICYLINT_FUZZ_EXAMPLES", "150"))
_NO_CLAUSE = ("PL001", "PL002", "PL003", "PL004", "PL005")

Verdict = tuple[str, str, str | None, str | None, str, str, bool]


def engine(files: Mapping[str, str]) -> Counter[Verdict]:
    texts = tuple(SourceText(path, text.removeprefix("\ufeff"), path) for path, text in sorted(files.items()))
    checked = check_texts(Reading(texts, ()), Settings(Path(), extend_select=tuple(OPT_IN)), REGISTRY, AS_OF)
    return Counter(
        (
            finding.code,
            finding.declaration or "",
            None if finding.code in _NO_CLAUSE else finding.policy,
            None if finding.code in _NO_CLAUSE else finding.clause,
            finding.certainty.value,
            finding.severity.value,
            finding.suppressed is not None,
        )
        for finding in checked.findings
    )


def reference(files: Mapping[str, str]) -> Counter[Verdict]:
    return Counter(
        (
            verdict.code,
            verdict.declaration,
            verdict.policy,
            verdict.clause,
            verdict.certainty,
            verdict.severity,
            verdict.suppressed,
        )
        for verdict in verdicts(files, AS_OF, opt_in=OPT_IN)
    )


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects())
def test_engine_and_reference_agree(files: Mapping[str, str]) -> None:
    ours, theirs = engine(files), reference(files)
    assert ours == theirs, (
        f"only the engine: {list((ours - theirs).elements())}; only the reference: {list((theirs - ours).elements())}"
    )
