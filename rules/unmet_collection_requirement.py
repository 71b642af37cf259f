"""PL703: data is collected without what a policy asks for."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import requires, rule

HELP = "meet what the clause asks for, and claim it on the flow"


@rule("PL703", governs=requires("collection"))
def unmet_collection_requirement(context: Context) -> Iterator[Finding]:
    """Report each flow that collects without what that needs."""
    for breach in context.breaches:
        perhaps = breach.says("", "perhaps ")
        message = f"{breach.receiver} collects {breach.data} {perhaps}without {breach.lacking}"
        yield context.breach(breach, message, HELP)
