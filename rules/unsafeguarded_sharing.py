"""PL103: data is shared or sold without what a policy promises for it."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import requires, rule

HELP = "agree on what the clause asks for with the recipient, and claim it on the flow or the recipient"


@rule("PL103", governs=requires("sharing", "sale"))
def unsafeguarded_sharing(context: Context) -> Iterator[Finding]:
    """Report each flow that shares without what it needs."""
    for breach in context.breaches:
        perhaps = breach.says("", "perhaps ")
        shares = f"{breach.sender} shares {breach.data} with {breach.receiver}"
        message = f"{shares} {perhaps}without {breach.lacking}"
        yield context.breach(breach, message, HELP)
