"""An obligation in; what of its wording decides on what is said about all that breaks it, once for all of them, out."""

from collections.abc import Set
from typing import NamedTuple

from policylint.finding.finding import Label
from policylint.model.values import Clause, Obligation, Pattern


class Stated(NamedTuple):
    """What an obligation speaks of."""

    label: Label
    """Where it stands, and as what."""
    prepositions: Set[str]
    """Those of its own patterns, and `age` where one names an age."""
    asks_whose: bool
    """Whether it, or what excuses from it, rests on whose data it is."""
    is_at_receiver: bool
    """Whether it is broken where the data goes."""
    is_about_places: bool
    """Whether it matters for it to which place the data goes."""


def stated(obligation: Obligation) -> Stated:
    """What an obligation speaks of."""
    prepositions: set[str] = {pattern.preposition for pattern in obligation.patterns}
    conditions = [*obligation.patterns, *(each for all_of in obligation.unless for each in all_of)]
    if obligation.states("age"):
        prepositions.add("age")
    return Stated(
        Label(obligation.span, _called(obligation.clause)),
        frozenset(prepositions),
        any(isinstance(each, Pattern) and each.preposition == "from" for each in conditions),
        obligation.action in ("sharing", "sale", "transfer") or not prepositions.isdisjoint(("to", "into", "outside")),
        obligation.action == "transfer" or not prepositions.isdisjoint(("into", "outside")),
    )


def _called(clause: Clause) -> str:
    """A clause as people would refer to it: its number and, where it has some, its words."""
    return f"{clause.policy}:{clause.section}" + (f" “{clause.label}”" if clause.label else "")
