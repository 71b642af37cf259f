"""The name of another taxonomy in; its words, each with the words here that mean the same or are nearest, out."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from policylint.vocabulary.facet import FACETS

_FACETS = Path(__file__).parent / "facets"


@cache
def crosswalk(taxonomy: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The words of a taxonomy (`fides`: fideslang 3.1.4, CC BY 4.0) by facet; one that says two things has two."""
    return MappingProxyType({facet: MappingProxyType(_foreign(facet, taxonomy)) for facet in FACETS})


def _foreign(facet: str, taxonomy: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in json.loads((_FACETS / f"{facet}.json").read_text(encoding="utf-8"))["terms"]:
        own = [entry[taxonomy]] if taxonomy in entry else []
        for word in (*own, *entry.get(f"{taxonomy}_also", ())):
            found[word] = (*found.get(word, ()), entry["key"])
    return found
