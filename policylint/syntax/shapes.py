"""The text of a flow in; its declaration out, without the parser where the parser has read one of the same shape.

Whether the grammar accepts a text, and what it makes of it, depends on the types of its tokens alone. Two texts whose
lexemes are the same keywords, numbers and signs, with names in the same positions, have the same tokens, so that the
parser's answer for one is its answer for both. It is asked once for each shape of a clause. One clause after the other
is a flow of these clauses: none begins with a word that the clause before it could go on with; and entries with commas
between them are a list of these entries (`tests/syntax/test_shapes.py` asks the grammar's own tables for both).
All else is left to the parser.
"""

import re
from collections.abc import Callable, Sequence
from itertools import chain, pairwise
from typing import Any

from policylint.syntax.lexemes import placed, split
from policylint.syntax.phrases import CLAUSES
from policylint.syntax.tree import FlowBody, FlowDeclaration, Lasting, Name, Period, Shape, WrittenFlow

_NAME = r"[A-Za-z_][A-Za-z0-9_-]*+(?:\.[A-Za-z_][A-Za-z0-9_-]*+)*+"
_FLOW = re.compile(
    rf"flow[ \t\r\n]++({_NAME})[ \t\r\n]++from[ \t\r\n]++({_NAME})[ \t\r\n]++to[ \t\r\n]++({_NAME})[ \t\r\n]*+"
    r'(?:"([^"\\\r\n]*+)"[ \t\r\n]*+)?\{([^#"{}]*+(?:#[^\n]*+[^#"{}]*+)*+)\}'
)
_REST = re.compile(r"\s*+(?:#[^\n]*+\s*+)*+")
LISTS = frozenset(("data", "purpose", "subject", "basis", "with", "via", "when"))
"""The clauses of flows that are lists: what may stand first in one may stand behind any comma."""
FLOW_CLAUSES = frozenset(CLAUSES["flow"])
"""The words that clauses of flows begin with."""
_SAMPLE = "flow N from N to N { "
_LONGEST_NUMBER = 6
"""Digits of the longest number that is taken for one; the parser decides on what is longer."""

_Types = tuple[str | None, ...]
_Parse = Callable[[str], WrittenFlow | None]


class Shapes:
    """What the parser said of the flows and lines that were read so far.

    `parse` is the grammar: a flow, or None where it accepts none. `keywords` are the words that it knows.
    """

    def __init__(self, parse: _Parse, keywords: re.Pattern[str]) -> None:
        self._parse = parse
        self._keyword = keywords
        self._types: dict[str, str | None] = {sign: sign for sign in ",+{}"}
        self._flows: dict[_Types, Shape | None] = {}
        self.clauses: dict[_Types, Shape | None] = {}

    def declaration(self, text: str, start: int, end: int, bodies: dict[str, FlowBody]) -> FlowDeclaration | None:
        """The flow that stands there; None where the parser has to be asked. `bodies` are those seen by now."""
        match = _FLOW.match(text, start, end)
        if match is None or _REST.fullmatch(text, match.end(), end) is None:
            return None
        name, sender, receiver, label, content = match.groups()
        body = bodies.get(content)
        if body is None:
            shape = self._shape(content)
            if shape is None:
                return None
            body = bodies[content] = FlowBody(shape, content)
        return FlowDeclaration(
            Name(name, match.start(1), match.end(1)),
            Name(sender, match.start(2), match.end(2)),
            Name(receiver, match.start(3), match.end(3)),
            label,
            body,
            match.start(5),
        )

    def _shape(self, content: str) -> Shape | None:
        words = split(content)
        types = tuple(map(self._types.get, words))
        shape = self._flows.get(types)
        if shape is None:
            types = self._classified(words)
            if None in types:
                return None
            if types not in self._flows:
                self._flows[types] = self._composed(words, types)
            shape = self._flows[types]
        return shape

    def _composed(self, words: Sequence[str], types: _Types) -> Shape | None:
        """The shape of a flow, from those of its clauses; where these are not clear, from the parser."""
        starts = [number for number, word in enumerate(words) if number == 0 or word in FLOW_CLAUSES]
        parts: list[Shape] = []
        for start, end in pairwise([*starts, len(words)]):
            shape = self._clause(words[start:end], types[start:end])
            if shape is None:
                return self._asked(words, types)
            parts.append(_moved(shape, start))
        return _joined(parts)

    def _clause(self, words: Sequence[str], types: _Types) -> Shape | None:
        """The shape of a clause; of a list, from those of lists of one entry each."""
        commas = [number for number, type in enumerate(types) if type == ","] if types[0] in LISTS else []
        entries: list[Shape] = []
        for start, end in pairwise([0, *commas, len(types)]):
            # The word before an entry, a comma but for the first one, stands for the one that begins the clause.
            alone = (types[0], *types[start + 1 : end])
            if alone not in self.clauses:
                self.clauses[alone] = self._asked([words[0], *words[start + 1 : end]], alone)
            entry = self.clauses[alone]
            if entry is None:
                return None
            entries.append(_moved(entry, start))
        return entries[0] if len(entries) == 1 else _listed(entries)

    def _asked(self, words: Sequence[str], types: _Types) -> Shape | None:
        """What the parser says of clauses, with every name in them the same."""
        sample = " ".join("N" if type == "N" else word for word, type in zip(words, types, strict=True))
        written = self._parse(_SAMPLE + sample + " }")
        return shape_of(written, sample, len(_SAMPLE)) if written else None

    def _classified(self, words: Sequence[str]) -> _Types:
        return tuple(map(self.type_of, words))

    def type_of(self, word: str) -> str | None:
        """What decides on the type of a lexeme: a keyword or number itself; None for what is nothing of that kind."""
        if word not in self._types:
            self._types[word] = self._type(word)
        return self._types[word]

    def _type(self, word: str) -> str | None:
        if self._keyword.fullmatch(word) or (word.isascii() and word.isdigit() and len(word) <= _LONGEST_NUMBER):
            return word
        return "N" if re.fullmatch(_NAME, word) else None


def body_of(written: WrittenFlow, text: str, offset: int) -> FlowBody:
    """The body of a flow that the parser read, in a text that begins at `offset` and holds the body."""
    return FlowBody(shape_of(written, text, offset), text, written.waivers)


def shape_of(written: WrittenFlow, text: str, offset: int) -> Shape:
    """Where the words of a flow stand in a text that begins at `offset`, as numbers of lexemes."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for number, match in enumerate(placed(text)):
        starts[match.start() + offset] = ends[match.end() + offset] = number

    def at(name: Name) -> int:
        return starts[name.start]

    def all_of(names: Sequence[Name]) -> tuple[int, ...]:
        return tuple(map(at, names))

    def lasting(keep: Period) -> Lasting:
        event = at(keep.event) if keep.event else None
        return Lasting(keep.amount, keep.unit, event, starts[keep.start], ends[keep.end])

    return Shape(
        tuple((at(item.name), at(item.form) if item.form else None) for item in written.items),
        all_of(written.purposes),
        tuple((at(who.name), who.age, at(who.place) if who.place else None) for who in written.subjects),
        all_of(written.bases),
        all_of(written.safeguards),
        all_of(written.means),
        all_of(written.circumstances),
        lasting(written.keep) if written.keep else None,
        written.consideration,
    )


def _moved(shape: Shape, by: int) -> Shape:
    """A shape behind so many lexemes."""

    def moved(number: int | None) -> int | None:
        return None if number is None else number + by

    def all_of(numbers: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(number + by for number in numbers)

    keep = shape.keep
    return Shape(
        tuple((data + by, moved(form)) for data, form in shape.items),
        all_of(shape.purposes),
        tuple((who + by, age, moved(place)) for who, age, place in shape.subjects),
        all_of(shape.bases),
        all_of(shape.safeguards),
        all_of(shape.means),
        all_of(shape.circumstances),
        keep and Lasting(keep.amount, keep.unit, moved(keep.event), keep.first + by, keep.last + by),
        shape.consideration,
    )


def _listed(entries: Sequence[Shape]) -> Shape:
    """Lists of one entry each in one list."""
    lists: list[Any] = [
        tuple(chain.from_iterable(field)) for field in zip(*(each[:7] for each in entries), strict=True)
    ]
    return Shape(*lists)


def _joined(parts: Sequence[Shape]) -> Shape | None:
    """Clauses in one shape; None where two of them are of one kind, for the parser to complain."""
    fields: dict[str, Any] = {}
    for part in parts:
        said = {field: value for field, value in part._asdict().items() if value}
        if fields.keys() & said.keys():
            return None
        fields |= said
    return Shape(**fields)
