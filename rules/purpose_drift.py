"""PL503: data is used for something it was not collected for."""

from collections.abc import Iterator

from policylint.finding.finding import Certainty, Finding, listed
from policylint.model.flow import Flow
from policylint.model.values import Item, Word
from policylint.rule.context import Context
from policylint.rule.description import rule
from policylint.vocabulary.answer import NO, YES, Answer

HELP = "collect the data for this purpose too, or use it for those it was collected for"


@rule("PL503", opt_in=True, rests_on_all=True)
def purpose_drift(context: Context) -> Iterator[Finding]:
    """Report each flow whose data came from people, by other flows, for other purposes."""
    for flow in context.flows:
        pairs = [(item, word) for item in flow.items for word in flow.purposes or (None,)]
        answers = [_strays(context, flow, item, word) for item, word in pairs if flow.sender.kind != "subject"]
        worst = max(answers, default=NO)
        if worst is NO:
            continue
        drifted = [pair for pair, answer in zip(pairs, answers, strict=True) if answer is worst]
        items = list(dict.fromkeys(item for item, _ in drifted))
        words = [word for word in dict.fromkeys(word for _, word in drifted) if word is not None]
        certainty = Certainty.CERTAIN if worst is YES else Certainty.POSSIBLE
        message = _message(context, flow, items, words, "uses" if worst is YES else "may use")
        names = sorted(item.data.text for item in items)
        yield context.plain(message, (words or [items[0].data])[0].span, flow.declaration, HELP, certainty, names)


def _message(context: Context, flow: Flow, items: list[Item], words: list[Word], verb: str) -> str:
    known = {each for item in items for each in context.travel.purposes(flow, item.data.identity)}
    collected = listed(sorted(each for each in known if each)) or "what is not declared"
    data = listed(item.data.text for item in items)
    purposes = listed(word.text for word in words) or "a purpose that is not declared"
    return f"the flow `{flow.name}` {verb} {data}, collected for {collected}, for {purposes}"


def _strays(context: Context, flow: Flow, item: Item, purpose: Word | None) -> Answer:
    """Whether a purpose lies outside all those that an item was collected for; no, where it was not collected."""
    compare = context.model.words["purpose"].compare
    collected = context.travel.purposes(flow, item.data.identity)
    fits = (compare(purpose.key if purpose else None, known) for known in collected)
    return max(fits, default=YES).negated()
