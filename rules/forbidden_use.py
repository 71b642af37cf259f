"""PL501: data is used for something, or in a way, that a policy rules out."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import forbids, rule

HELP = "leave that data or that purpose out of the flow, or meet an exception that the clause names"


@rule("PL501", governs=forbids("use"))
def forbidden_use(context: Context) -> Iterator[Finding]:
    """Report each flow that uses data as it must not."""
    for breach in context.breaches:
        verb = breach.says("uses", "may use")
        message = f"the flow `{breach.flow.name}` {verb} {breach.data} for {breach.purposes} against the policy"
        yield context.breach(breach, message, HELP)
