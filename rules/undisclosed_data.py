"""PL111: a flow collects or uses data that a policy which lists its data does not list."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import discloses, rule

HELP = "disclose the data in the policy, or leave it out of the flow"


@rule("PL111", governs=discloses("data"))
def undisclosed_data(context: Context) -> Iterator[Finding]:
    """Report, for each flow and policy, all data that no list covers."""
    for omission in context.omissions:
        yield context.omission(omission, HELP)
