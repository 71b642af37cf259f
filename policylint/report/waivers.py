"""Waivers with their fate and their owners in; a table for people and JSON for programs out."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from policylint.report.harmless import harmless
from policylint.report.summary import plural
from policylint.rule.context import WaiverUse
from policylint.source.blame import Author
from policylint.source.text import Position
from policylint.triage.waivers import ends_soon

VERSION = 1
"""Grows when a field changes its meaning or goes; new fields may come without."""

_HEADS = ("state", "until", "rule", "clause", "declaration", "owner", "place")
_LONGEST = 200
_MOST_COVERED = 5


class Row(NamedTuple):
    """A waiver and what is known about it; `rule` is the name of its rule, `owner` None where git knows nobody."""

    use: WaiverUse
    rule: str | None
    position: Position
    owner: Author | None


def state(use: WaiverUse, day: date) -> str:
    """What a waiver is worth on a day, in a word or three."""
    if not use.understood:
        return "not understood"
    if use.expired:
        return "expired"
    if use.refused and not use.used:
        return "not allowed"
    if not use.ran:
        return "rule did not run"
    if not use.used:
        return "unused"
    return "ends soon" if ends_soon(use.waiver, day) else "in force"


def render(rows: Sequence[Row], day: date) -> str:
    """A line for each waiver, below it the reason and what it covers; at the end how many there are of each kind."""
    cells = [_HEADS, *(_cells(row, day) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    told = [lines[0]] if rows else []
    for line, row in zip(lines[1:], rows, strict=True):
        told += [line, *(harmless(f"  {note}", _LONGEST) for note in _notes(row))]
    return "\n".join([*told, *([""] if rows else []), _counted(rows, day)])


def _cells(row: Row, day: date) -> tuple[str, ...]:
    waiver, line = row.use.waiver, row.position
    cells = (
        state(row.use, day),
        str(waiver.until or "no end"),
        f"{waiver.rule} {row.rule}" if waiver.rule else "unknown",
        f"{waiver.policy}:{waiver.section}" if waiver.policy else "all",
        row.use.declaration,
        row.owner.name if row.owner else "unknown",
        f"{waiver.span.path}:{line.line}:{line.column}",
    )
    return tuple(map(harmless, cells))


def _notes(row: Row) -> Iterator[str]:
    yield f"because: {row.use.waiver.reason}"
    covers = row.use.covers
    for finding in covers[:_MOST_COVERED]:
        on = f" (against {finding.policy}:{finding.clause})" if finding.clause else ""
        yield f"covers: {finding.message}{on}"
    if len(covers) > _MOST_COVERED:
        yield f"covers: {len(covers) - _MOST_COVERED} more"


def _counted(rows: Sequence[Row], day: date) -> str:
    states = Counter(state(row.use, day) for row in rows)
    return plural(len(rows), "waiver") + (": " + ", ".join(f"{n} {word}" for word, n in states.items()) if rows else "")


def render_json(rows: Sequence[Row], day: date) -> str:
    """The same with all that is covered."""
    waivers = [_object(row, day) for row in rows]
    return json.dumps({"version": VERSION, "as_of": day.isoformat(), "waivers": waivers}, indent=2, ensure_ascii=False)


def _object(row: Row, day: date) -> dict[str, Any]:
    waiver, owner = row.use.waiver, row.owner
    return {
        "state": state(row.use, day),
        "code": waiver.rule,
        "name": row.rule,
        "policy": waiver.policy,
        "clause": waiver.section,
        "declaration": row.use.declaration,
        "until": waiver.until.isoformat() if waiver.until else None,
        "because": waiver.reason,
        "owner": {"name": owner.name, "mail": owner.mail, "day": owner.day.isoformat() if owner.day else None}
        if owner
        else None,
        "path": waiver.span.path,
        "line": row.position.line,
        "column": row.position.column,
        "covers": [
            {
                "severity": finding.severity.value,
                "certainty": finding.certainty.value,
                "message": finding.message,
                "policy": finding.policy,
                "clause": finding.clause,
                "fingerprint": finding.fingerprint,
            }
            for finding in row.use.covers
        ],
    }
