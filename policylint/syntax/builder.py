"""What the grammar matched in; the values of `tree` out: one method per rule of the grammar, called by Lark."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple, cast

from lark import Token, Transformer

from policylint.syntax.literals import NotSoError, day_of, name_of, number_of, text_of
from policylint.syntax.tree import (
    Age,
    Clause,
    Disclosure,
    Item,
    Keep,
    Name,
    Obligation,
    PartyDeclaration,
    Pattern,
    Period,
    PolicyDeclaration,
    ServiceDeclaration,
    TermDeclaration,
    Waiver,
    Who,
    WrittenFlow,
)

Children = list[Any]


class _Entry(tuple[str, Any, Token]):
    """A clause on its way into its declaration: its field, its value and its keyword."""


def _entry(field: str, keyword: Token, value: object) -> _Entry:
    return _Entry((field, value, keyword))


def _single(field: str) -> Callable[["Builder", Children], _Entry]:
    """A clause with one value: a list of names that is built already, or a period."""
    return lambda _, children: _entry(field, children[0], children[1])


def _word(field: str) -> Callable[["Builder", Children], _Entry]:
    return lambda _, children: _entry(field, children[0], name_of(children[1]))


def _list(field: str) -> Callable[["Builder", Children], _Entry]:
    return lambda _, children: _entry(field, children[0], tuple(children[1:]))


def _fields(
    entries: Sequence[_Entry], defaults: dict[str, Any], repeated: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Put clauses into the fields of a declaration; each may stand once, those of `repeated` often."""
    fields = dict(defaults)
    lists: dict[str, list[Any]] = {field: [] for field in repeated}
    seen: dict[str, Token] = {}
    for field, value, keyword in entries:
        if field in repeated:
            lists[field].append(value)
            continue
        if field in seen:
            is_list = type(value) is tuple
            help = f"put all of it into one `{keyword}`, separated by commas" if is_list else "keep one of the two"
            raise NotSoError(f"`{keyword}` is given twice", *name_of(keyword)[1:], help=help)
        seen[field] = keyword
        fields[field] = value
    return {**fields, **{field: tuple(values) for field, values in lists.items()}}


def _pattern(preposition: str) -> Callable[["Builder", Children], Pattern]:
    word = cast(Literal["of"], preposition)

    def names(_: "Builder", children: Children) -> Pattern:
        return Pattern(word, children[1], (), None, children[0].start_pos, children[1][-1].end)

    return names


_PARTY = {"recipients": (), "works_for": None, "places": (), "safeguards": ()}
_SERVICE = {"party": None, "recipients": (), "places": (), "safeguards": (), "globs": ()}
_FLOW = {
    **dict.fromkeys(("items", "purposes", "subjects", "bases", "safeguards", "means", "circumstances"), ()),
    "keep": None,
    "consideration": None,
}
_POLICY = {"dated": None, "binds": (), "text": None}
_CLAUSE = {"pins": (), "hedged": None, "unchecked": None}


class _Aged(NamedTuple):
    """An age on its way into its subject, and where it ends."""

    age: Age
    end: int


class Builder(Transformer[Token, Any]):
    """Builds declarations while Lark parses, so that no parse tree is ever kept."""

    # Declarations

    def label(self, children: Children) -> str | None:
        return text_of(children[0]) if children else None

    def term(self, children: Children) -> TermDeclaration:
        _, facet, name, label = children
        return TermDeclaration(name_of(facet), name_of(name), label)

    def party(self, children: Children) -> PartyDeclaration:
        _, name, label, *entries = children
        return PartyDeclaration(name_of(name), label, **_fields(entries, _PARTY, frozenset(("waivers",))))

    def service(self, children: Children) -> ServiceDeclaration:
        _, name, label, *entries = children
        return ServiceDeclaration(name_of(name), label, **_fields(entries, _SERVICE, frozenset(("waivers", "keeps"))))

    def flow(self, children: Children) -> WrittenFlow:
        _, name, _, sender, _, receiver, label, *entries = children
        fields = _fields(entries, _FLOW, frozenset(("waivers",)))
        return WrittenFlow(name_of(name), name_of(sender), name_of(receiver), label, **fields)

    def policy(self, children: Children) -> PolicyDeclaration:
        _, name, title, *entries = children
        return PolicyDeclaration(name_of(name), text_of(title), **_fields(entries, _POLICY, frozenset(("clauses",))))

    # Clauses

    is_clause = _single("recipients")
    for_clause = _word("works_for")
    of_clause = _word("party")
    in_clause = _single("places")
    with_clause = _single("safeguards")
    data_clause = _list("items")
    purpose_clause = _single("purposes")
    subject_clause = _list("subjects")
    basis_clause = _single("bases")
    via_clause = _single("means")
    when_clause = _single("circumstances")
    flow_keep = _single("keep")
    binds_clause = _single("binds")

    def dated_clause(self, children: Children) -> _Entry:
        return _entry("dated", children[0], day_of(children[1]))

    def cites_entry(self, children: Children) -> _Entry:
        return _entry("pins", children[0], tuple(map(name_of, children[1:])))

    def at_clause(self, children: Children) -> _Entry:
        return _entry("globs", children[0], tuple(text_of(token) for token in children[1:]))

    def text_clause(self, children: Children) -> _Entry:
        keyword, path = children
        return _entry("text", keyword, Name(text_of(path), path.start_pos, path.end_pos))

    def consideration_clause(self, children: Children) -> _Entry:
        return _entry("consideration", children[0], str(children[1]))

    def service_keep(self, children: Children) -> _Entry:
        keyword, *data, period = children
        return _entry("keeps", keyword, Keep(name_of(data[0]) if data else None, period))

    def waiver(self, children: Children) -> _Entry:
        keyword, rule, *rest, _, reason = children
        policy = section = until = None
        if rest and rest[0].type == "ON":
            policy, section = name_of(rest[1]), name_of(rest[2])
        if rest and rest[-1].type == "DATE":
            until = day_of(rest[-1])
        waiver = Waiver(name_of(rule), policy, section, until, text_of(reason), keyword.start_pos, reason.end_pos)
        return _entry("waivers", keyword, waiver)

    # Policies

    def clause(self, children: Children) -> _Entry:
        keyword, section, label, *entries = children
        fields = _fields(entries, _CLAUSE, frozenset(("obligations", "disclosures")))
        return _entry("clauses", keyword, Clause(name_of(section), label, **fields))

    def hedged_entry(self, children: Children) -> _Entry:
        return _entry("hedged", children[0], text_of(children[2]))

    def unchecked_entry(self, children: Children) -> _Entry:
        return _entry("unchecked", children[0], text_of(children[2]))

    def forbid(self, children: Children) -> _Entry:
        keyword, action, *rest = children
        return self._obligation("forbid", keyword, name_of(action), (), rest)

    def require(self, children: Children) -> _Entry:
        keyword, needs, _, action, *rest = children
        return self._obligation("require", keyword, name_of(action), needs, rest)

    def _obligation(
        self,
        kind: Literal["forbid", "require"],
        keyword: Token,
        action: Name,
        needs: tuple[tuple[Name, ...], ...],
        rest: Children,
    ) -> _Entry:
        unless = rest.pop() if rest and not isinstance(rest[-1], Pattern) else ()
        last = unless[-1][-1] if unless else rest[-1] if rest else action
        value = Obligation(kind, action, tuple(rest), needs, unless, keyword.start_pos or 0, last.end)
        return _entry("obligations", keyword, value)

    def disclose(self, children: Children) -> _Entry:
        keyword, facet, names, *patterns = children
        last = patterns[-1] if patterns else names[-1]
        return _entry(
            "disclosures", keyword, Disclosure(name_of(facet), names, tuple(patterns), keyword.start_pos, last.end)
        )

    def needs(self, children: Children) -> tuple[tuple[Name, ...], ...]:
        return tuple(child for child in children if not isinstance(child, Token))

    def any_of(self, children: Children) -> tuple[Name, ...]:
        return tuple(name_of(child) for child in children if child.type == "NAME")

    all_of = needs
    unless = needs

    def measure(self, children: Children) -> Name:
        return name_of(children[0])

    of_pattern = _pattern("of")
    as_pattern = _pattern("as")
    to_pattern = _pattern("to")
    for_pattern = _pattern("for")
    into_pattern = _pattern("into")
    outside_pattern = _pattern("outside")
    via_pattern = _pattern("via")
    with_pattern = _pattern("with")

    def from_pattern(self, children: Children) -> Pattern:
        keyword, *people = children
        return Pattern("from", (), tuple(people), None, keyword.start_pos, people[-1].end)

    def beyond_pattern(self, children: Children) -> Pattern:
        keyword, period = children
        return Pattern("beyond", (), (), period, keyword.start_pos, period.end)

    # Shared pieces

    def names(self, children: Children) -> tuple[Name, ...]:
        return tuple(map(name_of, children))

    def item(self, children: Children) -> Item:
        return Item(name_of(children[0]), name_of(children[2]) if len(children) > 1 else None)

    def who(self, children: Children) -> Who:
        name = name_of(children[0])
        aged = next((child for child in children if type(child) is _Aged), None)
        place = next((child for child in children[1:] if type(child) is Name), None)
        end = place.end if place else aged.end if aged else name.end
        return Who(name, aged.age if aged else None, place, end)

    def where(self, children: Children) -> Name:
        return name_of(children[1])

    def aged_from(self, children: Children) -> "_Aged":
        return _Aged(Age(number_of(children[1]), None), children[1].end_pos + 1)

    def aged_under(self, children: Children) -> "_Aged":
        return _Aged(Age(0, number_of(children[2]) - 1), children[2].end_pos)

    def aged_between(self, children: Children) -> "_Aged":
        youngest, oldest = number_of(children[1]), number_of(children[3])
        if youngest > oldest:
            raise NotSoError(
                f"the ages `{youngest} to {oldest}` run backwards",
                children[1].start_pos,
                children[3].end_pos,
                help=f"write `{oldest} to {youngest}`",
            )
        return _Aged(Age(youngest, oldest), children[3].end_pos)

    def period_length(self, children: Children) -> Period:
        amount, unit, *rest = children
        event = name_of(rest[1]) if rest else None
        return Period(
            number_of(amount), unit.rstrip("s"), event, amount.start_pos, event.end if event else unit.end_pos
        )

    def period_until(self, children: Children) -> Period:
        keyword, event = children[0], name_of(children[1])
        return Period(0, "day", event, keyword.start_pos, event.end)

    def period_forever(self, children: Children) -> Period:
        return Period(0, "forever", None, children[0].start_pos, children[0].end_pos)
