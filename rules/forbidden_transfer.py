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
        verb = breach.says("sends", "may send")
        message = f"{breach.sender} {verb} {breach.data} to {breach.places} against the policy"
        yield context.breach(breach, message, HELP)
