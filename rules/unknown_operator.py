"""PL005: a service that nobody is said to run."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import rule
from policylint.source.mistake import MistakeKind


@rule("PL005", governs=MistakeKind.UNKNOWN_OPERATOR)
def unknown_operator(context: Context) -> Iterator[Finding]:
    """Report every mistake of this kind that reading and looking up met."""
    yield from map(context.mistake, context.mistakes)
