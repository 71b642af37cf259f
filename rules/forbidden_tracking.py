"""PL701: data is picked up by means that a policy promises not to use."""

from collections.abc import Iterator

from policylint.finding.finding import Finding, listed
from policylint.rule.breach import Breach
from policylint.rule.context import Context
from policylint.rule.description import forbids, rule
from policylint.vocabulary.answer import YES

HELP = "remove the cookie, script or device identifier, or collect in a way that the clause allows"


@rule("PL701", governs=forbids("collection", "use", stating="via"))
def forbidden_tracking(context: Context) -> Iterator[Finding]:
    """Report each flow that uses such means."""
    for breach in context.breaches:
        verb = breach.says("picks up", "may pick up")
        means = _means(context, breach)
        message = f"the flow `{breach.flow.name}` {verb} {breach.data} via {means} against the policy"
        yield context.breach(breach, message, HELP)


def _means(context: Context, breach: Breach) -> str:
    """The means of the flow that the clause speaks of, for a sentence."""
    compare = context.model.words["means"].compare
    patterns = (each for each in breach.obligation.patterns if each.preposition == "via")
    wanted = [measure.key for pattern in patterns for measure in pattern.measures]
    found = [word.text for word in breach.flow.means if any(compare(word.key, key) is YES for key in wanted)]
    return listed(found) or "means that are not known"
