"""Periods (fine print): how long something is kept and how long it may be, in; beyond or
not, out.
"""

from __future__ import annotations

from .shapes import Period
from .three import MAYBE, NO, YES, Answer
from .words import Vocabulary

YEAR = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LEAP = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
CYCLE = (*YEAR, *YEAR, *YEAR, *LEAP)


def days_of(months: int) -> tuple[int, int]:
    """'As few or as many days as any n months in a row can have in a cycle of four years.'"""
    cycles, rest = divmod(months, len(CYCLE))
    twice = CYCLE + CYCLE
    sums = [sum(twice[start : start + rest]) for start in range(len(CYCLE))]
    whole = cycles * sum(CYCLE)
    return whole + min(sums), whole + max(sums)


def hours_of(period: Period) -> tuple[int, int]:
    """Give the fewest and the most hours of a period."""
    few, many = days_of(period.months)
    return period.hours + 24 * few, period.hours + 24 * many


def beyond(words: Vocabulary, kept: Period | None, limit: Period) -> Answer:
    """'yes: kept longer, or `forever`; maybe: not declared, other event, unit-dependent.'"""
    if limit.forever:
        return NO  # 'Nothing is beyond `forever`, not even what is not declared.'
    if kept is None:
        return MAYBE
    if kept.forever:
        return YES
    if not same_event(words, kept, limit):
        return MAYBE
    return longer(kept, limit)


def same_event(words: Vocabulary, kept: Period, limit: Period) -> bool:
    """'Periods compare only with the same event (none is `collected`); else *maybe*.'"""
    events = words.words("event", (kept.event, limit.event))
    return all(event.known for event in events) and kept.event == limit.event


def longer(kept: Period, limit: Period) -> Answer:
    """'Hours, days, weeks are one scale, months and years another.'"""
    if kept.hours == limit.hours == 0:
        return YES if kept.months > limit.months else NO
    few, many = hours_of(kept)
    few_allowed, many_allowed = hours_of(limit)
    if few > many_allowed:
        return YES
    return NO if many <= few_allowed else MAYBE
