"""A condition or a whole promise in; the words it is written with, in the one canonical spelling, out."""

from collections.abc import Iterable

from policylint.model.period import Period
from policylint.model.values import Condition, Disclosure, Measure, Obligation, Pattern, Subject, Target
from policylint.syntax.tree import Age

UNKNOWN = "?"
"""Stands for a word that is not known."""


def obligation_words(obligation: Obligation) -> str:
    """`require scc for transfer of personal outside EU unless consent`."""
    needs = " and ".join(" or ".join(map(condition_words, any_of)) for any_of in obligation.needs)
    head = f"require {needs} for {obligation.action}" if needs else f"{obligation.kind} {obligation.action}"
    excuses = " or ".join(" and ".join(map(condition_words, all_of)) for all_of in obligation.unless)
    return " ".join([head, *map(condition_words, obligation.patterns), *([f"unless {excuses}"] if excuses else [])])


def disclosure_words(disclosure: Disclosure) -> str:
    """`disclose purpose analytics, service of personal`."""
    names = _listed(map(_word, disclosure.terms)) or _listed(map(_target, disclosure.targets))
    return " ".join([f"disclose {disclosure.facet} {names}", *map(condition_words, disclosure.patterns)])


def condition_words(condition: Condition) -> str:
    """`of contact.email`, or a bare measure."""
    if isinstance(condition, Measure):
        return _word(condition.key)
    return f"{condition.preposition} {_names(condition)}"


def _names(pattern: Pattern) -> str:
    if pattern.preposition == "beyond":
        return period_words(pattern.period)
    return (
        _listed(map(_word, pattern.terms))
        or _listed(_word(measure.key) for measure in pattern.measures)
        or _listed(map(_target, pattern.targets))
        or _listed(map(subject_words, pattern.people))
    )


def subject_words(subject: Subject) -> str:
    """`visitor aged under 16 in CA`; a subject of which nothing is declared is said to be so."""
    if subject.term is None and subject.age is None and subject.place is None:
        return "people who are not declared"
    aged = f" aged {age_words(subject.age)}" if subject.age else ""
    return _word(subject.term) + aged + (f" in {subject.place}" if subject.place else "")


def age_words(age: Age) -> str:
    """`16+`, `under 16` or `13 to 15`."""
    if age.oldest is None:
        return f"{age.youngest}+"
    return f"under {age.oldest + 1}" if age.youngest == 0 else f"{age.youngest} to {age.oldest}"


def period_words(period: Period | None) -> str:
    """`30 days after account_closed`, `until unsubscribed`, `forever`."""
    if period is None:
        return UNKNOWN
    if period.unit == "forever":
        return "forever"
    event = period.event or UNKNOWN
    if period.amount == 0 and event != "collected":
        return f"until {event}"
    amount = f"{period.amount} {period.unit}" + ("" if period.amount == 1 else "s")
    return amount + ("" if event == "collected" else f" after {event}")


def _target(target: Target) -> str:
    return _word(target.recipient or target.node or target.subject)


def _word(key: str | None) -> str:
    return key if key is not None else UNKNOWN


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
