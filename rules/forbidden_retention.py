"""PL402: data is kept that, or where, a policy promises that it is not."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import forbids, rule

HELP = "do not keep that data there, or keep it in a form that the clause allows"


@rule("PL402", governs=forbids("retention"))
def forbidden_retention(context: Context) -> Iterator[Finding]:
    """Report each flow whose receiver keeps what it must not."""
    for breach in context.breaches:
        verb = breach.says("keeps", "may keep")
        stays = any(map(breach.obligation.states, ("into", "outside")))
        where = f" in {breach.places}" if stays else ""
        message = f"{breach.receiver} {verb} {breach.data}{where} against the policy"
        yield context.breach(breach, message, HELP)
