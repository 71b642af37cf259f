"""A flow and a policy's lists of one facet in; what of the flow no list covers out."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import product
from typing import NamedTuple

from policylint.model.values import Disclosure, Word
from policylint.verdict.actions import collection
from policylint.verdict.case import Atom, Carried, Case
from policylint.verdict.compare import any_of, holds, is_target, personal_form
from policylint.verdict.judge import Dimension, alike, dimension_of, grouped
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer

Element = Word | str | None
"""What has to be disclosed: a data item, means or basis as written; a purpose or place by its key; a node by its name."""

_BY_ATOM = {"data": "carried", "purpose": "purpose", "place": "place"}


class Undisclosed(NamedTuple):
    """How surely something of a flow is not disclosed, what it is, and with which atoms."""

    answer: Answer
    elements: tuple[Element, ...]
    atoms: tuple[Atom, ...]


def undisclosed(case: Case, facet: str, lists: Sequence[Disclosure]) -> Undisclosed:
    """Find what of a governed flow no list of the facet covers. Only personal atoms count."""
    if case.governed is NO or case.flow is None:
        return Undisclosed(NO, (), ())
    best: Answer = NO
    elements: dict[Element, None] = {}
    worst: list[Atom] = []
    for element, present in _of_flow(case, facet):
        relevant = [each for each in lists if facet in _BY_ATOM or _names(case, facet, element, each) is not NO]
        for kind, answer in _answers(case, facet, element, present, relevant):
            if answer > best:
                best, elements, worst = answer, {}, []
            if answer is best and best is not NO:
                worst.append(Atom(kind[0][0], kind[1][0], kind[2][0]))
                elements.update(dict.fromkeys(_found(facet, kind, element)))
    return Undisclosed(best, tuple(elements), tuple(worst))


Kind = tuple[list[Carried], list[str | None], list[str | None]]


def _answers(
    case: Case, facet: str, element: Element, present: Answer, lists: Sequence[Disclosure]
) -> list[tuple[Kind, Answer]]:
    """For each kind of atom, whether the element stands there uncovered."""
    fixed = {
        id(each): min(_names(case, facet, element, each), _patterns(case, each, "flow", _first(case))) for each in lists
    }
    if facet in _BY_ATOM:
        fixed = {id(each): _patterns(case, each, "flow", _first(case)) for each in lists}
    lists = [each for each in lists if fixed[id(each)] is not NO]

    def answers(dimension: Dimension) -> Callable[[Atom], tuple[Answer, ...]]:
        def of(atom: Atom) -> tuple[Answer, ...]:
            found = (_patterns(case, each, dimension, atom) for each in lists)
            if _BY_ATOM.get(facet) != dimension:
                return tuple(found)
            return tuple(
                min(answer, _in_atom(case, facet, atom, each)) for answer, each in zip(found, lists, strict=True)
            )

        return of

    first = _first(case)
    by_carried, by_purpose, by_place = answers("carried"), answers("purpose"), answers("place")

    def carried_key(value: Carried) -> Hashable:
        return _personal(case, value), by_carried(first._replace(carried=value))

    carried = grouped(case.carried, carried_key, alike)
    purposes = grouped(case.purposes, lambda value: by_purpose(first._replace(purpose=value)))
    places = grouped(case.places, lambda value: by_place(first._replace(place=value)))
    ones = [(group, by_carried(first._replace(carried=group[0]))) for group in carried]
    twos = [(group, by_purpose(first._replace(purpose=group[0]))) for group in purposes]
    threes = [(group, by_place(first._replace(place=group[0]))) for group in places]
    found: list[tuple[Kind, Answer]] = []
    for one, two, three in product(ones, twos, threes):
        covers = (min(fixed[id(each)], *answer) for each, *answer in zip(lists, one[1], two[1], three[1], strict=True))
        answer = min(case.governed, present, _personal(case, one[0][0]), max(covers, default=NO).negated())
        found.append(((one[0], two[0], three[0]), answer))
    return found


def _found(facet: str, kind: Kind, element: Element) -> Iterable[Element]:
    """What a kind of atom leaves undisclosed."""
    carried, purposes, places = kind
    if facet == "data":
        return [each.item.data for each in carried]
    return {"purpose": purposes, "place": places}.get(facet) or [element]


def _first(case: Case) -> Atom:
    return Atom(case.carried[0], case.purposes[0], case.places[0])


def _of_flow(case: Case, facet: str) -> list[tuple[Element, Answer]]:
    """The elements of a flow in a facet, and whether they are there; those of its atoms come with the atoms."""
    flow = case.flow
    if flow is None:
        return []
    if facet in _BY_ATOM:
        return [(None, YES)]
    if facet == "means":
        return [(word, YES) for word in flow.means]
    if facet == "basis":
        return [(word, YES) for word in flow.bases]
    if facet == "source":
        return [(flow.sender.name, collection(case, _first(case)))]
    is_ours = case.world.acting.bound(flow.receiver, case.bound)
    return [(flow.receiver.name, NO if flow.receiver.kind == "subject" else is_ours.negated())]


def _names(case: Case, facet: str, element: Element, disclosure: Disclosure) -> Answer:
    """Whether a list names an element that belongs to the flow as a whole."""
    if case.flow is None or facet in _BY_ATOM:
        return YES
    if facet in ("recipient", "source"):
        node = case.flow.receiver if facet == "recipient" else case.flow.sender
        return max(is_target(case, node, target) for target in disclosure.targets)
    if not isinstance(element, Word) or element.key is None:
        return MAYBE
    # Means and bases are measures: what is claimed is listed, or it is not, however coarsely it is claimed.
    above = case.world.words[facet].above(element.key)
    return YES if any(term in above for term in disclosure.terms) else MAYBE if None in disclosure.terms else NO


def _in_atom(case: Case, facet: str, atom: Atom, disclosure: Disclosure) -> Answer:
    """Whether a list names the element that an atom holds."""
    declared = {"data": atom.carried.item.data.key, "purpose": atom.purpose, "place": atom.place}[facet]
    return any_of(case.world.words, facet, declared, disclosure.terms)


def _patterns(case: Case, disclosure: Disclosure, dimension: Dimension, atom: Atom) -> Answer:
    """Whether those patterns of a list hold that ask about one dimension of an atom, or about the flow."""
    asked = (pattern for pattern in disclosure.patterns if dimension_of(pattern) == dimension)
    return min((holds(case, pattern, atom, disclosure.patterns) for pattern in asked), default=YES)


def _personal(case: Case, carried: Carried) -> Answer:
    """Whether there is anything to disclose: the data is personal, and so is its form."""
    words, item = case.world.words, carried.item
    return min(words["data"].compare(item.data.key, "personal"), personal_form(words, item))
