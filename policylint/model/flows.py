"""Flows as written in; flows with every name looked up out."""

from collections.abc import Mapping

from policylint.model.nodes import Homes, subject_node, unknown_node
from policylint.model.period import Period
from policylint.model.resolver import Resolver
from policylint.model.values import NOWHERE, Flow, FlowSpans, Item, Node, Subject, Word
from policylint.source.mistake import MistakeKind
from policylint.source.text import Span
from policylint.syntax import tree


def flow(
    declared: tree.FlowDeclaration, resolver: Resolver, nodes: Mapping[str, Node], homes: Homes, inside: str
) -> Flow:
    """Look up all that a flow names; data or purposes that are missing are mistakes, and not known."""
    for clause, given in (("data", declared.items), ("purpose", declared.purposes)):
        if not given:
            resolver.mistake(
                MistakeKind.MISSING_CLAUSE,
                declared.name,
                f"the flow `{declared.name.text}` has no `{clause}`",
                f"add `{clause} …`",
            )
    sender = _node(declared.sender, resolver, nodes, homes, inside)
    receiver = _node(declared.receiver, resolver, nodes, homes, inside)
    subjects = tuple(subject(who, resolver) for who in declared.subjects)
    spans = tuple(resolver.span(who.name) for who in declared.subjects)
    if not subjects and sender.kind == "subject":
        subjects, spans = (Subject(sender.name),), (resolver.span(declared.sender),)
    keep = resolver.period(declared.keep) if declared.keep else None
    return Flow(
        declared.name.text,
        declared.label,
        resolver.span(declared.name),
        sender,
        receiver,
        tuple(_item(item, resolver, receiver, keep) for item in declared.items)
        or (_undeclared(declared, resolver, receiver, keep),),
        resolver.all("purpose", declared.purposes),
        subjects,
        resolver.all("basis", declared.bases),
        resolver.all("safeguard", declared.safeguards),
        resolver.all("means", declared.means),
        resolver.all("circumstance", declared.circumstances),
        declared.consideration,
        FlowSpans(
            resolver.span(declared.sender),
            resolver.span(declared.receiver),
            spans,
            Span(resolver.path, declared.keep.start, declared.keep.end) if declared.keep else None,
        ),
    )


def subject(who: tree.Who, resolver: Resolver) -> Subject:
    """People of an age at a place; a place that is not known is not the same as none."""
    place = (resolver.word("place", who.place).key or NOWHERE) if who.place else None
    return Subject(resolver.word("subject", who.name).key, who.age, place)


def _node(name: tree.Name, resolver: Resolver, nodes: Mapping[str, Node], homes: Homes, inside: str) -> Node:
    if name.text == "here":
        return _here(name, resolver, nodes, homes, inside)
    if name.text in nodes:
        resolver.ledger.mentioned.add(("node", name.text))
        return nodes[name.text]
    term = resolver.words["subject"].find(name.text)
    if term is not None:
        resolver.ledger.mentioned.add(("subject", term))
        return subject_node(term)
    if ("subject", name.text) not in resolver.unclear:
        resolver.unknown(name, "service, party or subject", [*nodes, *resolver.words["subject"].terms])
    return unknown_node(name.text)


def _here(name: tree.Name, resolver: Resolver, nodes: Mapping[str, Node], homes: Homes, inside: str) -> Node:
    found = homes.of(inside)
    if len(found) == 1:
        resolver.ledger.mentioned.add(("node", found[0]))
        return nodes[found[0]]
    if found:
        both = " and ".join(f"`{service}`" for service in found)
        resolver.mistake(
            MistakeKind.UNKNOWN_NAME, name, f"`here` is not one service: {both} hold this file", "name the service"
        )
    else:
        help = f'add a glob to a service, such as `at "{inside}"`'
        resolver.mistake(MistakeKind.UNKNOWN_NAME, name, "`here` is no service: none holds this file", help)
    return unknown_node("here")


def _undeclared(declared: tree.FlowDeclaration, resolver: Resolver, receiver: Node, keep: Period | None) -> Item:
    """Data of which nothing is known, where a flow names none."""
    # Named after the flow: it is not the same as the undeclared data of another.
    nothing = Word(None, f"data of {declared.name.text}", resolver.span(declared.name))
    return Item(nothing, nothing, keep or _default(nothing, receiver, resolver))


def _item(item: tree.Item, resolver: Resolver, receiver: Node, keep: Period | None) -> Item:
    data = resolver.word("data", item.name)
    form = resolver.word("form", item.form) if item.form else None
    return Item(data, form, keep or _default(data, receiver, resolver))


def _default(data: Word, receiver: Node, resolver: Resolver) -> Period | None:
    """How long the receiving service keeps an item of which the flow does not say it; None where that is not declared.

    The deepest default at or above the item counts. Where one for finer data exists, the item is too coarse to tell.
    """
    order = resolver.words["data"]
    best: tuple[int, Period | None] | None = None
    for default in receiver.keeps:
        if default.data is None:
            if best is None:
                best = (-1, default.period)
            continue
        if default.data.key is None or data.key is None:
            return None
        if default.data.key in order.above(data.key):
            depth = len(order.above(default.data.key))
            if best is None or depth > best[0]:
                best = (depth, default.period)
        elif data.key in order.above(default.data.key):
            return None
    return best[1] if best else None
