"""PL502: data is used without what a policy asks for."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import requires, rule

HELP = "meet what the clause asks for, and claim it on the flow"


@rule("PL502", governs=requires("use"))
def unmet_use_requirement(context: Context) -> Iterator[Finding]:
    """Report each flow that uses data without what that needs."""
    for breach in context.breaches:
        perhaps = breach.says("", "perhaps ")
        uses = f"the flow `{breach.flow.name}` uses {breach.data} for {breach.purposes}"
        message = f"{uses} {perhaps}without {breach.lacking}"
        yield context.breach(breach, message, HELP)
