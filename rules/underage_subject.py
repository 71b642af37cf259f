"""PL201: data of people of an age that a policy makes a promise about."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import any_obligation, rule

HELP = "keep people of that age out, and say so: `subject … aged 16+`"


@rule("PL201", governs=any_obligation(stating="age"))
def underage_subject(context: Context) -> Iterator[Finding]:
    """Report each flow that concerns people of that age."""
    for breach in context.breaches:
        verb = breach.says("concerns", "may concern")
        message = f"{breach.data} {verb} {breach.person}, an age that the policy rules out here"
        yield context.breach(breach, message, HELP)
