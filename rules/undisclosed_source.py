"""PL117: a flow collects data from a source that a policy which lists its sources does not list."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import discloses, rule

HELP = "disclose the source in the policy, or do not collect from it"


@rule("PL117", governs=discloses("source"))
def undisclosed_source(context: Context) -> Iterator[Finding]:
    """Report, for each flow and policy, all sources that no list covers."""
    for omission in context.omissions:
        yield context.omission(omission, HELP)
