"""PL602: a service or party is run in a way that a policy rules out."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import forbids, rule

HELP = "move or change the service as the clause says"


@rule("PL602", governs=forbids("operation"))
def forbidden_operation(context: Context) -> Iterator[Finding]:
    """Report each service or party of a bound party that must not be so."""
    for breach in context.breaches:
        verb = breach.says("is", "may be")
        message = f"{breach.receiver} {verb} run in a way that the policy rules out"
        yield context.breach(breach, message, HELP)
