"""Every rule's page is its test: what the example announces is found, the report is the one printed, the rest is clean.

With the environment variable `POLICYLINT_UPDATE` set, the reports in the pages are rewritten first.
"""

import os

import pytest

from policylint.rule.description import Rule
from policylint.rule.registry import load
from policylint.spec.run import failures, with_report

REGISTRY = load(())


@pytest.mark.parametrize("rule", REGISTRY.rules.values(), ids=lambda rule: rule.name)
def test_a_rule_does_what_its_page_says(rule: Rule) -> None:
    if os.environ.get("POLICYLINT_UPDATE"):
        rule.page.write_text(with_report(rule, REGISTRY), encoding="utf-8", newline="\n")
    assert failures(rule, REGISTRY) == []
