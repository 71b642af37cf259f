"""PL111: a flow collects or uses data that a policy which lists its data does not list."""

from collections.abc import Iterator

from policylint.finding.finding import Certainty, Finding
from policylint.rule.context import Context
from policylint.rule.description import discloses, rule

HELP = "disclose the data in the policy, or leave it out of the flow"


@rule("PL111", governs=discloses("data"))
def undisclosed_data(context: Context) -> Iterator[Finding]:
    """Report, for each flow and policy, all data that no list covers."""
    for omission in context.omissions:
        but = "not" if omission.certainty is Certainty.CERTAIN else "perhaps not"
        message = f"the policy `{omission.clause.policy}` discloses data, but {but} {omission.elements}"
        yield context.omission(omission, message, HELP)
