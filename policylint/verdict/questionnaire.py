"""Formulas in; the answers of every part of an atom to all of their questions at once out: a bit for each literal."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from policylint.model.flow import Content
from policylint.model.resolver import gather
from policylint.model.values import Claims, Item, Node
from policylint.verdict.case import Case, View
from policylint.verdict.compare import Ask
from policylint.verdict.formula import Clause, Formula
from policylint.verdict.parts import FLOW, ITEM_PARTS, LISTED, PARTS, Value, to_list
from policylint.verdict.search import mask_of
from policylint.vocabulary.answer import MAYBE, NO, YES


class Bits(NamedTuple):
    """Answers to all questions, a bit for each literal: set where none says no, and where all say yes."""

    possible: int
    certain: int

    def __and__(self, other: "Bits") -> "Bits":
        return Bits(self.possible & other.possible, self.certain & other.certain)


ALL = Bits(-1, -1)


class Numbered(NamedTuple):
    """A formula whose literals have positions; `always` is that of all clauses of one literal together."""

    formula: Formula
    always: int
    clauses: Sequence[Sequence[int]]
    parts: frozenset[str]
    """What it looks at."""


class Said(NamedTuple):
    """What the words of a flow answer, the same for all flows that say the same."""

    content: Content
    items: Sequence[Bits]
    purposes: Sequence[Bits]
    elements: Mapping[str, Sequence[Bits]]
    """Of the facets in which all that is claimed has to be listed: each claim."""
    flow: Bits
    safeguards: Claims
    """Its own; the receiver has some too."""


class Questionnaire:
    """All questions of some formulas. What a part of an atom answers is kept, for all atoms that have it."""

    def __init__(self, view: View, formulas: Sequence[Formula]) -> None:
        self.view = view
        self._asking: dict[str, list[tuple[int, Ask, bool]]] = {}
        self._known: dict[str, dict[Value, Bits]] = {}
        self._claimed: dict[str, dict[tuple[int, bool], Bits]] = {}
        self._meeting: dict[tuple[str, str], int] = {}
        self._items: dict[Hashable, Bits] = {}
        self._said: dict[int, Said] = {}
        self._count = 0
        self.formulas = [self._numbered(formula) for formula in formulas]
        self._readers = {part: mask_of(position for position, _, _ in asking) for part, asking in self._asking.items()}
        self.looking = [self.read([part for part, (its, _) in PARTS.items() if its == at]) for at in range(FLOW)]
        """By dimension: the literals that look at it."""

    def _numbered(self, formula: Formula) -> Numbered:
        always = self._next(())
        clauses: list[Sequence[int]] = []
        for clause in formula.clauses:
            if len(clause) == 1:
                self._ask(always, clause)
            else:
                clauses.append([self._next((literal,)) for literal in clause])
        literals = (literal for clause in formula.clauses for literal in clause)
        parts = frozenset(question.part for literal in literals for question in literal.questions)
        return Numbered(formula, always, clauses, parts)

    def _next(self, literals: Clause) -> int:
        position = self._count
        self._count += 1
        self._ask(position, literals)
        return position

    def _ask(self, position: int, literals: Clause) -> None:
        for literal in literals:
            for part, ask in literal.questions:
                self._asking.setdefault(part, []).append((position, ask, literal.negated))

    def read(self, parts: Iterable[str]) -> int:
        """The literals that look at any of some parts."""
        return reduce(or_, (self._readers.get(part, 0) for part in parts), 0)

    def said(self, case: Case) -> Said:
        """What the words of a flow answer."""
        content = case.content
        # INVARIANT: a content is kept with what it answers, so that no other one ever has its id.
        said = self._said.get(id(content))
        if said is None:
            named = ((facet, to_list(content, facet) or ()) for facet in LISTED)
            said = self._said[id(content)] = Said(
                content,
                [self._of_item(case, item) for item in content.items],
                [self.of_part("purpose", purpose) for purpose in case.purposes],
                {facet: [self.of_part(f"named {facet}", word.key) for word in words] for facet, words in named},
                self.of_parts(("basis", "means", "circumstance", "nothing"), case, None),
                gather(content.safeguards),
            )
        return said

    def _of_item(self, case: Case, item: Item) -> Bits:
        """What an item answers: alike for all items that differ only in where they stand."""
        key = (item.data.key, item.form and (item.form.key,), item.keep, case.flow is None)
        bits = self._items.get(key)
        if bits is None:
            bits = self._items[key] = self.of_parts(ITEM_PARTS, case, item)
        return bits

    def of_parts(self, parts: Iterable[str], case: Case, value: Value) -> Bits:
        """What all of some parts of a value answer."""
        bits = ALL
        for part in parts:
            if part in self._asking:
                bits &= self.of_part(part, PARTS[part][1](case, value))
        return bits

    def of_part(self, part: str, value: Value) -> Bits:
        """What a part answers."""
        if type(value) is Claims and value.keys:
            return self._of_claims(part, value)
        known = self._known.setdefault(part, {})
        # Nodes share one name space, and take long to hash.
        key = value.name if isinstance(value, Node) else value
        bits = known.get(key)
        if bits is None:
            bits = known[key] = self._answered(part, value)
        return bits

    def _of_claims(self, part: str, claims: Claims) -> Bits:
        """What claims answer: a question about them is met where any one of them meets it, however many there are."""
        met = reduce(or_, (self._met(part, key) for key in claims.keys))
        known = self._claimed.setdefault(part, {})
        bits = known.get((met, claims.open))
        if bits is None:
            bits = known[met, claims.open] = self._answered(part, claims)
        return bits

    def _met(self, part: str, key: str) -> int:
        """The questions that one claim meets, as bits."""
        met = self._meeting.get((part, key))
        if met is None:
            asking = enumerate(self._asking.get(part, ()))
            claim = Claims((key,))
            met = mask_of(number for number, (_, ask, _) in asking if ask(self.view, claim) is YES)
            self._meeting[part, key] = met
        return met

    def _answered(self, part: str, value: Value) -> Bits:
        impossible, uncertain = [], []
        for position, ask, negated in self._asking.get(part, ()):
            answer = ask(self.view, value)
            if answer is not (NO if negated else YES):
                uncertain.append(position)
                if answer is not MAYBE:
                    impossible.append(position)
        return Bits(~mask_of(impossible), ~mask_of(uncertain))
