"""Answers to many questions at once in two integers: one bit per question says maybe or yes, another one yes."""

from collections.abc import Iterable
from typing import NamedTuple

from policylint.vocabulary.answer import MAYBE, NO, YES, Answer


class Bits(NamedTuple):
    """Answers, by the position of their question: `&` is `and`, question by question."""

    possible: int
    certain: int

    def __and__(self, other: "Bits") -> "Bits":
        return Bits(self.possible & other.possible, self.certain & other.certain)

    def of(self, position: int) -> Answer:
        """The answer to one question."""
        return YES if self.certain >> position & 1 else MAYBE if self.possible >> position & 1 else NO

    @property
    def best(self) -> Answer:
        """The greatest of the answers: `or` over all questions."""
        return YES if self.certain else MAYBE if self.possible else NO


def bits(answers: Iterable[Answer]) -> Bits:
    """Answers, in the order of their questions, as bits."""
    possible = certain = 0
    for position, answer in enumerate(answers):
        if answer is not NO:
            possible |= 1 << position
            if answer is YES:
                certain |= 1 << position
    return Bits(possible, certain)
