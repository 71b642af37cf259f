"""Text into policies (section 5)."""

from __future__ import annotations

from .reading_parts import people, period
from .shapes import Alternative, Clause, Obligation, Part, Policy
from .tokens import PIN, SECTION, Cursor, UnreadableError

PREPOSITIONS = ("of", "as", "from", "to", "for", "into", "outside", "via", "with", "beyond")


def policy(cursor: Cursor) -> Policy:
    """`policy NAME "title" { dated DATE  binds PARTY, …  text "path"  clause … }`."""
    name = cursor.name()
    binds: tuple[str, ...] = ()
    cursor.string()
    clauses: list[Clause] = []
    seen: list[str] = []
    cursor.exactly("{")
    while not cursor.optional("}"):
        keyword = cursor.take()
        once(keyword, seen, repeatable=("clause",))
        if keyword == "dated":
            cursor.date()
        elif keyword == "binds":
            binds = cursor.names()
        elif keyword == "text":
            cursor.string()
        elif keyword == "clause":
            clauses.append(clause(cursor))
        else:
            raise UnreadableError(f"not a part of a policy: {keyword}")
    return Policy(name, binds, tuple(clauses))


def once(keyword: str, seen: list[str], repeatable: tuple[str, ...]) -> None:
    """'A clause given twice is PL001.'"""
    if keyword in seen and keyword not in repeatable:
        raise UnreadableError(f"given twice: {keyword}")
    seen.append(keyword)


def clause(cursor: Cursor) -> Clause:
    """`clause SECTION ["what it says"] { … }`."""
    section = cursor.matching(SECTION)
    cursor.label()
    obligations: list[Obligation] = []
    seen: list[str] = []
    cursor.exactly("{")
    while not cursor.optional("}"):
        keyword = cursor.take()
        once(keyword, seen, repeatable=tuple(OBLIGATIONS))
        if keyword in OBLIGATIONS:
            obligations.append(OBLIGATIONS[keyword](cursor))
        elif keyword == "cites":
            cursor.listed(lambda: cursor.matching(PIN))
        elif keyword in ("hedged", "unchecked"):
            cursor.exactly("because")
            cursor.string()
        else:
            raise UnreadableError(f"not a part of a clause: {keyword}")
    return Clause(section, "hedged" in seen, "unchecked" in seen, tuple(obligations))


def forbid(cursor: Cursor) -> Obligation:
    """`forbid ACTION PATTERN… [unless CONDITION]`."""
    return Obligation("forbid", cursor.name(), parts=pattern(cursor), unless=unless(cursor))


def require(cursor: Cursor) -> Obligation:
    """`require NEEDS for ACTION PATTERN… [unless CONDITION]`."""
    needs = [need(cursor)]
    while cursor.optional("and"):
        needs.append(need(cursor))
    cursor.exactly("for")
    action = cursor.name()
    return Obligation("require", action, tuple(needs), (), pattern(cursor), unless(cursor))


def need(cursor: Cursor) -> tuple[str, ...]:
    """NEED = MEASURE or MEASURE …; NEEDS = NEED and NEED …: here `or` binds tighter."""
    measures = [cursor.name()]
    while cursor.optional("or"):
        measures.append(cursor.name())
    return tuple(measures)


def disclose(cursor: Cursor) -> Obligation:
    """`disclose FACET NAME, … PATTERN…`."""
    return Obligation("disclose", cursor.name(), names=cursor.names(), parts=pattern(cursor))


OBLIGATIONS = {"forbid": forbid, "require": require, "disclose": disclose}


def pattern(cursor: Cursor) -> tuple[Part, ...]:
    """PATTERN…: any number of prepositions."""
    parts = []
    while cursor.peek() in PREPOSITIONS:
        parts.append(part(cursor))
    return tuple(parts)


def part(cursor: Cursor) -> Part:
    """One preposition and the names, people or period after it."""
    word = cursor.take()
    if word == "from":
        return Part(word, people=people(cursor))
    if word == "beyond":
        return Part(word, period=period(cursor))
    return Part(word, names=cursor.names())


def unless(cursor: Cursor) -> tuple[Alternative, ...]:
    """CONDITION = ALT or ALT …"""
    if not cursor.optional("unless"):
        return ()
    found = [alternative(cursor)]
    while cursor.optional("or"):
        found.append(alternative(cursor))
    return tuple(found)


def alternative(cursor: Cursor) -> Alternative:
    """ALT = COND and COND …; COND = MEASURE | PATTERN: here `and` binds tighter."""
    measures: list[str] = []
    parts: list[Part] = []
    while True:
        if cursor.peek() in PREPOSITIONS:
            parts.append(part(cursor))
        else:
            measures.append(cursor.name())
        if not cursor.optional("and"):
            return Alternative(tuple(measures), tuple(parts))
