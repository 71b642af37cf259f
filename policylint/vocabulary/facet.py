"""The terms of one facet in; the order among them out: which term lies at or below which."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from policylint.frozen import Frozen
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer

FACETS = (
    "data",
    "purpose",
    "subject",
    "recipient",
    "basis",
    "safeguard",
    "form",
    "means",
    "circumstance",
    "event",
    "place",
)
MEASURES = ("basis", "safeguard", "means", "form", "circumstance")
"""The facets whose terms are measures; a name means one thing among them."""

EVERYTHING = MappingProxyType(
    {"data": "anything", "purpose": "anything", "subject": "anyone", "recipient": "anyone", "place": "anywhere"}
)
"""The word of a facet that stands for all of it, what is not declared included."""

_NOT_PERSONAL = ("nonpersonal", "system")


class Term(NamedTuple):
    """A word of a vocabulary. `identity` (forms only) is `personal`, `open` or `none`."""

    key: str
    label: str = ""
    definition: str = ""
    tags: frozenset[str] = frozenset()
    identity: str | None = None
    members: frozenset[str] = frozenset()


class Facet(Frozen):
    """One vocabulary, with the words of the project's own among its terms."""

    name: str
    terms: Mapping[str, Term]

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        """What is known of `above`."""
        return {}

    @cached_property
    def everything(self) -> str | None:
        """The word for all of the facet, None where there is none."""
        return EVERYTHING.get(self.name)

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """The terms that `sensitive` stands for."""
        return frozenset(key for key, term in self.terms.items() if "sensitive" in term.tags)

    @cached_property
    def groups(self) -> tuple[Term, ...]:
        """The terms that have members: places such as the EU."""
        return tuple(term for term in self.terms.values() if term.members)

    def find(self, word: str) -> str | None:
        """The key that a written word stands for, None for an unknown one."""
        if self.name == "place":
            word = "anywhere" if word.lower() == "anywhere" else _ALIASES.get(word.upper(), word.upper())
        if word in self.terms or word == self.everything:
            return word
        return word if word == "sensitive" and self.name == "data" else None

    def prefix(self, key: str) -> str | None:
        """The term that a term's name puts it below: its dotted prefix, or for `CA-AB` the country."""
        if "." in key:
            return key.rpartition(".")[0]
        return key.rpartition("-")[0] or None if self.name == "place" else None

    def above(self, key: str) -> frozenset[str]:
        """The words that a term lies at or below: itself, its prefixes, and what stands for several terms."""
        known = self._above.get(key)
        if known is None:
            known = self._above[key] = frozenset(self._climb(key))
        return known

    def compare(self, declared: str | None, name: str | None) -> Answer:
        """Whether what is declared is `name`; None on either side is what is not known.

        Maybe, where `name` lies below what is declared: it is declared too coarsely.
        """
        if name is not None and name == self.everything:
            return YES
        if declared is None or name is None:
            return MAYBE
        if name in self.above(declared):
            return YES
        return MAYBE if declared in self.above(name) else NO

    def related(self, one: str, other: str) -> bool:
        """Whether two terms are equal, or one is coarser than the other."""
        return other in self.above(one) or one in self.above(other)

    def identity(self, form: str) -> str:
        """How much a form leaves of identity: `personal`, `open` or `none`; open for a form of one's own."""
        at: str | None = form
        while at is not None:
            term = self.terms.get(at)
            if term is not None and term.identity:
                return term.identity
            at = self.prefix(at)
        return "open"

    def is_role(self, key: str) -> bool:
        """Whether a recipient term is a legal role, as `processor` is and `analytics` is not."""
        at: str | None = key
        while at is not None:
            if at in self.terms and self.terms[at].tags:
                return "role" in self.terms[at].tags
            at = self.prefix(at)
        return False

    def _climb(self, key: str) -> set[str]:
        above = {key}
        at: str | None = key
        while at is not None:
            # A form that leaves more of identity than its prefix is a form of its own: `aggregated.linked`.
            if self.name != "form" or self.identity(at) == self.identity(key):
                above.add(at)
            at = self.prefix(at)
        if self.everything:
            above.add(self.everything)
        if self.name == "data":
            above |= self._climb_data(key, above)
        for group in self.groups:
            members = self.terms[key].members if key in self.terms else frozenset()
            if above & group.members or (members and members <= group.members):
                above.add(group.key)
        return above

    def _climb_data(self, key: str, above: set[str]) -> set[str]:
        if key in ("anything", "personal"):
            return set()
        if key == "sensitive":
            return {"personal"}
        more = set() if above & set(_NOT_PERSONAL) else {"personal"}
        return more | ({"sensitive"} if above & self.sensitive else set())


_ALIASES = {"UK": "GB", "EL": "GR"}
"""Other names of countries: read, with a hint."""


def alias(word: str) -> str | None:
    """The code that a country's other name is read as, None if it is none."""
    return _ALIASES.get(word.upper())
