"""PL115: a flow sends data to a place that a policy which lists its places does not list."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import discloses, rule

HELP = "disclose the place in the policy, or keep the data elsewhere"


@rule("PL115", governs=discloses("place"))
def undisclosed_place(context: Context) -> Iterator[Finding]:
    """Report, for each flow and policy, all places that no list covers."""
    for omission in context.omissions:
        yield context.omission(omission, HELP)
