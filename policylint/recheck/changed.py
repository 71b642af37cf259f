"""A check that is remembered, and the project as it is now, in; what a check of all of it would find out.

Checked are the changed files, those to which the change may matter, and what these need: names that they use, and flows
that bring them data. What was found in all other files is still so.
"""

from collections.abc import Mapping, Set
from datetime import date

from policylint.check import Checked, check_texts
from policylint.config.settings import Settings
from policylint.finding.order import in_order
from policylint.graph.outline import FileOutline, Hop, Outline
from policylint.graph.reach import Reach
from policylint.recheck.memory import Memory
from policylint.recheck.speech import speech
from policylint.rule.registry import Registry
from policylint.source.files import Reading
from policylint.source.policy_texts import Shelf
from policylint.source.text import SourceText

Before = Mapping[str, SourceText | None]
"""By the path that is shown, what each changed file was; None where it declared nothing."""
_SILENT = FileOutline()
_MANY = 50
"""Where more files have changed, everything is checked, and remembered anew."""


def recheck(
    memory: Memory, before: Before, reading: Reading, settings: Settings, registry: Registry, day: date
) -> Checked | None:
    """Check a project of which only some files have changed; None where everything has to be looked at."""
    if len(before) > _MANY or reading.mistakes:
        return None
    changed = _changed(memory.outline, before, {text.path: text for text in reading.texts})
    if changed is None:
        return None
    outline, moved = changed
    files, reach = outline.files, Reach(outline)
    anew = {*before, *_speaking_of(before, memory), *(reach.behind(moved) if moved else ())}
    bringing = reach.before(hop for path in anew for hop in files.get(path, _SILENT).hops)
    needed = {*anew, *bringing, *(path for path, file in files.items() if file.names)}
    part = Reading(tuple(text for text in reading.texts if text.path in needed), ())
    checked = check_texts(part, settings, registry, day, Shelf(folders=settings.text_folders))
    return _together(memory, outline, anew, checked, reading) if checked.separable else None


def _changed(outline: Outline, before: Before, now: Mapping[str, SourceText]) -> tuple[Outline, Set[Hop]] | None:
    """The outline of today, and where flows go that are not what they were; None where more than flows has changed."""
    files = dict(outline.files)
    moved: set[Hop] = set()
    for path, text in before.items():
        known = files.get(path, _SILENT)
        old, new = (speech(each, known.here) for each in (text, now.get(path)))
        if old is None or new is None or old.names != new.names:
            return None
        added = new.flows.keys() - old.flows.keys()
        if added and any(at != path and not added.isdisjoint(file.flows) for at, file in files.items()):
            return None
        moved |= {hop for _, (hop, _) in old.flows.items() ^ new.flows.items()}
        files[path] = known._replace(
            flows=tuple(new.flows), hops=tuple(dict.fromkeys(hop for hop, _ in new.flows.values()))
        )
    return outline._replace(files=files), moved


def _speaking_of(paths: Before, memory: Memory) -> Set[str]:
    """The files in which something was found that shows a place in one of some files."""
    found = memory.findings
    labels = {each.span.path for each in found if any(label.span.path in paths for label in each.labels)}
    return labels | {each.span.path for each in found if any(step.span.path in paths for step in each.steps)}


def _together(memory: Memory, outline: Outline, anew: Set[str], part: Checked, reading: Reading) -> Checked:
    """What was found in some files now, and in all others before."""
    read = {text.path: text for text in reading.texts}
    sources = {**{path: text for path, text in part.sources.items() if path not in read}, **read}
    findings = [each for each in memory.findings if each.span.path not in anew]
    findings += [each for each in part.findings if each.span.path in anew]
    hints = [each for each in memory.hints if each[0].path not in anew]
    hints += [each for each in part.model.hints if each[0].path in anew]
    return part._replace(
        findings=in_order(findings, sources),
        sources=sources,
        model=part.model._replace(hints=tuple(sorted(hints))),
        flows=sum(len(file.flows) for file in outline.files.values()),
        evaluations={**memory.evaluations, **{path: part.evaluations.get(path, 0) for path in anew}},
        reading=reading,
        in_part=True,
    )
