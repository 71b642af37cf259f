"""What was written in; what it says, wherever it stands and however it is laid out, out."""

from typing import TYPE_CHECKING, Any

from policylint.syntax.parser import File
from policylint.syntax.tree import FlowBody, FlowDeclaration, Name

if TYPE_CHECKING:
    from policylint.syntax.commented import Spelling

_PLACE_IN_FILE = ("start", "end")


def says_the_same(one: File, other: File, spelled: "Spelling") -> bool:
    """Whether two files declare the same; the order of clauses and the spelling of places do not count."""
    return bare(one.declarations, spelled) == bare(other.declarations, spelled)


def bare(value: Any, spelled: "Spelling") -> object:
    """A value of `tree` without the places where it stood: what it says, and nothing else."""
    if isinstance(value, Name):
        return spelled(value.text)
    if isinstance(value, FlowDeclaration):
        names = (value.called, value.sends, value.receives)
        return *map(spelled, names), value.label, _said(value.body, spelled)
    if not isinstance(value, tuple):
        return value
    fields: tuple[str, ...] | None = getattr(value, "_fields", None)
    if fields is None:
        return tuple(bare(each, spelled) for each in value)
    return type(value).__name__, *(
        bare(getattr(value, field), spelled) for field in fields if field not in _PLACE_IN_FILE
    )


def _said(body: FlowBody, spelled: "Spelling") -> object:
    shape, words = body.shape, [spelled(word) for word in body.words()]

    def word(number: int | None) -> str | None:
        return None if number is None else words[number]

    return (
        [(word(data), word(form)) for data, form in shape.items],
        [(word(who), age, word(place)) for who, age, place in shape.subjects],
        [[words[number] for number in numbers] for numbers in (shape.purposes, shape.bases, shape.safeguards)],
        [[words[number] for number in numbers] for numbers in (shape.means, shape.circumstances)],
        shape.keep and (shape.keep.amount, shape.keep.unit, word(shape.keep.event)),
        shape.consideration,
        bare(body.waivers, spelled),
    )
