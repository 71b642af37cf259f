"""Text into declarations (section 3): recursive descent, one function per line of the grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from .reading_parts import people, period
from .reading_policy import policy
from .shapes import Broken, Declaration, Flow, Item, Keep, Party, Service, Term, Waiver
from .splitting import Piece
from .tokens import NUMBER, SECTION, Cursor, UnreadableError, tokens

HEAD = re.compile(r"(term|party|service|flow|policy)(?:\s+([A-Za-z0-9_.-]+))?(?:\s+([A-Za-z0-9_.-]+))?")


def declaration(piece: Piece) -> Declaration:
    """Read one declaration, or what its head still says when it is broken."""
    try:
        cursor = Cursor(tokens(piece.text))
        read = READERS.get(cursor.take())
        if read is None:
            raise UnreadableError("no declaration")
        found = read(cursor)
        cursor.end()
        return found
    except UnreadableError:
        return broken(piece.text)


def broken(text: str) -> Broken:
    """'A broken declaration's name counts as known, with nothing known about it.'"""
    match = HEAD.match(text)
    if match is None:
        return Broken("", "")
    keyword, first, second = match[1], match[2] or "", match[3] or ""
    return Broken(keyword, second, first) if keyword == "term" else Broken(keyword, first)


def term(cursor: Cursor) -> Term:
    """`term FACET NAME ["label"]`."""
    found = Term(cursor.name(), cursor.name())
    cursor.label()
    return found


def party(cursor: Cursor) -> Party:
    """`party NAME ["label"] { is RECIPIENTS  for PARTY  in PLACES  with SAFEGUARDS  waive… }`."""
    name = cursor.name()
    cursor.label()
    clauses = {
        "is": ("recipients", cursor.names),
        "for": ("works_for", cursor.name),
        "in": ("places", cursor.names),
        "with": ("safeguards", cursor.names),
    }
    return Party(name, **block(cursor, clauses, {"waive": ("waivers", lambda: waiver(cursor))}))


def service(cursor: Cursor) -> Service:
    """`service NAME ["label"] { of PARTY is … in … with … keep [DATA] PERIOD at "glob", …
    }`.
    """
    name = cursor.name()
    cursor.label()
    clauses = {
        "of": ("operator", cursor.name),
        "is": ("recipients", cursor.names),
        "in": ("places", cursor.names),
        "with": ("safeguards", cursor.names),
        "at": ("globs", lambda: cursor.listed(cursor.string)),
    }
    repeated = {
        "waive": ("waivers", lambda: waiver(cursor)),
        "keep": ("keeps", lambda: kept(cursor)),
    }
    return Service(name, **block(cursor, clauses, repeated))


def flow(cursor: Cursor) -> Flow:
    """`flow NAME from NODE to NODE ["label"] { … }`."""
    name = cursor.name()
    cursor.exactly("from")
    sender = cursor.name()
    cursor.exactly("to")
    receiver = cursor.name()
    cursor.label()
    clauses = {
        "data": ("data", lambda: cursor.listed(lambda: item(cursor))),
        "purpose": ("purposes", cursor.names),
        "subject": ("subjects", lambda: people(cursor)),
        "basis": ("basis", cursor.names),
        "with": ("safeguards", cursor.names),
        "via": ("means", cursor.names),
        "when": ("circumstances", cursor.names),
        "keep": ("keep", lambda: period(cursor)),
        "consideration": ("consideration", lambda: consideration(cursor)),
    }
    repeated = {"waive": ("waivers", lambda: waiver(cursor))}
    return Flow(name, sender, receiver, **block(cursor, clauses, repeated))


Clauses = Mapping[str, tuple[str, Callable[[], Any]]]


def block(cursor: Cursor, once: Clauses, repeated: Clauses) -> dict[str, Any]:
    """'Clauses come in any order, each at most once (except `waive` and a service's `keep`).'"""
    found: dict[str, Any] = {}
    cursor.exactly("{")
    while not cursor.optional("}"):
        keyword = cursor.take()
        if keyword in repeated:
            field, read = repeated[keyword]
            found[field] = (*found.get(field, ()), read())
        elif keyword in once and once[keyword][0] not in found:
            field, read = once[keyword]
            found[field] = read()
        else:
            raise UnreadableError(f"'A clause given twice is PL001', so is one that is not known: {keyword}")
    return found


def item(cursor: Cursor) -> Item:
    """ITEM = NAME [as FORM]."""
    name = cursor.name()
    return Item(name, cursor.name() if cursor.optional("as") else None)


def consideration(cursor: Cursor) -> str:
    """`consideration  money | value | none`."""
    if cursor.peek() not in ("money", "value", "none"):
        raise UnreadableError("not a consideration")
    return cursor.take()


def kept(cursor: Cursor) -> Keep:
    """`keep [DATA] PERIOD`."""
    starts_period = cursor.fits(NUMBER) or cursor.peek() in ("until", "forever")
    return Keep(None if starts_period else cursor.name(), period(cursor))


def waiver(cursor: Cursor) -> Waiver:
    """`waive RULE [on POLICY:SECTION] [until DATE] because "reason"`."""
    rule, policy_name, section = cursor.name(), None, None
    if cursor.optional("on"):
        policy_name = cursor.name()
        cursor.exactly(":")
        section = cursor.matching(SECTION)
    until = cursor.date() if cursor.optional("until") else None
    cursor.exactly("because")
    cursor.string()
    return Waiver(rule, policy_name, section, until)


READERS: Mapping[str, Callable[[Cursor], Declaration]] = {
    "term": term,
    "party": party,
    "service": service,
    "flow": flow,
    "policy": policy,
}
