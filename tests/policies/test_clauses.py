"""Every clause of the five texts has its section, and stands unchecked exactly where nothing could decide it."""

import json
from collections.abc import Sequence

import pytest

from policylint.model.values import Clause
from tests.policies.shipped import NAMES, policy
from tests.shared import REASON, shared

COUNTS = {"jen": (76, 9), "jensii": (185, 35), "getjenny": (88, 11), "jiq": (128, 36), "jector": (55, 7)}
"""Clauses, and those of them that no flow and no service can decide."""


def clauses(name: str) -> Sequence[Clause]:
    return policy(name).policy.clauses


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_is_understood(name: str) -> None:
    shipped, mistakes = policy(name).understood
    assert not mistakes
    assert not [finding for finding in policy(name).check(f"party {name} {{ }}\n") if finding.code <= "PL005"]
    assert shipped.binds == {name}


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_has_all_clauses(name: str) -> None:
    sections = [clause.section for clause in clauses(name)]
    assert len(set(sections)) == len(sections)
    assert (len(sections), sum(clause.unchecked is not None for clause in clauses(name))) == COUNTS[name]


def test_all_policies_together() -> None:
    assert sum(total for total, _ in COUNTS.values()) == 532
    assert sum(unchecked for _, unchecked in COUNTS.values()) == 98


@pytest.mark.parametrize("name", NAMES)
def test_a_clause_is_checked_or_says_why_it_is_not(name: str) -> None:
    shipped = policy(name).policy
    checked = {one.clause.section for one in shipped.obligations} | {one.clause.section for one in shipped.disclosures}
    for clause in shipped.clauses:
        assert (clause.section in checked) is (clause.unchecked is None), clause.section
        assert clause.unchecked is None or clause.unchecked.strip(), clause.section
        assert clause.label, clause.section


@pytest.mark.parametrize("name", NAMES)
def test_the_clauses_are_those_of_the_shared_list(name: str) -> None:
    path = shared("clauses.json")
    if path is None:
        pytest.skip(REASON)
    listed = [each for each in json.loads(path.read_text(encoding="utf-8")) if each["policy"] == name]
    assert [clause.section for clause in clauses(name)] == [each["id"].removeprefix(f"{name}-") for each in listed]
    for clause, each in zip(clauses(name), listed, strict=True):
        assert (clause.unchecked is not None) is (each["checkable"] == "no"), clause.section
