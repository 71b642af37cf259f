"""PL113: a flow gives data to a recipient that a policy which lists its recipients does not list."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import discloses, rule

HELP = "disclose the kind of recipient in the policy, or do not send data there"


@rule("PL113", governs=discloses("recipient"))
def undisclosed_recipient(context: Context) -> Iterator[Finding]:
    """Report, for each flow and policy, all recipients that no list covers."""
    for omission in context.omissions:
        yield context.omission(omission, HELP)
