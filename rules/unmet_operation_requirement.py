"""PL601: a service or party lacks what a policy promises of the company."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import requires, rule

HELP = "put it in place, and claim it with `with …` on the service or its party"


@rule("PL601", governs=requires("operation"))
def unmet_operation_requirement(context: Context) -> Iterator[Finding]:
    """Report each service or party of a bound party that lacks something."""
    for breach in context.breaches:
        verb = breach.says("does not have", "may not have")
        message = f"{breach.receiver} {verb} {breach.lacking}"
        yield context.breach(breach, message, HELP)
