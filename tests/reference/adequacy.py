"""Adequacy (fine print): places of origin and destination in, whether the lists cover them out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from .three import MAYBE, NO, YES, Answer, every, some
from .words import FOLDER, Vocabulary, Word

TERRITORIES = {"EEA": "EU", "GB": "UK", "CH": "CH"}


@cache
def lists() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Read the adequacy lists."""
    with (FOLDER / "adequacy.json").open(encoding="utf-8") as file:
        found: Mapping[str, Sequence[Mapping[str, Any]]] = json.load(file)["regimes"]
    return found


def adequate(
    words: Vocabulary,
    origins: Sequence[Word | None],
    destinations: Sequence[Word | None],
    claimed: Sequence[Word],
) -> Answer:
    """'Every pair of origin and destination has to hold.'"""
    return every(pair(words, origin, destination, claimed) for origin in origins for destination in destinations)


def pair(words: Vocabulary, origin: Word | None, destination: Word | None, claimed: Sequence[Word]) -> Answer:
    """'The origin is asked first'; 'then a destination not declared: *maybe*, `anywhere`: *no*.'"""
    if origin is None or not origin.known or origin.text == "anywhere":
        return MAYBE
    territory = next((one for one in TERRITORIES if words.below("place", origin.text, one)), None)
    if territory is None:
        contains = any(words.below("place", one, origin.text) for one in TERRITORIES)
        return MAYBE if contains else NO
    if destination is None or not destination.known:
        return MAYBE
    if destination.text == "anywhere":
        return NO
    if words.below("place", destination.text, territory):
        return YES  # 'inside the regime it holds'
    return listed(words, TERRITORIES[territory], destination.text, claimed)


def listed(words: Vocabulary, regime: str, place: str, claimed: Sequence[Word]) -> Answer:
    """'A group is listed if all its members are.'"""
    as_it_is = some(
        condition_met(words, entry, claimed)
        for entry in lists()[regime]
        if in_force(words, entry) and words.below("place", place, entry["place"])
    )
    members = words.members(place)
    by_members = every(listed(words, regime, one, claimed) for one in members) if members else NO
    return some((as_it_is, by_members))


def in_force(words: Vocabulary, entry: Mapping[str, Any]) -> bool:
    """'Entries hold from `from` to `until` (both days included)', as of the day that is
    asked for.
    """
    since, until = entry["from"], entry["until"]
    return date.fromisoformat(since) <= words.as_of and (until is None or words.as_of <= date.fromisoformat(until))


def condition_met(words: Vocabulary, entry: Mapping[str, Any], claimed: Sequence[Word]) -> Answer:
    """'With the condition unclaimed it *may* hold.'"""
    condition = entry["condition"]
    if condition is None:
        return YES
    met = any(word.known and words.below("safeguard", word.text, condition) for word in claimed)
    return YES if met else MAYBE
