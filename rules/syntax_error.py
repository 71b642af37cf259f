"""PL001: a declaration, or a whole file, that cannot be read."""

from collections.abc import Iterator

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import rule
from policylint.source.mistake import MistakeKind


@rule("PL001", governs=MistakeKind.SYNTAX)
def syntax_error(context: Context) -> Iterator[Finding]:
    """Report every mistake of this kind that reading and looking up met."""
    yield from map(context.mistake, context.mistakes)
