"""PL115: a flow sends data to a place that a policy which lists its places does not list."""

from collections.abc import Iterator

from policylint.finding.finding import Certainty, Finding
from policylint.rule.context import Context
from policylint.rule.description import discloses, rule

HELP = "disclose the place in the policy, or keep the data elsewhere"


@rule("PL115", governs=discloses("place"))
def undisclosed_place(context: Context) -> Iterator[Finding]:
    """Report, for each flow and policy, all places that no list covers."""
    for omission in context.omissions:
        may = "is not" if omission.certainty is Certainty.CERTAIN else "may not be"
        message = f"the place {omission.elements} {may} disclosed by the policy `{omission.clause.policy}`"
        yield context.omission(omission, message, HELP)
