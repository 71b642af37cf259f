"""The data files in; the vocabulary of a project out."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from policylint.frozen import Frozen
from policylint.vocabulary.adequacy import Entry, read_adequacy
from policylint.vocabulary.facet import FACETS, MEASURES, Facet, Term

_FOLDER = Path(__file__).parent
EARLIEST = date(2020, 2, 1)
"""The first day for which the memberships of EU and EEA that ship are true."""


class Vocabulary(Frozen):
    """All facets, and the adequacy lists by regime."""

    facets: Mapping[str, Facet]
    adequacy: Mapping[str, tuple[Entry, ...]]

    def __getitem__(self, facet: str) -> Facet:
        return self.facets[facet]

    def measure(self, word: str) -> str | None:
        """The facet that a measure's name belongs to, None for an unknown one."""
        return self._measures.get(word)

    @cached_property
    def _measures(self) -> Mapping[str, str]:
        return {key: facet for facet in MEASURES for key in self.facets[facet].terms}

    def with_terms(self, terms: Iterable[tuple[str, Term]]) -> "Vocabulary":
        """This vocabulary with words of the project's own, each given with its facet."""
        added: dict[str, dict[str, Term]] = {}
        for facet, term in terms:
            added.setdefault(facet, {})[term.key] = term
        if not added:
            return self
        facets = {
            name: Facet(name, {**facet.terms, **added[name]}) if name in added else facet
            for name, facet in self.facets.items()
        }
        return Vocabulary(MappingProxyType(facets), self.adequacy)


@cache
def shipped() -> Vocabulary:
    """The vocabulary that comes with the package."""
    facets = {name: Facet(name, _terms(name)) for name in FACETS}
    return Vocabulary(MappingProxyType(facets), read_adequacy(_FOLDER / "adequacy.json"))


def _terms(facet: str) -> dict[str, Term]:
    content = json.loads((_FOLDER / "facets" / f"{facet}.json").read_text(encoding="utf-8"))
    return {
        entry["key"]: Term(
            entry["key"],
            entry["label"],
            entry.get("definition", ""),
            frozenset(entry.get("tags", ())),
            entry.get("identity"),
            frozenset(entry.get("members", ())),
        )
        for entry in content["terms"]
    }


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known words most like a mistyped one, best first, three at the most."""
    from difflib import get_close_matches  # most words are spelled right

    if len(word) > 60:
        return []
    words = sorted(known)
    lowered = word.lower()
    if len(words) > 500:  # comparing a word with thousands takes seconds; the first letter is seldom mistyped
        words = [key for key in words if key[:1].lower() == lowered[:1]]
    last = [key for key in words if key.rpartition(".")[2] == lowered.rpartition(".")[2]]
    close = get_close_matches(lowered, words, 3, 0.75)
    return list(dict.fromkeys([*close, *last]))[:3]
