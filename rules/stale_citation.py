"""PL801: a clause cites a passage that is no longer in the policy's text."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import rule


@rule("PL801")
def stale_citation(context: Context) -> Iterator[Finding]:
    """Report each pin whose passage is gone, and each text that cannot be read."""
    citations = context.citations
    for policy in citations.policies:
        unreadable = citations.unreadable.get(policy.name)
        if unreadable and policy.text:
            message = f"the text of the policy `{policy.name}` cannot be read: {unreadable.reason}"
            help = f"put the text that the policy was written from at `{unreadable.path}`"
            yield context.plain(message, policy.text.span, f"policy {policy.name}", help)
    if next(citations.stale(), None) is None:
        return
    from policylint.citation.drift import explained  # looking for what changed takes more code than seeing that it did

    for stale, message, help in explained(citations):
        yield context.stale(stale, message, help)
