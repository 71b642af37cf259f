"""Two periods in; whether data is kept longer now, and what to call them, out."""

from policylint.model.period import Period
from policylint.triage.change import Judgement
from policylint.vocabulary.answer import YES

LASTS = {Judgement.WIDER: "longer", Judgement.NARROWER: "shorter", Judgement.CHANGED: "for another time"}
UNDECLARED = "not declared"


def compared(before: Period | None, after: Period | None) -> Judgement | None:
    """None where both are as long. What is not declared any more may be kept for ever."""
    if before == after:
        return None
    if after is None:
        return Judgement.WIDER
    if before is None:
        return Judgement.CHANGED if after.unit == "forever" else Judgement.NARROWER
    if after.beyond(before) is YES:
        return Judgement.WIDER
    if before.beyond(after) is YES:
        return Judgement.NARROWER
    # Neither is longer: the same in other words, where the event is the same and known.
    same = before.event is not None and before.event == after.event and after.beyond(before) is before.beyond(after)
    return None if same and _comparable(before, after) else Judgement.CHANGED


def called(period: Period | None) -> str:
    """A period as it would be written."""
    if period is None:
        return UNDECLARED
    if period.unit == "forever":
        return "forever"
    event = period.event or "an unknown event"
    if period.amount == 0:
        return f"until {event}"
    duration = f"{period.amount} {period.unit}" + ("" if period.amount == 1 else "s")
    return duration if event == "collected" else f"{duration} after {event}"


def _comparable(before: Period, after: Period) -> bool:
    return (before.unit in ("month", "year")) == (after.unit in ("month", "year"))
