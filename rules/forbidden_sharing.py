"""PL102: data is shared that a policy promises not to share."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import forbids, rule

HELP = "stop the flow, leave that data out, or meet an exception that the clause names"


@rule("PL102", governs=forbids("sharing"))
def forbidden_sharing(context: Context) -> Iterator[Finding]:
    """Report each flow that shares what it must not."""
    for breach in context.breaches:
        verb = breach.says("shares", "may share")
        message = f"{breach.sender} {verb} {breach.data} with {breach.receiver} against the policy"
        yield context.breach(breach, message, HELP)
