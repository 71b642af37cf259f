"""A rule and its page in; every way in which the rule does not do what the page says, out."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from policylint.check import Checked, check_texts
from policylint.config.settings import Settings
from policylint.finding.finding import Certainty
from policylint.report import full
from policylint.rule.description import Rule
from policylint.rule.page import REPORT, Page, PageError, read_page
from policylint.rule.registry import Registry
from policylint.source.files import Reading
from policylint.source.text import SourceText

DAY = date(2026, 11, 22)
"""The day on which all examples are checked."""
TODO = "TODO:"
"""Marks what is still to be written in a new page."""


def failures(rule: Rule, registry: Registry) -> list[str]:
    """What is wrong with a rule's page, in sentences; nothing where it is kept."""
    text = rule.page.read_text(encoding="utf-8")
    try:
        page = read_page(text)
    except PageError as error:
        return [str(error)]
    wrong = [f"line {number} says `{TODO}`" for number, line in enumerate(text.split("\n"), 1) if TODO in line]
    if page.title != f"{rule.code} {rule.name}":
        wrong.append(f"the title is not `{rule.code} {rule.name}`")
    wrong += _unexpected(page, _checked(page.guilty, rule, registry))
    if not any(expectation.code == rule.code for expectation in page.expectations):
        wrong.append(f"the example expects no {rule.code}")
    clean = _checked(page.clean, rule, registry)
    wrong += [f"what to write instead is not clean: {finding.code} {finding.message}" for finding in clean.findings]
    if page.report != rendered(page, rule, registry):
        wrong.append("the report in the example is not the one that is printed")
    return wrong


def rendered(page: Page, rule: Rule, registry: Registry) -> str:
    """The report of a page's example, as the page has to show it."""
    return full.render(_checked(page.guilty, rule, registry)) + "\n"


def with_report(rule: Rule, registry: Registry) -> str:
    """A rule's page with the report brought up to date."""
    text = rule.page.read_text(encoding="utf-8")
    report = rendered(read_page(text), rule, registry)
    return REPORT.sub(lambda _: f"```text\n{report}```", text, count=1)


def _checked(files: Mapping[str, str], rule: Rule, registry: Registry) -> Checked:
    # Expectations are not part of what a reader would write, and would stand in every report.
    texts = (SourceText(path, re.sub(r"[ \t]*# expect\??:.*", "", text), path) for path, text in sorted(files.items()))
    settings = Settings(Path(), extend_select=(rule.code,))
    return check_texts(Reading(tuple(texts), ()), settings, registry, DAY)


def _unexpected(page: Page, checked: Checked) -> list[str]:
    expected = Counter((each.code, each.path, each.line, each.possible) for each in page.expectations)
    clauses = {(each.code, each.path, each.line): each.clause for each in page.expectations}
    found: Counter[tuple[str, str, int, bool]] = Counter()
    wrong: list[str] = []
    for finding in checked.findings:
        if finding.suppressed:
            continue
        line = checked.sources[finding.span.path].position(finding.span.start).line
        found[finding.code, finding.span.path, line, finding.certainty is Certainty.POSSIBLE] += 1
        clause = clauses.get((finding.code, finding.span.path, line))
        if clause and clause != f"{finding.policy}:{finding.clause}":
            wrong.append(
                f"{finding.code} in line {line} is found under {finding.policy}:{finding.clause}, not {clause}"
            )
    wrong += [f"missing: {_told(key)}" for key in (expected - found).elements()]
    return wrong + [f"not expected: {_told(key)}" for key in (found - expected).elements()]


def _told(key: tuple[str, str, int, bool]) -> str:
    code, path, line, possible = key
    return f"{code} in {path}, line {line}, {'possible' if possible else 'certain'}"
