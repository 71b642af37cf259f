"""Formulas in; their literals with positions, and the answers of every part of an atom to all of them at once, out."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from policylint.verdict.actions import Action
from policylint.verdict.answers import Answers, Bits, together
from policylint.verdict.case import Case, View
from policylint.verdict.ends import AllEnds
from policylint.verdict.formula import Clause, Formula, spelt_out
from policylint.verdict.parts import FLOW, PARTS, Value
from policylint.verdict.said import Contents
from policylint.verdict.search import mask_of


class Numbered(NamedTuple):
    """A formula whose literals have positions; `always` is that of all clauses of one literal together."""

    does: Action
    facet: str | None
    always: int
    clauses: Sequence[Sequence[int]]
    parts: frozenset[str]
    """What it looks at."""


class Questionnaire:
    """All questions of some formulas. What a part of an atom answers is kept, for all atoms that have it."""

    def __init__(self, view: View, formulas: Sequence[Formula]) -> None:
        self.view = view
        self.parts = {part: Answers(view) for part in PARTS}
        self._count = 0
        self.formulas = [self._numbered(spelt_out(formula)) for formula in formulas]
        self._readers = {part: mask_of(answers.positions) for part, answers in self.parts.items()}
        self.dimensions: list[set[int]] = [set() for _ in range(self._count)]
        """Of each literal: the dimensions of an atom that it looks at."""
        for part, (dimension, _) in PARTS.items():
            for position in self.parts[part].positions if dimension != FLOW else ():
                self.dimensions[position].add(dimension)
        self.contents = Contents(view, self.parts)
        self.ends = AllEnds()

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
        return Numbered(formula.does, formula.facet, always, clauses, parts)

    def _next(self, literals: Clause) -> int:
        position = self._count
        self._count += 1
        self._ask(position, literals)
        return position

    def _ask(self, position: int, literals: Clause) -> None:
        for literal in literals:
            for question in literal.questions:
                self.parts[question.part].ask(position, question, literal.negated)

    def read(self, parts: Iterable[str]) -> int:
        """The literals that look at any of some parts."""
        return reduce(or_, (self._readers[part] for part in parts), 0)

    def of_parts(self, parts: Iterable[str], case: Case, value: Value) -> Bits:
        """What all of some parts of a value answer."""
        wanted = [part for part in parts if self.parts[part].are_wanted]
        return together(*[self.parts[part][PARTS[part][1](case, value)] for part in wanted])
