"""PL004: a flow without data or purpose, a policy that binds nobody, a clause that says nothing."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import rule
from policylint.source.mistake import MistakeKind


@rule("PL004", governs=MistakeKind.MISSING_CLAUSE)
def missing_clause(context: Context) -> Iterator[Finding]:
    """Report every mistake of this kind that reading and looking up met."""
    yield from map(context.mistake, context.mistakes)
