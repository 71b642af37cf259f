"""Three answers: in go answers, out comes their least, their greatest or their opposite."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Answer(IntEnum):
    """What a comparison answers: no, maybe or yes, in this order."""

    NO = 0
    MAYBE = 1
    YES = 2


NO, MAYBE, YES = Answer.NO, Answer.MAYBE, Answer.YES


def truth(value: bool) -> Answer:
    """Give yes for true and no for false."""
    return YES if value else NO


def every(answers: Iterable[Answer]) -> Answer:
    """'`and` takes the least': nothing asked is a yes."""
    return min(answers, default=YES)


def some(answers: Iterable[Answer]) -> Answer:
    """'`or` the greatest': nothing offered is a no."""
    return max(answers, default=NO)


def opposite(answer: Answer) -> Answer:
    """Turn yes into no and no into yes; maybe stays."""
    return Answer(YES - answer)
