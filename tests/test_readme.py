"""The first finding of the README is what a reader gets who copies it."""

import re
from datetime import date
from pathlib import Path

from policylint.check import check_texts
from policylint.config.settings import Settings
from policylint.report import full
from policylint.rule.registry import load
from policylint.source.files import Reading
from policylint.source.text import SourceText

README = Path(__file__).parents[1] / "README.md"
DAY = date(2026, 11, 22)


def blocks() -> list[str]:
    """The blocks of the README that name no language: first the flows, then the policy, then the report."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [text for language, text in fenced if not language]


def report(flows: str, policy: str) -> str:
    texts = (SourceText("shop.flow", flows, "shop.flow"), SourceText("shop.policy", policy, "shop.policy"))
    return full.render(check_texts(Reading(texts, ()), Settings(Path()), load(()), DAY)) + "\n"


def test_the_first_finding_is_the_printed_one() -> None:
    flows, policy, expected, waiting, *_ = blocks()
    assert report(flows, policy) == expected
    assert waiting in report(flows.replace("  consideration money\n", ""), policy)
