"""People, ages and periods: the small parts that flows and policies share."""

from __future__ import annotations

from .shapes import Age, Period, Who
from .tokens import Cursor, UnreadableError

HOURS = {"hour": 1, "day": 24, "week": 7 * 24}
MONTHS = {"month": 1, "year": 12}


def people(cursor: Cursor) -> tuple[Who, ...]:
    """WHO, …"""
    return cursor.listed(lambda: who(cursor))


def who(cursor: Cursor) -> Who:
    """WHO = NAME [aged AGE] [in PLACE]."""
    name = cursor.name()
    years = age(cursor) if cursor.optional("aged") else None
    return Who(name, years, cursor.name() if cursor.optional("in") else None)


def age(cursor: Cursor) -> Age:
    """AGE = 16+ | under 16 | 13 to 15."""
    if cursor.optional("under"):
        return Age(0, cursor.number() - 1)
    low = cursor.number()
    if cursor.optional("+"):
        return Age(low, None)
    cursor.exactly("to")
    return Age(low, cursor.number())


def period(cursor: Cursor) -> Period:
    """PERIOD = DURATION [after EVENT] | until EVENT | forever."""
    if cursor.optional("forever"):
        return Period(forever=True)
    if cursor.optional("until"):
        return Period(event=cursor.name())
    count, unit = cursor.number(), cursor.take().removesuffix("s")
    if unit not in HOURS and unit not in MONTHS:
        raise UnreadableError(f"not a unit: {unit}")
    event = cursor.name() if cursor.optional("after") else "collected"
    return Period(event, count * HOURS.get(unit, 0), count * MONTHS.get(unit, 0))
