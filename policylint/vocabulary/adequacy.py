"""Places and a day in; whether the law of the origin accepts the destination as safe enough out.

The lists follow GDPR Art. 45 decisions (EU/EEA), DPA 2018 Sch. 21 and its regulations (UK) and Annex 1 of the
Swiss Data Protection Ordinance (CH); each entry of `adequacy.json` names its source.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from policylint.vocabulary.answer import MAYBE, NO, YES, Answer
from policylint.vocabulary.facet import Facet

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


Claimed = Callable[[str], Answer]
"""Whether the recipient claims the condition of an entry, such as `dpf_eu`."""


class Adequacy(NamedTuple):
    """The lists as they hold on a day."""

    places: Facet
    lists: Mapping[str, tuple[Entry, ...]]
    day: date

    def covers(self, regimes: Iterable[str | None], destinations: Sequence[str | None], claimed: Claimed) -> Answer:
        """Whether every destination is covered under every regime of origin; None is a place that is not declared."""
        return min(self._pair(regime, place, claimed) for regime in regimes for place in destinations)

    def regimes(self, origins: Iterable[str | None]) -> frozenset[str | None]:
        """The regimes of some origins: None for none, an empty name where an origin does not tell."""
        return frozenset(map(self._regime, origins))

    def _pair(self, regime: str | None, place: str | None, claimed: Claimed) -> Answer:
        if regime is None or (regime and place == "anywhere"):
            return NO
        if not regime or place is None:
            return MAYBE
        if TERRITORY[regime] in self.places.above(place):
            return YES
        members = self.places.terms[place].members or {place}
        return min(self._listed(regime, member, claimed) for member in members)

    def _regime(self, origin: str | None) -> str | None:
        if origin is None or origin == "anywhere":
            return ""
        for regime, territory in TERRITORY.items():
            if territory in self.places.above(origin):
                return regime
        # A group that only contains a regime's territory, or part of it, does not tell.
        members = self.places.terms[origin].members
        return "" if any(set(TERRITORY.values()) & self.places.above(member) for member in members) else None

    def _listed(self, regime: str, place: str, claimed: Claimed) -> Answer:
        above = self.places.above(place)
        best = YES if TERRITORY[regime] in above else NO
        for entry in self.lists[regime]:
            if entry.place in above and entry.first <= self.day and (entry.last is None or self.day <= entry.last):
                # With its condition unclaimed an entry may hold all the same: the recipient may not have said so.
                best = max(best, max(MAYBE, claimed(entry.condition)) if entry.condition else YES)
        return best
