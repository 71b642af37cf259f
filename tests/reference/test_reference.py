"""The reference against itself: the cases of the language page, and what holds of any project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from . import Verdict, verdicts
from .periods import days_of
from .projects import AS_OF, projects

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT.parent / "shared" / "conformance" / "run.py"

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@pytest.mark.skipif(not CASES.exists(), reason="the cases are not at hand")
def test_conformance() -> None:
    """All cases of the language page pass."""
    command = f"{sys.executable} -m tests.reference"
    done = subprocess.run(
        [sys.executable, str(CASES), "--command", command],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@given(projects())
@few
def test_order_of_files_and_declarations_does_not_matter(files: dict[str, str]) -> None:
    """'Order does not matter', except for which of two that share a name comes later."""
    found = verdicts(files, AS_OF)
    if any(one.code == "PL003" for one in found):
        return
    others = {
        ("a.flow" if path == "p.policy" else "z.flow" if path == "a.flow" else path): text
        for path, text in files.items()
    }
    assert verdicts(others, AS_OF) == found


@given(projects())
@few
def test_possible_findings_are_warnings(files: dict[str, str]) -> None:
    """'*yes* gives a certain finding (error), *maybe* a possible one (warning).'"""
    assert all(one.severity == "warning" for one in verdicts(files, AS_OF) if is_possible(one))


def is_possible(verdict: Verdict) -> bool:
    """Say whether a finding rests on a fact that is not declared."""
    return verdict.certainty == "possible"


@given(projects())
@few
def test_opt_in_rules_only_add(files: dict[str, str]) -> None:
    """PL503 and PL902 are asked for; asking changes nothing else but unused waivers."""
    plain = [one for one in verdicts(files, AS_OF) if one.code != "PL904"]
    asked = verdicts(files, AS_OF, opt_in=frozenset(("PL503", "PL902")))
    extra = ("PL503", "PL902", "PL904")
    assert [one for one in asked if one.code not in extra] == plain


def test_months_in_days() -> None:
    """The numbers that the language page gives."""
    months = {1: (28, 31), 2: (59, 62), 12: (365, 366), 48: (1461, 1461)}
    assert {count: days_of(count) for count in months} == months
