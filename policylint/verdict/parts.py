"""A case and an atom in; the parts of them that comparisons depend on, by name, out."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from policylint.model.flow import Content
from policylint.model.values import NONE, NOWHERE, UNKNOWN, Claims, Item, Subject, Word
from policylint.verdict.case import Atom, Case

ELEMENT, ITEM, SUBJECT, PURPOSE, PLACE, FLOW = range(6)
"""What a part belongs to: one value of an atom (the element that a list has to name among them), or the whole flow."""

Value = Any
"""A value of one of these dimensions, or of a part; which type it has goes with the part's name."""


def form_key(item: Item) -> str | None:
    """The form of an item; None for an unknown one."""
    return item.form.key if item.form else "identified"


def known(place: str | None) -> str | None:
    """A subject's place, None for one that was named with an unknown word."""
    return None if place == NOWHERE else place


def origins(case: Case, subject: Subject) -> tuple[str | None, ...]:
    """Where data comes from: the places of the sender, or of the people it is about where they send it."""
    if case.flow is None:
        return (None,)
    return (known(subject.place),) if case.is_from_people else case.flow.sender.places.places()


def _claimed_form(case: Case, item: Item) -> Claims:
    """A form as something that is claimed; of an operation none is."""
    form = form_key(item)
    return NONE if case.flow is None else UNKNOWN if form is None else Claims((form,))


LISTED = ("means", "basis")
"""The facets in which all that a flow claims has to be listed."""


def to_list(content: Content, facet: str | None) -> Sequence[Word] | None:
    """What a flow claims of a facet, where all that is claimed there has to be listed; None for other facets."""
    return {"means": content.means, "basis": content.bases}.get(facet or "")


PARTS: Mapping[str, tuple[int, Callable[[Case, Value], Value]]] = MappingProxyType(
    {
        "named means": (ELEMENT, lambda case, key: key),
        "named basis": (ELEMENT, lambda case, key: key),
        "data": (ITEM, lambda case, item: item.data.key),
        "form": (ITEM, lambda case, item: form_key(item)),
        "claimed form": (ITEM, _claimed_form),
        "keep": (ITEM, lambda case, item: item.keep),
        "subject": (SUBJECT, lambda case, subject: subject),
        "adequacy": (
            SUBJECT,
            lambda case, subject: (
                case.world.adequacy.regimes(origins(case, subject)),
                case.places,
                case.claimed("safeguard"),
            ),
        ),
        "purpose": (PURPOSE, lambda case, purpose: purpose),
        "place": (PLACE, lambda case, place: place),
        "sender": (FLOW, lambda case, _: case.flow.sender if case.flow else case.receiver),
        "receiver": (FLOW, lambda case, _: case.receiver),
        "basis": (FLOW, lambda case, _: case.claimed("basis")),
        "safeguard": (FLOW, lambda case, _: case.claimed("safeguard")),
        "means": (FLOW, lambda case, _: case.claimed("means")),
        "circumstance": (FLOW, lambda case, _: case.claimed("circumstance")),
        "consideration": (FLOW, lambda case, _: case.content.consideration),
        "nothing": (FLOW, lambda case, _: None),
    }
)
"""Each part's dimension, and how it is read from a value of that."""


def part_of(case: Case, atom: Atom, part: str, element: str | None = None) -> Value:
    """What an atom, or the element it comes with, has as a part."""
    dimension, read = PARTS[part]
    carried = atom.carried
    return read(case, (element, carried.item, carried.subject, atom.purpose, atom.place, None)[dimension])
