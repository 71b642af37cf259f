"""Thirty concrete situations, written as flows, get the verdict that the company's own policy gives."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from policylint.check import check
from policylint.config.settings import load
from policylint.finding.finding import Certainty, Finding
from policylint.rule.registry import load as load_registry
from tests.shared import REASON, shared

HERE = Path(__file__).parent
VERDICTS = json.loads((HERE / "verdicts.json").read_text(encoding="utf-8"))
REGISTRY = load_registry(())


def findings(folder: Path) -> Sequence[Finding]:
    settings = load(folder)
    assert settings.as_of is not None
    return check([folder], settings, REGISTRY, settings.as_of).findings


def verdict(found: Sequence[Finding], clauses: Sequence[str]) -> str:
    """`violates`: certain, and hedged or not, on a named clause; `undisclosed`: PL11x and no violation; else `ok`."""
    certain = [finding for finding in found if finding.certainty is Certainty.CERTAIN and not finding.suppressed]
    assert not [finding for finding in certain if finding.code <= "PL005"]
    broken = [
        finding for finding in certain if "PL100" < finding.code < "PL800" and not finding.code.startswith("PL11")
    ]
    if broken:
        named = [f"{finding.policy}:{finding.clause}" for finding in broken]
        return "violates" if set(named) & set(clauses) else f"violates {named}"
    return "undisclosed" if any(finding.code.startswith("PL11") for finding in certain) else "ok"


@pytest.mark.parametrize("name", sorted(VERDICTS))
def test_a_situation_gets_its_verdict(name: str) -> None:
    expected = VERDICTS[name]
    assert verdict(findings(HERE / name), expected["clauses"]) == expected["verdict"]


def test_every_situation_is_here() -> None:
    assert sorted(VERDICTS) == sorted(path.name for path in HERE.iterdir() if path.name.startswith("flow-"))


def test_the_verdicts_are_those_of_the_shared_list() -> None:
    path = shared("flows/flows.json")
    if path is None:
        pytest.skip(REASON)
    for situation in json.loads(path.read_text(encoding="utf-8")):
        assert VERDICTS[situation["id"]]["verdict"] == situation["expected"]["verdict"]
