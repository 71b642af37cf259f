"""PL301: data goes to another place without the safeguard that a policy promises."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import requires, rule

HELP = (
    "put the safeguard in place and claim it with `with …` on the flow or the recipient, or keep the data where it is"
)


@rule("PL301", governs=requires("transfer"))
def unsafeguarded_transfer(context: Context) -> Iterator[Finding]:
    """Report each transfer without what it needs."""
    for breach in context.breaches:
        perhaps = breach.says("", "perhaps ")
        to = f"{breach.sender} sends {breach.data} to {breach.places}"
        message = f"{to} {perhaps}without {breach.lacking}"
        yield context.breach(breach, message, HELP)
