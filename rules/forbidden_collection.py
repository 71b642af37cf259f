"""PL702: data is collected that a policy promises not to collect."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import forbids, rule

HELP = "do not collect that data, or meet an exception that the clause names"


@rule("PL702", governs=forbids("collection"))
def forbidden_collection(context: Context) -> Iterator[Finding]:
    """Report each flow that collects what it must not."""
    for breach in context.breaches:
        verb = breach.says("collects", "may collect")
        message = f"{breach.receiver} {verb} {breach.data} against the policy"
        yield context.breach(breach, message, HELP)
