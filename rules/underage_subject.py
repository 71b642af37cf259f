"""PL201: data of people of an age that a policy makes a promise about."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import any_obligation, rule

HELP = "keep people of that age out, and say so: `subject … aged 16+`"
REQUIRED = "meet what the clause asks for at that age, or keep such people out: `subject … aged 16+`"


@rule("PL201", governs=any_obligation(stating="age"))
def underage_subject(context: Context) -> Iterator[Finding]:
    """Report each flow that concerns people of that age."""
    for breach in context.breaches:
        verb = breach.says("is", "may be")
        rest, help = "an age that the policy rules out here", HELP
        if breach.obligation.kind == "require":
            rest, help = "without what the policy asks for at that age", REQUIRED
        yield context.breach(breach, f"{breach.data} {verb} of {breach.person}, {rest}", help)
