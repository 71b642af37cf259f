"""Policies and a shelf of texts in; which passage each clause cites, what has gone, and what nobody cites, out."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from policylint.finding.finding import Citation
from policylint.frozen import Frozen
from policylint.model.values import Clause, Policy, Quoted
from policylint.source.policy_texts import Shelf, Unreadable
from policylint.source.text import SourceText, Span

if TYPE_CHECKING:
    from policylint.citation.passages import Passage


class PolicyText(Frozen):
    """A policy's text, cut into passages."""

    source: SourceText

    @cached_property
    def passages(self) -> "tuple[Passage, ...]":
        """All passages, in the order of the text."""
        from policylint.citation.passages import passages  # 8 ms, and most projects have no text at hand

        return passages(self.source)

    @cached_property
    def by_pin(self) -> "Mapping[str, tuple[Passage, ...]]":
        """The passages that a pin stands for; several where the text says the same twice."""
        found: dict[str, tuple[Passage, ...]] = {}
        for passage in self.passages:
            for pin in passage.pins:
                found[pin] = (*found.get(pin, ()), passage)
        return found

    def span(self, passage: "Passage") -> Span:
        """Where a passage stands."""
        return Span(self.source.path, passage.start, passage.end)


class Stale(NamedTuple):
    """A pin whose passage is gone."""

    policy: Policy
    clause: Clause
    pin: Quoted
    text: PolicyText


class Citations(Frozen):
    """What the policies of a project cite. `texts` has those at hand, `unreadable` those that cannot be used."""

    policies: tuple[Policy, ...] = ()
    texts: Mapping[str, PolicyText] = MappingProxyType({})
    """By the policy's name."""
    unreadable: Mapping[str, Unreadable] = MappingProxyType({})
    hints: tuple[tuple[Span, str], ...] = ()

    @cached_property
    def _cited(self) -> dict[tuple[str, str], Citation | None]:
        """What is known of `citation`."""
        return {}

    def citation(self, clause: Clause) -> Citation | None:
        """What a clause cites: the first of its pins that is in the text, else its first pin alone."""
        text = self.texts.get(clause.policy)
        if text is None:
            return _pin_only(clause)
        key = (clause.policy, clause.section)
        if key not in self._cited:
            self._cited[key] = self._cite(clause, text)
        return self._cited[key]

    def _cite(self, clause: Clause, text: PolicyText) -> Citation | None:
        for pin in clause.pins:
            found = text.by_pin.get(pin.text)
            if found:
                passage = found[0] if len(found) == 1 else self._of_twins(clause, text, found)
                return Citation(pin.text, passage.line, passage.text)
        return _pin_only(clause)

    def _of_twins(self, clause: Clause, text: PolicyText, twins: "tuple[Passage, ...]") -> "Passage":
        """Of passages that say the same the one after what the clause before cites: policies follow their texts."""
        policy = next(policy for policy in self.policies if policy.name == clause.policy)
        before = policy.clauses[: policy.clauses.index(clause)]
        pins = (pin.text for earlier in reversed(before) for pin in reversed(earlier.pins))
        line = next((text.by_pin[pin][0].line for pin in pins if len(text.by_pin.get(pin, ())) == 1), 0)
        return next((twin for twin in twins if twin.line >= line), twins[0])

    def stale(self) -> Iterator[Stale]:
        """Every pin that is in no passage of its policy's text."""
        for policy in self.policies:
            text = self.texts.get(policy.name)
            if text is not None:
                gone = (
                    (clause, pin) for clause in policy.clauses for pin in clause.pins if pin.text not in text.by_pin
                )
                yield from (Stale(policy, clause, pin, text) for clause, pin in gone)

    def elsewhere(self, stale: Stale) -> str | None:
        """Another policy whose text has the passage."""
        others = (name for name in sorted(self.texts) if name != stale.policy.name)
        return next((name for name in others if stale.pin.text in self.texts[name].by_pin), None)

    def uncovered(self, policy: Policy) -> "tuple[Passage, ...]":
        """The passages of a policy's text that no clause cites."""
        text = self.texts.get(policy.name)
        cited = {pin.text for clause in policy.clauses for pin in clause.pins}
        return tuple(each for each in text.passages if not cited.intersection(each.pins)) if text else ()

    def twins(self, policy: Policy) -> "Iterator[tuple[Quoted, tuple[Passage, ...]]]":
        """Each pin, once, that stands for several passages, with those."""
        text = self.texts.get(policy.name)
        pins = {pin.text: pin for clause in reversed(policy.clauses) for pin in clause.pins}
        for pin in reversed(pins.values()):
            found = text.by_pin.get(pin.text, ()) if text else ()
            if len(found) > 1:
                yield pin, found


NOTHING_CITED = Citations()
"""No policy, no text."""


def _pin_only(clause: Clause) -> Citation | None:
    return Citation(clause.pins[0].text) if clause.pins else None


def cite(policies: Iterable[Policy], shelf: Shelf) -> Citations:
    """Look up the text of every policy. A text that is not at hand is said once, and its pins are not checked."""
    policies = tuple(policies)
    texts: dict[str, PolicyText] = {}
    unreadable: dict[str, Unreadable] = {}
    hints: list[tuple[Span, str]] = []
    for policy in policies:
        pinned = any(clause.pins for clause in policy.clauses)
        if policy.text is None:
            if pinned:
                hints.append((policy.span, f"the policy `{policy.name}` names no text, so its pins are not checked"))
            continue
        found = shelf.find(policy.span.path, policy.text.text)
        if isinstance(found, SourceText):
            texts[policy.name] = PolicyText(found)
        elif isinstance(found, Unreadable):
            unreadable[policy.name] = found
        elif pinned:
            where = f"the text `{policy.text.text}` is not at hand ({shelf.places})"
            hints.append((policy.text.span, f"{where}, so the pins of `{policy.name}` are not checked"))
    return Citations(policies, texts, unreadable, tuple(hints))
