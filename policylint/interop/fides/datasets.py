"""A dataset of Fides in; the data that lies in it, by what it is there for and whose it is, out."""

from collections.abc import Iterator
from typing import NamedTuple

from policylint.interop.fides.tables import Table
from policylint.interop.fides.words import unknown


class Part(NamedTuple):
    """Data of a dataset with the same uses and subjects; both may be left open. All are keys of Fides."""

    uses: tuple[str, ...]
    subjects: tuple[str, ...]
    data: tuple[str, ...]


class Content(NamedTuple):
    """The parts of a dataset, and what is left to do in it."""

    parts: tuple[Part, ...]
    todos: tuple[str, ...]

    @property
    def idle(self) -> tuple[str, ...]:
        """The data that is there for no use that the dataset states."""
        return tuple(dict.fromkeys(key for part in self.parts if not part.uses for key in part.data))

    @property
    def data(self) -> tuple[str, ...]:
        """All data, each key once."""
        return tuple(dict.fromkeys(key for part in self.parts for key in part.data))


def content(dataset: Table) -> Content:
    """What lies in a dataset. Collections and fields have what they do not say themselves from what they lie in."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[str, None]] = {}
    todos: list[str] = []
    for table, part in _levels(dataset, Part((), (), ())):
        found.setdefault((part.uses, part.subjects), {}).update(dict.fromkeys(part.data))
        todos += unknown(table) if table is not dataset else ()
    parts = (Part(*told, tuple(data)) for told, data in found.items() if data)
    return Content(tuple(parts), tuple(todos))


def _levels(table: Table, above: Part) -> Iterator[tuple[Table, Part]]:
    own = Part(
        table.texts("data_uses") or table.texts("data_purposes") or above.uses,
        table.texts("data_subjects") or above.subjects,
        table.texts("data_categories") or above.data,
    )
    yield table, own
    inner = ("collections", "collection") if table.kind == "dataset" else ("fields", "field")
    for each in table.tables(*inner):
        yield from _levels(each, own)
