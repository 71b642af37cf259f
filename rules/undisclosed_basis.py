"""PL116: a flow rests on a basis that a policy which lists its bases does not list."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import discloses, rule

HELP = "disclose the basis in the policy, or rest the flow on one that is disclosed"


@rule("PL116", governs=discloses("basis"))
def undisclosed_basis(context: Context) -> Iterator[Finding]:
    """Report, for each flow and policy, all bases that no list covers."""
    for omission in context.omissions:
        yield context.omission(omission, HELP)
