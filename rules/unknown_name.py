"""PL002: a word that neither the vocabulary nor the project knows."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import rule
from policylint.source.mistake import MistakeKind


@rule("PL002", governs=MistakeKind.UNKNOWN_NAME)
def unknown_name(context: Context) -> Iterator[Finding]:
    """Report every mistake of this kind that reading and looking up met."""
    yield from map(context.mistake, context.mistakes)
