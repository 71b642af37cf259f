"""Places and a day in; whether the law of the origin accepts the destination as safe enough out.

The lists follow GDPR Art. 45 decisions (EU/EEA), DPA 2018 Sch. 21 and its regulations (UK) and Annex 1 of the
Swiss Data Protection Ordinance (CH); each entry of `adequacy.json` names its source.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from policylint.vocabulary.answer import MAYBE, NO, YES, Answer

if TYPE_CHECKING:
    from policylint.vocabulary.words import Vocabulary

TERRITORY = MappingProxyType({"EU": "EEA", "UK": "GB", "CH": "CH"})
"""Where each regime is the law."""


class Entry(NamedTuple):
    """A place that a regime accepts, from one day to another (both included), on a condition or without one."""

    place: str
    first: date
    last: date | None
    condition: str | None


def read_adequacy(path: Path) -> Mapping[str, tuple[Entry, ...]]:
    """Read the lists that ship with the package."""
    regimes = json.loads(path.read_text(encoding="utf-8"))["regimes"]
    return MappingProxyType({regime: tuple(map(_entry, entries)) for regime, entries in regimes.items()})


def _entry(entry: Mapping[str, str | None]) -> Entry:
    last = entry["until"]
    return Entry(
        str(entry["place"]),
        date.fromisoformat(str(entry["from"])),
        date.fromisoformat(last) if last else None,
        entry["condition"],
    )


def adequate(
    words: "Vocabulary",
    day: date,
    origins: Sequence[str | None],
    destinations: Sequence[str | None],
    claimed: Callable[[str], Answer],
) -> Answer:
    """Whether every pair of origin and destination is covered; None is a place that is not declared.

    `claimed` says whether the recipient claims the condition of an entry, such as `dpf_eu`.
    """
    return min(_pair(words, day, origin, place, claimed) for origin in origins for place in destinations)


def _pair(
    words: "Vocabulary", day: date, origin: str | None, place: str | None, claimed: Callable[[str], Answer]
) -> Answer:
    regime = _regime(words, origin)
    if regime is None:
        return NO
    if regime == "":
        return MAYBE
    if place is None:
        return MAYBE
    if place == "anywhere":
        return NO
    places = words["place"]
    if TERRITORY[regime] in places.above(place):
        return YES
    if places.terms[place].members:
        return min(_listed(words, day, regime, member, claimed) for member in places.terms[place].members)
    return _listed(words, day, regime, place, claimed)


def _regime(words: "Vocabulary", origin: str | None) -> str | None:
    """The regime of an origin; None for none; an empty name where the origin does not tell."""
    if origin is None or origin == "anywhere":
        return ""
    places = words["place"]
    for regime, territory in TERRITORY.items():
        if territory in places.above(origin):
            return regime
    # A group that only contains a regime's territory, or part of it, does not tell.
    reaches = any(set(TERRITORY.values()) & places.above(member) for member in places.terms[origin].members)
    return "" if reaches else None


def _listed(words: "Vocabulary", day: date, regime: str, place: str, claimed: Callable[[str], Answer]) -> Answer:
    above = words["place"].above(place)
    best = YES if TERRITORY[regime] in above else NO
    for entry in words.adequacy[regime]:
        if entry.place in above and entry.first <= day and (entry.last is None or day <= entry.last):
            # With its condition unclaimed an entry may hold all the same: the recipient may have omitted to say so.
            best = max(best, max(MAYBE, claimed(entry.condition)) if entry.condition else YES)
    return best
