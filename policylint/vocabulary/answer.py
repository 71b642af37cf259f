"""Three answers: no, maybe, yes. `and` takes the least of them, `or` the greatest."""

from enum import IntEnum


class Answer(IntEnum):
    """What a comparison says; the order makes `min` and `max` into `and` and `or`."""

    NO = 0
    MAYBE = 1
    YES = 2

    def negated(self) -> "Answer":
        """Yes for no, no for yes; maybe stays."""
        return _NEGATED[self]


NO, MAYBE, YES = Answer.NO, Answer.MAYBE, Answer.YES
_NEGATED = (YES, MAYBE, NO)
