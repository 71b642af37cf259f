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
        but = "not" if omission.certainty is Certainty.CERTAIN else "perhaps not"
        names = omission.elements.replace("`not declared`", "one that is not declared")
        message = f"the policy `{omission.clause.policy}` discloses purposes, but {but} {names}"
        yield context.omission(omission, message, HELP)
