"""A list says with a word what it says with that word twice: taking repetitions out changes no finding."""

import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylint.check import check_texts
from policylint.config.settings import Settings
from policylint.fix.apply import apply
from policylint.fix.repetitions import repetitions
from policylint.rule.registry import load
from policylint.source.files import Reading
from policylint.source.text import SourceText
from policylint.vocabulary.spelling import spelled
from tests.reference.projects import AS_OF, projects

REGISTRY = load(())
_LIST = re.compile(
    r"\b(data|purpose|subject|basis|via|when|with|is|of|as|for|from|into|outside|to) ([a-z_.]+)\b(?! \w)"
)


def verdicts(files: Mapping[str, str]) -> set[tuple[object, ...]]:
    texts = tuple(SourceText(path, text, path) for path, text in sorted(files.items()))
    checked = check_texts(Reading(texts, ()), Settings(Path()), REGISTRY, AS_OF)
    return {
        (one.code, one.declaration, one.policy, one.clause, one.certainty, one.severity, one.suppressed)
        for one in checked.findings
    }


@given(projects(), st.integers(1, 5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_finding_changes(files: dict[str, str], every: int) -> None:
    twice = {path: repeating(text.removeprefix("\ufeff"), every) for path, text in files.items()}
    once = {path: apply(text, repetitions(SourceText(path, text, path), spelled))[0] for path, text in twice.items()}
    assert not [fix for path, text in once.items() for fix in repetitions(SourceText(path, text, path), spelled)]
    assert verdicts(once) == verdicts(twice)


def repeating(text: str, every: int) -> str:
    """A text in which some lists say their first word twice."""
    turns = count()
    return _LIST.sub(lambda match: match[0] if next(turns) % every else f"{match[0]}, {match[2]}", text)
