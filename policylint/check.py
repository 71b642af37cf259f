"""The whole way, from paths to findings: read, parse, understand, judge, report what rules find, apply waivers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policylint.citation.texts import cite
from policylint.config.settings import Settings
from policylint.finding.finding import Finding
from policylint.model.build import Model, Vocation, build
from policylint.rule.context import Context, Judged, WaiverUse
from policylint.rule.judging import judge
from policylint.rule.registry import Registry
from policylint.source.files import Reading, read
from policylint.source.policy_texts import Shelf
from policylint.source.text import SourceText
from policylint.syntax.parser import parse
from policylint.triage.waivers import waive
from policylint.vocabulary.words import shipped


@dataclass(frozen=True)
class Checked:
    """What a check found, and what it looked at. `findings` are in the order of places."""

    findings: tuple[Finding, ...]
    sources: dict[str, SourceText]
    model: Model
    evaluations: int
    not_understood: bool
    """Whether part of the input was not understood, so that findings may be lacking."""


def check(
    paths: Sequence[Path], settings: Settings, registry: Registry, day: date, buffer: tuple[Path, str] | None = None
) -> Checked:
    """Check a project: what is below `paths`, against its own policies and those of the settings, as of a day."""
    reading = read([*paths, *settings.policy_files], settings.exclude, settings.root, buffer)
    return check_texts(reading, settings, registry, day, Shelf(folders=settings.text_folders))


def check_texts(
    reading: Reading, settings: Settings, registry: Registry, day: date, shelf: Shelf | None = None
) -> Checked:
    """Check files that were read already; without a shelf, policies' texts are looked for among them."""
    selected = registry.selected(settings.select, settings.extend_select, settings.ignore)
    sources = {text.path: text for text in reading.texts}
    files = [parse(text) for text in reading.texts]
    unread = [*reading.mistakes, *(mistake for file in files for mistake in file.mistakes)]
    vocation = Vocation(registry.actions.keys(), registry.words())
    model, misunderstood = build(files, shipped(), vocation, settings.owner)
    citations = cite(model.policies, shelf or Shelf(reading.texts))
    sources = {text.source.path: text.source for text in citations.texts.values()} | sources
    model = replace(model, hints=model.hints + citations.hints)
    judged, evaluations = judge(model, [*unread, *misunderstood], registry, day)
    judged = replace(judged, citations=citations)
    found = _run(registry, selected, judged, closing=False)
    triaged, uses = waive(found, model.waivers, day)
    triaged += _run(registry, selected, judged, closing=True, waivers=uses)
    mistaken = {rule.code for rule in registry.rules.values() if rule.reports_mistakes}
    not_understood = any(finding.code in mistaken and not finding.suppressed for finding in triaged)
    return Checked(tuple(_sorted(triaged, sources)), sources, model, evaluations, not_understood)


def _run(
    registry: Registry, selected: frozenset[str], judged: Judged, *, closing: bool, waivers: Sequence[WaiverUse] = ()
) -> list[Finding]:
    judged = replace(judged, waivers=waivers)
    rules = [rule for code, rule in registry.rules.items() if rule.closing is closing and code in selected]
    return [finding for rule in rules for finding in rule.run(Context(rule, judged))]


def _sorted(findings: Sequence[Finding], sources: dict[str, SourceText]) -> list[Finding]:
    def place(finding: Finding) -> tuple[object, ...]:
        source = sources.get(finding.span.path)
        line, column = source.position(finding.span.start) if source else (1, 1)
        return (
            finding.span.path,
            line,
            column,
            finding.code,
            finding.policy or "",
            finding.clause or "",
            finding.message,
        )

    return sorted(findings, key=place)
