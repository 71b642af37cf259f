"""PL901: a service sends data that never reached it."""

from collections.abc import Iterator

from policylint.finding.finding import Certainty, Finding, Severity, listed
from policylint.model.flow import Flow
from policylint.model.values import Item
from policylint.rule.context import Context
from policylint.rule.description import rule
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer

HELP = "declare the flow that brings it, or correct the data"


@rule("PL901", severity=Severity.WARNING)
def unsourced_data(context: Context) -> Iterator[Finding]:
    """Report each flow out of a service that other flows enter, but not with such data."""
    for flow in context.flows:
        routes = context.travel.routes
        entering = routes.entering(flow.sender) if flow.sender.kind == "service" else ()
        if not any(other is not flow for other in entering):
            continue
        is_loop = flow.receiver.name in routes.arrivals(flow.sender)
        if not is_loop and routes.supplied(flow.sender).issuperset(routes.kinds(flow.content)):
            continue
        unsourced = [_unsourced(context, flow, item) for item in flow.content.items]
        worst = max(unsourced, default=NO)
        if worst is NO:
            continue
        items = [item for answer, item in zip(unsourced, flow.items, strict=True) if answer is worst]
        certainty = Certainty.CERTAIN if worst is YES else Certainty.POSSIBLE
        data = listed(item.data.text for item in items)
        message = f"`{flow.sender.name}` sends {data}, but no declared flow brings it there"
        names = sorted(item.data.text for item in items)
        yield context.plain(message, items[0].data.span, flow.declaration, HELP, certainty, names)


def _unsourced(context: Context, flow: Flow, item: Item) -> Answer:
    """Whether no other flow brought such data; maybe where an unknown word might be that data."""
    if context.travel.reached(flow.sender, item.data.identity, flow):
        return NO
    if item.data.key is None:
        return MAYBE
    arriving = (other for other in context.travel.routes.arriving(flow.sender) if other is not flow)
    return MAYBE if any(each.data.key is None for other in arriving for each in other.content.items) else YES
