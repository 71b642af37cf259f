"""A flow and a policy's lists of one facet in; what of the flow no list covers out."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from policylint.model.values import Disclosure, Item, Pattern, Word
from policylint.verdict.actions import collection
from policylint.verdict.bits import Bits, bits
from policylint.verdict.case import Atom, Carried, Case
from policylint.verdict.compare import any_of, holds, is_target, personal_form
from policylint.verdict.judge import Dimension, dimension_of
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer
from policylint.vocabulary.words import Vocabulary

Element = Word | str | None
"""What has to be disclosed: data, means or a basis as written; a purpose or place by its key; a node by its name."""

_PART: Mapping[str, Dimension] = {"data": "carried", "purpose": "purpose", "place": "place"}
"""The facets whose elements are parts of atoms; those of all others belong to the flow as a whole."""

_Group = tuple[Sequence[Carried], Sequence[str | None], Sequence[str | None]]


class Undisclosed(NamedTuple):
    """How surely something of a flow is not disclosed, what it is, and with which atoms."""

    answer: Answer
    elements: tuple[Element, ...]
    atoms: tuple[Atom, ...]


class Covered(NamedTuple):
    """An element of a flow, how surely it is not disclosed, and the lists that cover it or may."""

    element: Element
    answer: Answer
    lists: tuple[tuple[Disclosure, Answer], ...]


class Lists:
    """All that a policy discloses in one facet, asked about a part of an atom once for all flows.

    Each list is a position in `Bits`: a list covers an element where all its patterns hold and it names the element.
    """

    def __init__(self, facet: str, lists: Sequence[Disclosure]) -> None:
        self.facet = facet
        self.lists = tuple(lists)
        self._parts: dict[tuple[Dimension, Hashable, str | None], Bits] = {}
        self._named: dict[Hashable, Bits] = {}
        asking = ((position, _asked(each, "flow")) for position, each in enumerate(lists))
        self._about_flow = [(position, patterns) for position, patterns in asking if patterns]
        about_items = (pattern for each in lists for pattern in _asked(each, "carried"))
        self._is_shared = all(measure.facet == "form" for pattern in about_items for measure in pattern.measures)

    def undisclosed(self, case: Case) -> Undisclosed:
        """Find what of a governed flow no list covers. Only personal atoms count."""
        best: Answer = NO
        elements: dict[Element, None] = {}
        worst: list[Atom] = []
        for element, (carried, purposes, places), demanded, covering in self._asked_of(case):
            answer = min(demanded, covering.best.negated())
            if answer > best:
                best, elements, worst = answer, {}, []
            if answer is best is not NO:
                worst.append(Atom(carried[0], purposes[0], places[0]))
                elements.update(dict.fromkeys(self._found((carried, purposes, places), element)))
        return Undisclosed(best, tuple(elements), tuple(worst))

    def covered(self, case: Case) -> Iterator[Covered]:
        """Each element of a governed flow that may have to be disclosed, as it is where it is covered least."""
        least: dict[Element, Covered] = {}
        for element, group, demanded, covering in self._asked_of(case):
            answer = min(demanded, covering.best.negated())
            lists = [(each, covering.of(position)) for position, each in enumerate(self.lists)]
            for one in self._found(group, element) if demanded is not NO else ():
                covered = Covered(one, answer, tuple((each, how) for each, how in lists if how is not NO))
                if one not in least or answer > least[one].answer:
                    least[one] = covered
        yield from least.values()

    def _asked_of(self, case: Case) -> Iterator[tuple[Element, _Group, Answer, Bits]]:
        """Each element with each group of atoms: whether it has to be disclosed there, and which lists cover it."""
        if case.governed is NO or case.flow is None:
            return
        groups = self._groups(case)
        for element, present in _elements(case, self.facet):
            covering = self._of_flow(case, self._naming(case, element))
            for (carried, ones), (purposes, twos), (places, threes) in product(*groups):
                demanded = min(case.governed, present, personal(case.world.words, carried[0].item))
                yield element, (carried, purposes, places), demanded, covering & ones & twos & threes

    def _found(self, group: _Group, element: Element) -> Iterable[Element]:
        """What a group of atoms leaves undisclosed."""
        carried, purposes, places = group
        if self.facet == "data":
            return [each.item.data for each in carried]
        return {"purpose": purposes, "place": places}.get(self.facet) or [element]

    def _groups(
        self, case: Case
    ) -> tuple[
        list[tuple[list[Carried], Bits]],
        list[tuple[list[str | None], Bits]],
        list[tuple[list[str | None], Bits]],
    ]:
        """Items, purposes and places in groups that all lists answer alike."""
        first, words = case.first, case.world.words
        carried: dict[Hashable, tuple[list[Carried], Bits]] = {}
        for each in case.carried:
            answers = self._part(case, "carried", each.kind, first._replace(carried=each))
            carried.setdefault((answers, personal(words, each.item)), ([], answers))[0].append(each)
        purposes: dict[Bits, tuple[list[str | None], Bits]] = {}
        for purpose in case.purposes:
            answers = self._part(case, "purpose", purpose, first._replace(purpose=purpose))
            purposes.setdefault(answers, ([], answers))[0].append(purpose)
        places: dict[Bits, tuple[list[str | None], Bits]] = {}
        for place in case.places:
            answers = self._part(case, "place", place, first._replace(place=place))
            places.setdefault(answers, ([], answers))[0].append(place)
        return list(carried.values()), list(purposes.values()), list(places.values())

    def _part(self, case: Case, dimension: Dimension, value: Hashable, atom: Atom) -> Bits:
        """What all lists say of one part of an atom, the element they name included where it is that part."""
        # Where a list asks for a form or what a flow claims in one breath, no flow answers for another.
        key = (dimension, value, None if self._is_shared or dimension != "carried" else case.declaration)
        if key not in self._parts:
            names = _namer(case.world.words, self.facet, atom) if _PART.get(self.facet) == dimension else _anything
            self._parts[key] = bits(min(names(each), _patterns(case, each, dimension, atom)) for each in self.lists)
        return self._parts[key]

    def _naming(self, case: Case, element: Element) -> Bits:
        """The lists that name an element of the flow; the same for all flows with that element."""
        key = element.identity if isinstance(element, Word) else element
        if key not in self._named:
            self._named[key] = bits(self._names(case, element, each) for each in self.lists)
        return self._named[key]

    def _of_flow(self, case: Case, naming: Bits) -> Bits:
        """Those of some lists whose patterns hold of the flow as a whole."""
        possible, certain = naming
        for position, patterns in self._about_flow:
            if not possible >> position & 1:
                continue
            answer = min(holds(case, pattern, case.first, self.lists[position].patterns) for pattern in patterns)
            if answer is NO:
                possible &= ~(1 << position)
            if answer is not YES:
                certain &= ~(1 << position)
        return Bits(possible, certain)

    def _names(self, case: Case, element: Element, disclosure: Disclosure) -> Answer:
        """Whether a list names an element that belongs to the flow as a whole."""
        if case.flow is None or self.facet in _PART:
            return YES
        if self.facet in ("recipient", "source"):
            node = case.flow.receiver if self.facet == "recipient" else case.flow.sender
            return max(is_target(case, node, target) for target in disclosure.targets)
        if not isinstance(element, Word) or element.key is None:
            return MAYBE
        # Means and bases are measures: what is claimed is listed or is not, however coarsely it is claimed.
        above = case.world.words[self.facet].above(element.key)
        return YES if any(term in above for term in disclosure.terms) else MAYBE if None in disclosure.terms else NO


def _anything(_: Disclosure) -> Answer:
    return YES


def _namer(words: Vocabulary, facet: str, atom: Atom) -> Callable[[Disclosure], Answer]:
    """Whether a list names the element that is a part of an atom."""
    declared = {"data": atom.carried.item.data.key, "purpose": atom.purpose, "place": atom.place}[facet]
    return lambda disclosure: any_of(words, facet, declared, disclosure.terms)


def _patterns(case: Case, disclosure: Disclosure, dimension: Dimension, atom: Atom) -> Answer:
    """Whether those patterns of a list hold that ask about one part of an atom, or about the flow."""
    patterns = _asked(disclosure, dimension)
    return min((holds(case, pattern, atom, disclosure.patterns) for pattern in patterns), default=YES)


def _asked(disclosure: Disclosure, dimension: Dimension) -> list[Pattern]:
    return [pattern for pattern in disclosure.patterns if _dimension(pattern) == dimension]


def _dimension(pattern: Pattern) -> Dimension:
    """What part of an atom a pattern asks about; from people, adequacy depends on where each of them is."""
    return "carried" if any(measure.key == "adequacy" for measure in pattern.measures) else dimension_of(pattern)


def _elements(case: Case, facet: str) -> list[tuple[Element, Answer]]:
    """The elements of a flow in a facet, and whether they are there; those that are parts of atoms come with these."""
    flow = case.flow
    if flow is None:
        return []
    if facet in _PART:
        return [(None, YES)]
    if facet == "means":
        return [(word, YES) for word in flow.means]
    if facet == "basis":
        return [(word, YES) for word in flow.bases]
    if facet == "source":
        return [(flow.sender.name, collection(case, case.first))]
    is_ours = case.world.acting.bound(flow.receiver, case.bound)
    return [(flow.receiver.name, NO if flow.receiver.kind == "subject" else is_ours.negated())]


def personal(words: Vocabulary, item: Item) -> Answer:
    """Whether there is anything to disclose: the data is personal, and so is its form."""
    return min(words["data"].compare(item.data.key, "personal"), personal_form(words, item))
