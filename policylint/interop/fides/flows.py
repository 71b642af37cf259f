"""Privacy declarations and datasets of Fides in; flows out.

A declaration with an ingress is a flow from each, one with an egress a flow to each. A dataset that is referenced is a
flow from it, with its data and the declaration's, for the declaration's use and subjects, as `fides evaluate` has it.
The data that nothing is said to bring to the system for a use is a flow from the system to itself: that is use and
retention, and neither collection nor sharing nor transfer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from policylint.interop.fides.datasets import Content
from policylint.interop.fides.nodes import DIRECTIONS, USER, Key, Node, declarations, said, streams
from policylint.interop.fides.tables import Table
from policylint.interop.fides.words import Names, Read, Words, block, clause, quoted, unknown

_PERIOD = re.compile(r"\d{1,6} (hour|day|week|month|year)s?")
_LONGEST_NAME = 40


class _Use(NamedTuple):
    """What a privacy declaration says of all its flows; `at` is the system, which keeps what reaches it."""

    at: str
    name: str
    label: str
    data: Read
    purposes: Read
    subjects: Read
    bases: tuple[str, ...] = ()
    keep: str = ""


class _Way(NamedTuple):
    """From where to where, and what is said of the data and the people on this way alone."""

    sender: str
    receiver: str
    ending: str = ""
    data: Read = Read(())
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flows:
    """Makes the flows of systems and datasets, among all nodes and the contents of datasets."""

    words: Words
    nodes: Mapping[Key, Node]
    contents: Mapping[str, Content]
    names: Names = field(default_factory=Names)

    def of_system(self, system: Table) -> Iterator[str]:
        """The flows of each privacy declaration; of what reaches or leaves a system without one nothing is known."""
        uses = declarations(system)
        if not uses and any(streams(system, direction) for direction in DIRECTIONS):
            uses = (Table("privacy declaration", system.place, {}),)
        for table in uses:
            use = self._use(system, table)
            first, *others = self._ways(system, table, use)
            yield "\n".join([*said(table), self._flow(use, first, list(self._left(table, use)))])
            yield from (self._flow(use, way) for way in others)

    def of_dataset(self, dataset: Table) -> Iterator[str]:
        """The uses that a dataset states itself."""
        at = self.nodes["dataset", dataset.key()].name
        for part in self.contents[dataset.key()].parts:
            if part.uses:
                data, purposes = self.words.read("data", part.data), self.words.read("purpose", part.uses)
                use = _Use(at, at, "", data, purposes, self.words.read("subject", part.subjects))
                yield self._flow(use, _Way(at, at), _unread(use))

    def _use(self, system: Table, table: Table) -> _Use:
        data = self.words.read("data", table.texts("data_categories"))
        purposes = self.words.read("purpose", filter(None, [table.text("data_use")]))
        about = re.sub("[^a-z0-9]+", "_", (table.text("name") or table.text("data_use").rpartition(".")[2]).lower())
        at = self.nodes["system", system.key()].name
        keep = " ".join(table.text("retention_period").lower().split())
        return _Use(
            at,
            f"{at}_{about[:_LONGEST_NAME].strip('_')}".rstrip("_"),
            table.text("name"),
            data if data.words else Read(("anything",), ("Fides does not say which data: say it",)),
            purposes if purposes.words else Read(("anything",), ("Fides does not say what for: say it",)),
            self.words.read("subject", table.texts("data_subjects")),
            self._bases(table).words,
            keep if _PERIOD.fullmatch(keep) else "",
        )

    def _bases(self, table: Table) -> Read:
        usual = self.words.measures("basis", filter(None, [table.text("legal_basis_for_processing")]))
        basis = filter(None, [table.text("special_category_legal_basis")])
        special = self.words.measures("basis", basis, special=True)
        return Read(usual.words + special.words, usual.todos + special.todos)

    def _left(self, table: Table, use: _Use) -> Iterator[str]:
        """What is left to do about a privacy declaration."""
        yield from _unread(use)
        yield from self._bases(table).todos
        yield from unknown(table)
        if table.text("retention_period") and not use.keep:
            yield f"`{table.text('retention_period')}` is no period: write `keep`, as in `keep 30 days`"
        if table.says("processes_special_category_data") and not self.words.is_sensitive(use.data.words):
            yield "Fides says that special categories are among the data: say which"

    def _ways(self, system: Table, table: Table, use: _Use) -> Iterator[_Way]:
        """All ways of a privacy declaration, those into the system first."""
        arriving = list(_streams(system, table, "ingress"))
        for dataset in table.texts("dataset_references") or system.texts("dataset_references"):
            lies_there = self.contents.get(dataset, Content((), ())).data
            arriving.append((("dataset", dataset), (*table.texts("data_categories"), *lies_there)))
        arrived: set[str] = set()
        for key, keys in arriving:
            data = self.words.read("data", keys)
            arrived.update(data.words or use.data.words)
            for name, people in self._ends(key, use):
                yield _Way(name, use.at, f"_from_{name}", data, people)
        rest = tuple(word for word in use.data.words if word not in arrived)
        if rest:
            yield _Way(use.at, use.at, "", Read(rest))
        for key, keys in _streams(system, table, "egress"):
            data = self.words.read("data", keys)
            for name, people in self._ends(key, use):
                yield _Way(use.at, name, f"_to_{name}", data, people)
        if table.says("data_shared_with_third_parties"):
            others = self.nodes["third parties", system.key()].name
            shared = self.words.read("data", table.texts("shared_categories"))
            whom = (f"say who they are: {table.text('third_parties')}",) if table.text("third_parties") else ()
            yield _Way(use.at, others, f"_to_{others}", Read(shared.words, shared.todos + whom))

    def _ends(self, key: Key, use: _Use) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The nodes that a key stands for; `user` stands for each of the people, with a way of their own."""
        if key == USER:
            yield from ((person, (person,)) for person in use.subjects.words or ("anyone",))
        else:
            yield self.nodes[key].name, ()

    def _flow(self, use: _Use, way: _Way, todos: Sequence[str] = ()) -> str:
        clauses = [
            *clause("data", way.data.words or use.data.words),
            *clause("purpose", use.purposes.words),
            *clause("subject", way.people or use.subjects.words),
            *clause("basis", use.bases),
            *([f"keep {use.keep}"] if use.keep and way.receiver == use.at else []),
        ]
        head = f"flow {self.names.give(use.name + way.ending)} from {way.sender} to {way.receiver} {quoted(use.label)}"
        return block(head, list(dict.fromkeys([*todos, *way.data.todos])), clauses)


def _unread(use: _Use) -> list[str]:
    return [*use.data.todos, *use.purposes.todos, *use.subjects.todos]


def _streams(system: Table, table: Table, direction: str) -> Iterator[tuple[Key, tuple[str, ...]]]:
    """What a privacy declaration names, and what none of the system's declarations does; with the data, if said."""
    defined = streams(system, direction)
    claimed = {key for each in declarations(system) for key in each.texts(direction)}
    for key in (*table.texts(direction), *(key for key in defined if key not in claimed)):
        yield defined.get(key, (("system", key), ()))
