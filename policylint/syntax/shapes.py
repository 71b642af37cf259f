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
from sys import intern
from typing import Any, NamedTuple

from policylint.syntax.lexemes import placed, split
from policylint.syntax.token_types import CLAUSE, ENTRY, NUMBER, WORD, StrangeError, Types
from policylint.syntax.tree import FlowBody, FlowDeclaration, Lasting, Name, Period, Shape, WrittenFlow

_FLOW = re.compile(
    rf"flow[ \t\r\n]++({WORD})[ \t\r\n]++from[ \t\r\n]++({WORD})[ \t\r\n]++to[ \t\r\n]++({WORD})[ \t\r\n]*+"
    r'(?:"([^"\\\r\n]*+)"[ \t\r\n]*+)?\{([^#"{}]*+(?:#[^\n]*+[^#"{}]*+)*+)\}\s*+(?:#[^\n]*+\s*+)*+'
)
LISTS = frozenset(("data", "purpose", "subject", "basis", "with", "via", "when"))
"""The clauses of flows that are lists: what may stand first in one may stand behind any comma."""
_SAMPLE = "flow N from N to N { "

_Types = tuple[str, ...]
_Parse = Callable[[str], WrittenFlow | None]


class Shapes:
    """What the parser said of the clauses that were read so far. `parse` is the grammar: a flow, or None."""

    def __init__(self, parse: _Parse, types: Types) -> None:
        self._parse = parse
        self._types = types
        self.clauses: dict[_Types, _Said | None] = {}
        self._standing: dict[tuple[str, int], _Said] = {}
        """What clauses without numbers say, by the characters of their lexemes and the number of the first one."""
        self._unclear: dict[_Types, Shape | None] = {}
        """What the parser said of flows that are not simply one clause after the other."""

    def declaration(self, text: str, start: int, end: int, bodies: dict[str, FlowBody]) -> FlowDeclaration | None:
        """The flow that stands there; None where the parser has to be asked. `bodies` are those seen by now."""
        match = _FLOW.fullmatch(text, start, end)
        if match is None:
            return None
        name, sender, receiver, label, content = match.groups()
        body = bodies.get(content)
        if body is None:
            shape = self._shape(content)
            if shape is None:
                return None
            body = bodies[content] = FlowBody(shape, content)
        at = match.start
        begin = at(1)
        places = (at(2) - begin, at(3) - begin, at(5) - begin)
        return FlowDeclaration(
            name, begin, intern(sender), places[0], intern(receiver), places[1], label, body, places[2]
        )

    def _shape(self, content: str) -> Shape | None:
        """The shape of a flow, from those of its clauses; where these are not clear, from the parser."""
        words = split(content)
        try:
            characters = self._types.characters(words)
        except StrangeError:
            return None
        fields: dict[str, Any] = {}
        start = 0
        for clause in CLAUSE.findall(characters):
            end = start + len(clause)
            said = self._standing.get((clause, start)) or self._clause(clause, words[start:end], start)
            if said is None:
                return self._whole(self._types.each(words))
            if said.field in fields:
                return None  # the same thing twice, of which the parser complains
            fields[said.field] = said.value
            start = end
        return Shape(**fields)

    def _clause(self, characters: str, words: Sequence[str], start: int) -> "_Said | None":
        """What a clause says that begins at some lexeme; remembered, if it has no number and so may well come again."""
        types = self._types.each(words)
        if types[0] in LISTS:
            said = self._list(characters, types, start)
        elif characters[1:2] == NUMBER:
            said = self._period(types, start)
        else:
            alone = self._alone(types)
            said = alone and _Said(alone.field, _moved(alone.value, start))
        if said and NUMBER not in characters:
            self._standing[characters, start] = said
        return said

    def _list(self, characters: str, types: _Types, start: int) -> "_Said | None":
        """What a list says, from lists of one entry each."""
        keyword = types[:1]
        field, entries = "", list[Any]()
        before = 0
        for entry in ENTRY.findall(characters):
            # The lexeme before an entry, a comma but for the first one, stands for the one that begins the clause.
            behind = before + len(entry)
            alone = self._alone(keyword + types[before + 1 : behind])
            if alone is None:
                return None
            field = alone.field
            entries.append(_moved(alone.value[0], start + before))
            before = behind
        is_of_names = type(entries[0]) is int
        return _Said(field, range(start + 1, start + len(types), 2) if is_of_names else tuple(entries))

    def _period(self, types: _Types, start: int) -> "_Said | None":
        """What a clause says that goes on with a number, as only `keep` does, from what it says with another one."""
        alone = self._alone((types[0], "1", *types[2:]))
        if alone is None or not isinstance(alone.value, Lasting):
            return None
        return _Said(alone.field, _moved(alone.value, start, int(types[1])))

    def _alone(self, types: _Types) -> "_Said | None":
        """What a clause says that stands alone, or with one entry; None where that is not all that it is."""
        alone = self.clauses.get(types)
        if alone is None and types not in self.clauses:
            shape = self._asked(types)
            fields = [_Said(field, value) for field, value in shape._asdict().items() if value] if shape else []
            alone = self.clauses[types] = fields[0] if len(fields) == 1 else None
        return alone

    def _whole(self, types: _Types) -> Shape | None:
        """What the parser says of all clauses of a flow."""
        if types not in self._unclear:
            self._unclear[types] = self._asked(types)
        return self._unclear[types]

    def _asked(self, types: _Types) -> Shape | None:
        """What the parser says of clauses, with every name in them the same."""
        sample = " ".join(types)
        written = self._parse(_SAMPLE + sample + " }")
        return shape_of(written, sample, len(_SAMPLE)) if written else None


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

    def all_of(names: Sequence[Name]) -> range:
        return range(at(names[0]), at(names[-1]) + 1, 2) if names else range(0)

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


def _moved(value: Any, by: int, amount: int | None = None) -> Any:
    """A value of a shape that stands so many lexemes further on; a period perhaps with another amount."""
    if isinstance(value, Lasting):
        of_sample, unit, event, first, last = value
        return Lasting(
            of_sample if amount is None else amount, unit, None if event is None else event + by, first + by, last + by
        )
    if type(value) is tuple:
        return tuple([each + by if type(each) is int else each for each in value])
    return value + by if type(value) is int else value
