"""PL201: data of people of an age that a policy makes a promise about."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import any_obligation, rule

FORBIDDEN = "keep people of that age out, and say so: `subject … aged 16+`"
REQUIRED = "meet what the clause asks for at that age, or keep such people out: `subject … aged 16+`"


@rule("PL201", governs=any_obligation(stating="age"))
def underage_subject(context: Context) -> Iterator[Finding]:
    """Report each flow that concerns people of that age."""
    for breach in context.breaches:
        verb = breach.says("concerns", "may concern")
        message = f"the {breach.declared} {verb} {breach.person}, of whom the policy promises something else"
        help = REQUIRED if breach.obligation.kind == "require" else FORBIDDEN
        yield context.breach(breach, message, help)
