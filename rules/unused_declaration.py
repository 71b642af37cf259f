"""PL902: a party, service or term that nothing mentions."""

from collections.abc import Iterator

from policylint.finding.finding import Finding, Severity
from policylint.rule.context import Context
from policylint.rule.description import rule

HELP = "remove it, or use it"


@rule("PL902", opt_in=True, severity=Severity.WARNING, rests_on_all=True)
def unused_declaration(context: Context) -> Iterator[Finding]:
    """Report what is declared and then never named; a term below another counts as a use of that one."""
    model = context.model
    used = {
        (facet, word)
        for facet, key in model.mentioned
        if facet in model.words.facets
        for word in model.words[facet].above(key)
    }
    for name, node in model.nodes.items():
        if ("node", name) not in model.mentioned and node.span is not None:
            yield context.plain(f"nothing mentions the {node.kind} `{name}`", node.span, node.declaration, HELP)
    for (facet, key), span in model.own_terms.items():
        if (facet, key) not in used:
            yield context.plain(f"nothing uses the term `{key}`", span, f"term {key}", HELP)
