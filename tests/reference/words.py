"""The vocabularies (section 4): the shipped words and a project's own in, the order ⊑ out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .shapes import Term
from .three import MAYBE, NO, YES, Answer

FOLDER = Path(__file__).resolve().parents[2] / "policylint" / "vocabulary"
FACETS = (
    "data", "purpose", "subject", "recipient", "basis", "safeguard", "form", "means",
    "circumstance", "event", "place",
)  # fmt: skip
MEASURES = ("basis", "safeguard", "means", "form", "circumstance")
TOPS = {
    "data": "anything",
    "purpose": "anything",
    "subject": "anyone",
    "recipient": "anyone",
    "place": "anywhere",
}


@dataclass(frozen=True)
class Word:
    """A declared or promised word; one that is not known stands for an unknown fact."""

    text: str
    known: bool = True


NOTHING_KNOWN = Word("?", known=False)


@cache
def shipped(facet: str) -> Mapping[str, Mapping[str, Any]]:
    """Read one facet's data file; a facet that is not known has no words."""
    if facet not in FACETS:
        return {}
    with (FOLDER / "facets" / f"{facet}.json").open(encoding="utf-8") as file:
        return {term["key"]: term for term in json.load(file)["terms"]}


@dataclass(frozen=True)
class Vocabulary:
    """All words of a project; `vague` are names of broken terms and of terms with no parent."""

    as_of: date
    own: Mapping[str, frozenset[str]] = field(default_factory=dict)
    vague: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def ships(self, facet: str, text: str) -> bool:
        """Say whether the package itself has this word."""
        special = text == TOPS.get(facet) or (facet == "data" and text == "sensitive")
        return special or spelled(facet, text) in shipped(facet)

    def has(self, facet: str, text: str) -> bool:
        """Say whether a name is a word of this facet, not asking what is known about it."""
        name = spelled(facet, text)
        mine = self.own.get(facet, frozenset()) | self.vague.get(facet, frozenset())
        return self.ships(facet, text) or name in mine

    def word(self, facet: str, text: str) -> Word:
        """'An unknown word … is evaluated as if the fact were unknown.'"""
        name = spelled(facet, text)
        vague = name in self.vague.get(facet, frozenset())
        return Word(name, self.has(facet, text) and not vague)

    def words(self, facet: str, texts: Iterable[str]) -> tuple[Word, ...]:
        """Look up several."""
        return tuple(self.word(facet, text) for text in texts)

    def below(self, facet: str, low: str, high: str) -> bool:
        """'`x ⊑ y` reads "x is y or below y".'"""
        if low == high or high == TOPS.get(facet):
            return True
        if facet == "place":
            return self.inside(low, high)
        if facet == "form" and high == "aggregated":
            return False if dotted(low, "aggregated.linked") else dotted(low, high)
        if facet == "data" and high in ("personal", "sensitive"):
            return is_personal(low) if high == "personal" else is_sensitive(low)
        return dotted(low, high)

    def inside(self, low: str, high: str) -> bool:
        """'Subdivisions that carry law (`CA-AB ⊑ CA`), groups (`EU`, `EEA`)'; by membership."""
        if low == "anywhere":
            return False  # '`anywhere` lies inside no group.'
        if low == high or dotted(low, high) or low.startswith(f"{high}-"):
            return True
        members = self.members(high)
        if self.members(low):
            return all(member in members for member in self.members(low))
        return any(self.inside(low, member) for member in members)

    def members(self, group: str) -> tuple[str, ...]:
        """'Memberships … are dated data, read as of `--as-of DATE`.'"""
        entry = shipped("place").get(group, {})
        since = entry.get("from")
        if since and date.fromisoformat(since) > self.as_of:
            return ()
        return tuple(entry.get("members", ()))

    def compare(self, facet: str, declared: Word | None, name: Word) -> Answer:
        """'declared ⊑ name | name below declared (declared too coarse), or not declared.'"""
        if name.known and name.text == TOPS.get(facet):
            return YES  # '`anyone`, `anything` and `anywhere` match what is not declared too'
        if declared is None or not declared.known or not name.known:
            return MAYBE
        if self.below(facet, declared.text, name.text):
            return YES
        return MAYBE if self.below(facet, name.text, declared.text) else NO

    def is_role(self, name: str) -> bool:
        """'The recipient terms tagged `role`; kinds such as `analytics` are not roles.'"""
        return any(dotted(name, key) and "role" in term.get("tags", ()) for key, term in shipped("recipient").items())

    def identity(self, form: Word | None) -> Answer:
        """'Each is *personal* …, *open* … or *not personal*.'"""
        if form is None or not form.known:
            return MAYBE
        entries = shipped("form")
        parts = form.text.split(".")
        for length in range(len(parts), 0, -1):
            entry = entries.get(".".join(parts[:length]))
            if entry:
                return {"personal": YES, "open": MAYBE, "none": NO}[entry["identity"]]
        return MAYBE

    def measure_facet(self, text: str) -> str | None:
        """'A name means one thing among them, so `require` and `unless` may use it bare.'"""
        return next((facet for facet in MEASURES if self.has(facet, text)), None)


def dotted(low: str, high: str) -> bool:
    """'`a.b` is below `a`.'"""
    return low == high or low.startswith(f"{high}.")


def is_personal(name: str) -> bool:
    """'Everything is below `personal` except the trees `nonpersonal` and `system`.'"""
    return name != "anything" and not dotted(name, "nonpersonal") and not dotted(name, "system")


def is_sensitive(name: str) -> bool:
    """'`sensitive` stands for all terms marked special': by their tag, or that of a word above."""
    return any(dotted(name, key) and "sensitive" in term.get("tags", ()) for key, term in shipped("data").items())


def spelled(facet: str, text: str) -> str:
    """'Case does not matter'; '`UK` and `EL` are read as `GB` and `GR`', for places only."""
    if facet != "place":
        return text
    if text.lower() == "anywhere":
        return "anywhere"
    return {"UK": "GB", "EL": "GR"}.get(text.upper(), text.upper())


def vocabulary(as_of: date, terms: Iterable[Term], broken: Iterable[Term]) -> Vocabulary:
    """'`term` adds a word to a vocabulary; its parent is its dotted prefix, which must exist.'"""
    own: dict[str, set[str]] = {}
    vague: dict[str, set[str]] = {}
    for term in terms:
        own.setdefault(term.facet, set()).add(spelled(term.facet, term.name))
    for term in broken:
        vague.setdefault(term.facet, set()).add(spelled(term.facet, term.name))
    for facet, names in own.items():
        everything = Vocabulary(as_of, {facet: frozenset(names)}, {facet: frozenset(vague.get(facet, ()))})
        orphans = {name for name in names if not has_parents(everything, facet, name)}
        vague.setdefault(facet, set()).update(orphans)
    return Vocabulary(
        as_of,
        {facet: frozenset(names) for facet, names in own.items()},
        {facet: frozenset(names) for facet, names in vague.items()},
    )


def has_parents(words: Vocabulary, facet: str, name: str) -> bool:
    """Say whether the dotted prefix is a word, and so on upwards."""
    if "." not in name:
        return True
    parent = name.rpartition(".")[0]
    return words.word(facet, parent).known and has_parents(words, facet, parent)
