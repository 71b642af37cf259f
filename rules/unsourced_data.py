"""PL901: a service sends data that never reached it."""

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from policylint.finding.finding import Certainty, Finding, Severity, listed
from policylint.model.flow import Flow
from policylint.model.values import Item
from policylint.rule.context import Context
from policylint.rule.description import rule
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer

HELP = "declare the flow that brings it, or correct the data"


class _Arrived(NamedTuple):
    """What reaches a service."""

    entering: Sequence[Flow]
    """The flows that arrive at itself."""
    nodes: Sequence[str]
    """The nodes where that arrives which may go on from it."""
    kinds: Set[str]
    """The kinds of data that may go on."""


@rule("PL901", severity=Severity.WARNING)
def unsourced_data(context: Context) -> Iterator[Finding]:
    """Report each flow out of a service that other flows enter, but not with such data."""
    routes = context.travel.routes
    known: dict[str, _Arrived] = {}
    unclear: dict[str, Sequence[Flow]] = {}
    for flow in context.flows:
        sender = flow.sender
        if sender.kind != "service":
            continue
        arrived = known.get(sender.name)
        if arrived is None:
            arrived = _Arrived(routes.entering(sender), routes.arrivals(sender), routes.supplied(sender))
            known[sender.name] = arrived
        if not arrived.entering or (arrived.entering[0] is flow and len(arrived.entering) == 1):
            continue
        is_loop = flow.receiver.name in arrived.nodes
        if not is_loop and arrived.kinds >= set(routes.kinds(flow.content)):
            continue
        unsourced = [_unsourced(context, unclear, flow, item) for item in flow.content.items]
        worst = max(unsourced, default=NO)
        if worst is NO:
            continue
        items = [item for answer, item in zip(unsourced, flow.items, strict=True) if answer is worst]
        certainty = Certainty.CERTAIN if worst is YES else Certainty.POSSIBLE
        names = [item.data.text for item in items]
        message = f"`{sender.name}` sends {listed(names)}, but no declared flow brings it there"
        yield context.plain(message, items[0].data.span, flow.declaration, HELP, certainty, sorted(names))


def _unsourced(context: Context, unclear: dict[str, Sequence[Flow]], flow: Flow, item: Item) -> Answer:
    """Whether no other flow brought such data; maybe where an unknown word might be that data."""
    if context.travel.reached(flow.sender, item.data.identity, flow):
        return NO
    return MAYBE if item.data.key is None or _is_unclear(context, unclear, flow) else YES


def _is_unclear(context: Context, unclear: dict[str, Sequence[Flow]], flow: Flow) -> bool:
    """Whether another flow with an unknown word arrives where a flow starts. `unclear`: those known so far, by node."""
    routes = context.travel.routes
    for name in routes.arrivals(flow.sender):
        node = context.model.nodes.get(name)
        if node is not None and name not in unclear:
            several = routes.entering(node)
            unclear[name] = [each for each in several if any(item.data.key is None for item in each.content.items)]
        if any(other is not flow for other in unclear.get(name, ())):
            return True
    return False
