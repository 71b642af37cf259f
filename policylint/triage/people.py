"""Subjects in; whether one is covered by another, and how they are written, out."""

from policylint.model.values import NOWHERE, Subject
from policylint.vocabulary.facet import Facet


def is_within(one: Subject, other: Subject, subjects: Facet, places: Facet) -> bool:
    """Whether everybody who is the one is the other. What is not declared may be anything."""
    if other.term is not None and (one.term is None or other.term not in subjects.above(one.term)):
        return False
    if other.age is not None and (one.age is None or not _is_inside(one, other)):
        return False
    if other.place is None or one.place == other.place:
        return True
    return one.place not in (None, NOWHERE) and other.place in places.above(one.place or "")


def called(subject: Subject) -> str:
    """A subject as it is written: `visitor aged 16+ in CA`."""
    age = ""
    if subject.age is not None:
        youngest, oldest = subject.age
        age = f" aged {youngest}+" if oldest is None else f" aged {youngest} to {oldest}"
        if youngest == 0 and oldest is not None:
            age = f" aged under {oldest + 1}"
    return (subject.term or "unknown people") + age + (f" in {subject.place}" if subject.place else "")


def _is_inside(one: Subject, other: Subject) -> bool:
    if one.age is None or other.age is None:
        return other.age is None
    if one.age.youngest < other.age.youngest:
        return False
    return other.age.oldest is None or (one.age.oldest is not None and one.age.oldest <= other.age.oldest)
