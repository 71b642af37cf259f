"""PL503: data is used for something it was not collected for."""

from collections.abc import Iterator

from policylint.finding.finding import Certainty, Finding, Severity, listed
from policylint.model.values import Flow, Item
from policylint.rule.context import Context
from policylint.rule.description import rule
from policylint.vocabulary.answer import NO, YES, Answer

HELP = "collect the data for this purpose too, or use it for those it was collected for"


@rule("PL503", opt_in=True, severity=Severity.ERROR)
def purpose_drift(context: Context) -> Iterator[Finding]:
    """Report each flow whose data came from elsewhere for other purposes."""
    for flow in context.flows:
        drifted = [(_drift(context, flow, item), item) for item in flow.items if flow.sender.kind != "subject"]
        worst = max((answer for answer, _ in drifted), default=NO)
        if worst is NO:
            continue
        items = [item for answer, item in drifted if answer is worst]
        certainty = Certainty.CERTAIN if worst is YES else Certainty.POSSIBLE
        purposes = {purpose for item in items for purpose in context.travel.purposes(flow, item.data.key)}
        collected = sorted(purpose or "a purpose that is not declared" for purpose in purposes)
        data, verb = listed(item.data.text for item in items), "is" if worst is YES else "may be"
        message = f"{data} {verb} used for what it was not collected for: it was for {listed(collected)}"
        names = sorted(item.data.text for item in items)
        yield context.plain(message, items[0].data.span, flow.declaration, HELP, certainty, names)


def _drift(context: Context, flow: Flow, item: Item) -> Answer:
    """Whether some purpose of the flow lies outside all those that an item was collected for."""
    collected = context.travel.purposes(flow, item.data.key)
    compare = context.model.words["purpose"].compare
    if not collected:
        return NO
    purposes = [word.key for word in flow.purposes] or [None]
    return min(max(compare(purpose, known) for known in collected) for purpose in purposes).negated()
