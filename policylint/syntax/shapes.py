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
from itertools import pairwise
from typing import Any, NamedTuple

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
        self.clauses: dict[_Types, _Said | None] = {}

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
        fields: dict[str, Any] = {}
        for start, end in pairwise([*starts, len(words)]):
            said = self._clause(words, types, start, end)
            if said is None:
                return self._asked(words, types)
            if said.field in fields:
                return None  # the same thing twice, of which the parser complains
            fields[said.field] = said.value
        return Shape(**fields)

    def _clause(self, words: Sequence[str], types: _Types, start: int, end: int) -> "_Said | None":
        """What a clause says; a list, from lists of one entry each."""
        if types[start] == "keep" and words[start + 1 : start + 2] and words[start + 1].isdigit():
            return self._period(words, types, start, end)
        if types[start] not in LISTS:
            alone = self._alone(words[start:end], types[start:end])
            return alone and _Said(alone.field, _moved(alone.value, start))
        commas = [number for number in range(start, end) if types[number] == ","]
        entries: list[Any] = []
        field = ""
        for before, behind in pairwise([start, *commas, end]):
            # The lexeme before an entry, a comma but for the first one, stands for the one that begins the clause.
            alone = self._alone(
                (words[start], *words[before + 1 : behind]), (types[start], *types[before + 1 : behind])
            )
            if alone is None:
                return None
            field = alone.field
            entries.append(_moved(alone.value[0], before))
        return _Said(field, tuple(entries))

    def _period(self, words: Sequence[str], types: _Types, start: int, end: int) -> "_Said | None":
        """What `keep` says with a number, from what it says with another one."""
        one, more = ("keep", "1"), slice(start + 2, end)
        alone = self._alone((*one, *words[more]), (*one, *types[more]))
        if alone is None or not isinstance(alone.value, Lasting):
            return None
        return _Said(alone.field, _moved(alone.value._replace(amount=int(words[start + 1])), start))

    def _alone(self, words: Sequence[str], types: _Types) -> "_Said | None":
        """What a clause says that stands alone, or with one entry; None where that is not all that it is."""
        if types not in self.clauses:
            shape = self._asked(words, types)
            fields = [_Said(field, value) for field, value in shape._asdict().items() if value] if shape else []
            self.clauses[types] = fields[0] if len(fields) == 1 else None
        return self.clauses[types]

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


class _Said(NamedTuple):
    """What one clause says: a field of the shape and its value."""

    field: str
    value: Any


def _moved(value: Any, by: int) -> Any:
    """A value of a shape that stands so many lexemes further on."""
    if isinstance(value, Lasting):
        event = None if value.event is None else value.event + by
        return value._replace(event=event, first=value.first + by, last=value.last + by)
    if type(value) is tuple:
        return tuple([_moved(each, by) for each in value])
    return value + by if type(value) is int else value
