"""PL114: a flow picks data up by means that a policy which lists its means does not list."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import discloses, rule

HELP = "disclose the means in the policy, or do without"


@rule("PL114", governs=discloses("means"))
def undisclosed_means(context: Context) -> Iterator[Finding]:
    """Report, for each flow and policy, all means that no list covers."""
    for omission in context.omissions:
        yield context.omission(omission, HELP)
