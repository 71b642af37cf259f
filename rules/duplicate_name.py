"""PL003: a name or section that is declared twice."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import rule
from policylint.source.mistake import MistakeKind


@rule("PL003", governs=MistakeKind.DUPLICATE_NAME)
def duplicate_name(context: Context) -> Iterator[Finding]:
    """Report every mistake of this kind that reading and looking up met."""
    yield from map(context.mistake, context.mistakes)
