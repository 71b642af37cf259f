"""PL302: data goes to a place where a policy promises that it does not go."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import forbids, rule

HELP = "keep the data where the clause says, or choose a recipient there"


@rule("PL302", governs=forbids("transfer"))
def forbidden_transfer(context: Context) -> Iterator[Finding]:
    """Report each transfer that must not be."""
    for breach in context.breaches:
        verb = breach.says("goes", "may go")
        message = f"{breach.data} {verb} to {breach.places}, where the policy does not let it"
        yield context.breach(breach, message, HELP)
