"""Each example system's report is the recorded one; POLICYLINT_UPDATE=1 records it anew."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMPANIES = ("getjenny", "jector", "jen", "jensii", "jiq")


def report(company: str, *options: str, seed: str = "0") -> str:
    run = subprocess.run(
        [sys.executable, "-m", "policylint", "check", *options, f"examples/{company}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1, run.stderr
    return run.stdout


@pytest.mark.parametrize("company", COMPANIES)
def test_the_report_is_the_recorded_one(company: str) -> None:
    golden = ROOT / "tests" / "golden" / f"{company}.txt"
    text = report(company)
    if os.environ.get("POLICYLINT_UPDATE"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_report_is_the_same_with_another_hash_seed() -> None:
    assert report("jensii", "--output-format", "json", seed="1") == report(
        "jensii", "--output-format", "json", seed="4242"
    )
