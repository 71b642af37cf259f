"""PL112: a flow uses data for a purpose that a policy which lists its purposes does not list."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import discloses, rule

HELP = "disclose the purpose in the policy, or leave it out of the flow"


@rule("PL112", governs=discloses("purpose"))
def undisclosed_purpose(context: Context) -> Iterator[Finding]:
    """Report, for each flow and policy, all purposes that no list covers."""
    for omission in context.omissions:
        yield context.omission(omission, HELP)
