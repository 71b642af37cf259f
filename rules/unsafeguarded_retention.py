"""PL403: data is kept without the protection that a policy promises."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import requires, rule

HELP = "put the measure in place, and claim it with `with …` on the service"


@rule("PL403", governs=requires("retention"))
def unsafeguarded_retention(context: Context) -> Iterator[Finding]:
    """Report each flow whose receiver keeps data without what that needs."""
    for breach in context.breaches:
        perhaps = breach.says("", "perhaps ")
        message = f"{breach.receiver} keeps {breach.data} {perhaps}without {breach.lacking}"
        yield context.breach(breach, message, HELP)
