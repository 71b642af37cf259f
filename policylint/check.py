"""The whole way, from paths to findings: read, parse, understand, judge, report what rules find, apply waivers."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from policylint.citation.texts import cite
from policylint.config.rules import ignored_in_files, mistaken, tuned
from policylint.config.settings import Settings
from policylint.finding.finding import Finding
from policylint.finding.order import in_order
from policylint.model.build import Model, Vocation, build
from policylint.rule.context import WaiverUse
from policylint.rule.registry import Registry
from policylint.rule.running import Found, find, run
from policylint.source.files import Reading, read
from policylint.source.policy_texts import Shelf
from policylint.source.text import SourceText
from policylint.syntax.parser import parse_all
from policylint.triage.per_file import counting
from policylint.triage.waivers import ending, waive


class Checked(NamedTuple):
    """What a check found, and what it looked at. `findings` are in the order of places."""

    findings: tuple[Finding, ...]
    sources: dict[str, SourceText]
    model: Model
    flows: int
    evaluations: Mapping[str, int]
    """How many times a promise and a flow, service or party of each file were compared."""
    reading: Reading
    not_understood: bool
    """Whether part of the input was not understood, so that findings may be lacking."""
    separable: bool
    """Whether all was understood, and nothing ran whose findings in one file may rest on any other one."""
    unseen: tuple[Finding, ...] = ()
    """What was not understood and is not among the findings, because the rule that reports it was not to run."""
    waivers: tuple[WaiverUse, ...] = ()
    in_part: bool = False
    """Whether the model is only a part of the project's: what had to be checked anew after a change."""


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
    registry = tuned(registry, settings)
    selected = registry.selected(settings.select, settings.extend_select, settings.ignore)
    files = parse_all(reading.texts)
    unread = [*reading.mistakes, *(mistake for file in files for mistake in file.mistakes)]
    vocation = Vocation(registry.actions.keys(), registry.words())
    model, misunderstood = build(files, registry.vocabulary, vocation, settings.owner)
    citations = cite(model.policies, shelf or Shelf(reading.texts))
    sources = {text.path: text for text in (*(cited.source for cited in citations.texts.values()), *reading.texts)}
    model = model._replace(hints=model.hints + citations.hints)
    unclear = mistaken(registry)
    # What was not understood is found whatever is selected: it decides on the exit status.
    codes = selected | unclear
    found = find(model, [*unread, *misunderstood], citations, registry, codes, day, settings.jobs)
    triaged, uses = _triaged(registry, selected, found, settings, day)
    counted = counting(triaged, ignored_in_files(registry, settings), sources, settings.root)
    seen = [finding for finding in counted if finding.code in selected]
    lost = [finding for finding in counted if finding.code in unclear and not finding.suppressed]
    return Checked(
        in_order(seen, sources),
        sources,
        model._replace(hints=tuple(sorted(model.hints + ending(uses, day)))),
        len(model.flows),
        found.evaluations,
        reading,
        bool(lost),
        not (found.judged.mistakes or settings.plugins or any(registry.rules[code].rests_on_all for code in selected)),
        in_order((finding for finding in lost if finding.code not in selected), sources),
        tuple(uses),
    )


def _triaged(
    registry: Registry, selected: frozenset[str], found: Found, settings: Settings, day: date
) -> tuple[list[Finding], list[WaiverUse]]:
    """What rules found, what waivers accept of it, and what rules find about the waivers."""
    triaged, uses = waive(found.findings, found.judged.model.waivers, day, selected | registry.opt_in)
    triaged += run(registry, selected, found.judged, closing=True, waivers=uses)
    return [each if settings.honours_waivers else each._replace(suppressed=None) for each in triaged], uses
