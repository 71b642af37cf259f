"""Two periods in; whether one is longer than the other out."""

from functools import cache
from typing import Literal, NamedTuple

from policylint.vocabulary.answer import MAYBE, NO, YES, Answer

_HOURS = {"hour": 1, "day": 24, "week": 7 * 24}
_MONTHS = {"month": 1, "year": 12}
_CYCLE = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31) * 3 + (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The days of the months of four years in a row, the last a leap year: 1461 days."""


class Period(NamedTuple):
    """A time after an event. `event` None: an event that is not known."""

    amount: int
    unit: Literal["hour", "day", "week", "month", "year", "forever"]
    event: str | None = "collected"

    def beyond(self, limit: "Period") -> Answer:
        """Whether this is longer than `limit`; maybe with another event, or where it depends on the months."""
        if limit.unit == "forever":
            return NO
        if self.unit == "forever":
            return YES
        if self.event is None or self.event != limit.event:
            return MAYBE
        if (self.unit in _MONTHS) == (limit.unit in _MONTHS):
            return YES if self._scaled() > limit._scaled() else NO
        shortest, longest = self._hours()
        if shortest > limit._hours()[1]:
            return YES
        return MAYBE if longest > limit._hours()[0] else NO

    def _scaled(self) -> int:
        return self.amount * (_MONTHS[self.unit] if self.unit in _MONTHS else _HOURS[self.unit])

    def _hours(self) -> tuple[int, int]:
        """The fewest and the most hours this can be."""
        if self.unit in _HOURS:
            return self._scaled(), self._scaled()
        fewest, most = _days(self._scaled())
        return 24 * fewest, 24 * most


@cache
def _days(months: int) -> tuple[int, int]:
    """The fewest and the most days that so many months in a row can have in a cycle of four years."""
    cycles, rest = divmod(months, len(_CYCLE))
    twice = _CYCLE * 2
    lengths = [sum(twice[first : first + rest]) for first in range(len(_CYCLE))]
    return cycles * sum(_CYCLE) + min(lengths), cycles * sum(_CYCLE) + max(lengths)
