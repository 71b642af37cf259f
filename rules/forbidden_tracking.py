"""PL701: data is picked up by means that a policy promises not to use."""

from collections.abc import Iterator

from policylint.finding.finding import Finding, listed
from policylint.rule.context import Context
from policylint.rule.description import forbids, rule

HELP = "remove the cookie, script or device identifier, or collect in a way that the clause allows"


@rule("PL701", governs=forbids("collection", "use", stating="via"))
def forbidden_tracking(context: Context) -> Iterator[Finding]:
    """Report each flow that uses such means."""
    for breach in context.breaches:
        verb = breach.says("picks up", "may pick up")
        means = listed(word.text for word in breach.means)
        message = f"the flow `{breach.flow.name}` {verb} {breach.data} via {means} against the policy"
        yield context.breach(breach, message, HELP)
