"""A flow and a policy's lists of one facet in; what of the flow no list covers out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from policylint.model.values import Disclosure, Policy, Word
from policylint.verdict.case import Atom, Case
from policylint.verdict.judge import Judgement
from policylint.verdict.parts import ELEMENT, ITEM, PLACE, PURPOSE
from policylint.vocabulary.answer import Answer

Element = Word | str | None
"""What has to be disclosed: data, means or a basis as written; a purpose or place by its key; a node by its name."""

_DIMENSIONS = {"data": ITEM, "purpose": PURPOSE, "place": PLACE}


def by_facet(policy: Policy) -> Mapping[str, Sequence[Disclosure]]:
    """The lists of a policy."""
    lists: dict[str, list[Disclosure]] = {}
    for disclosure in policy.disclosures:
        lists.setdefault(disclosure.facet, []).append(disclosure)
    return lists


def dimension_of(facet: str) -> int:
    """What the elements of a facet are values of."""
    return _DIMENSIONS.get(facet, ELEMENT)


def elements(case: Case, facet: str) -> Sequence[Element]:
    """What of a flow may have to be disclosed."""
    flow = case.flow
    if flow is None:
        return ()
    match facet:
        case "data":
            return [item.data for item in case.items]
        case "purpose":
            return case.purposes
        case "place":
            return case.places
        case "means":
            return flow.means
        case "basis":
            return flow.bases
        case "source":
            return [flow.sender.name]
        case _:
            return [flow.receiver.name]


class Undisclosed(NamedTuple):
    """How surely something of a flow is not disclosed, what it is, and the first atom it comes with."""

    answer: Answer
    elements: Sequence[Element]
    atom: Atom


def undisclosed_by(facet: str, judgement: Judgement) -> Undisclosed:
    """A judgement by the lists of a facet, in its elements."""
    several = elements(judgement.case, facet)
    found = [several[number] for number in judgement.numbers(dimension_of(facet))]
    return Undisclosed(judgement.answer, found, judgement.atom)
