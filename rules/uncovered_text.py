"""PL804: a passage of a policy's text that no clause cites."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import rule

HELP = "cite it in the clause that says it, or add a clause"
SHOWN = 60
"""So many characters of a passage stand in the message; the place shows the rest."""


@rule("PL804", opt_in=True)
def uncovered_text(context: Context) -> Iterator[Finding]:
    """Report each sentence, list item and heading that is in no clause's `cites`."""
    citations = context.citations
    for policy in citations.policies:
        for passage in citations.uncovered(policy):
            words = passage.text if len(passage.text) <= SHOWN else passage.text[: SHOWN - 1] + "…"
            message = f"no clause of the policy `{policy.name}` cites “{words}”"
            span = citations.texts[policy.name].span(passage)
            yield context.plain(message, span, f"policy {policy.name}", HELP, identity=(passage.pin,))
