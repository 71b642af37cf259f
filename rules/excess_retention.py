"""PL401: data is kept longer than a policy promises."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import forbids, rule

HELP = "shorten `keep`, and delete what is older"


@rule("PL401", governs=forbids("retention", stating="beyond"))
def excess_retention(context: Context) -> Iterator[Finding]:
    """Report each flow whose receiver keeps data too long."""
    for breach in context.breaches:
        verb = breach.says("keeps", "may keep")
        message = f"{breach.receiver} {verb} {breach.data} longer than the policy lets it"
        yield context.breach(breach, message, HELP)
