"""PL112: a flow uses data for a purpose that a policy which lists its purposes does not list."""

from collections.abc import Iterator

from policylint.finding.finding import Certainty, Finding
from policylint.rule.context import Context
from policylint.rule.description import discloses, rule

HELP = "disclose the purpose in the policy, or leave it out of the flow"


@rule("PL112", governs=discloses("purpose"))
def undisclosed_purpose(context: Context) -> Iterator[Finding]:
    """Report, for each flow and policy, all purposes that no list covers."""
    for omission in context.omissions:
        may = "is not" if omission.certainty is Certainty.CERTAIN else "may not be"
        message = f"the purpose {omission.elements} {may} disclosed by the policy `{omission.clause.policy}`"
        yield context.omission(omission, message, HELP)
