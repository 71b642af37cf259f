"""PL101: data is sold that a policy promises not to sell."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import forbids, rule

HELP = "stop the sale, take nothing for the data (`consideration none`), or change the promise"


@rule("PL101", governs=forbids("sale"))
def forbidden_sale(context: Context) -> Iterator[Finding]:
    """Report each flow that is a sale, or may be one."""
    for breach in context.breaches:
        verb = breach.says("sells", "may sell")
        message = f"{breach.sender} {verb} {breach.data} to {breach.receiver}"
        yield context.breach(breach, message, HELP)
