"""A clause of a policy in; what it says, where that comes from, and which rules report it, as text, out."""

import re
from collections.abc import Iterator

from policylint.finding.finding import Citation
from policylint.model.values import Clause, Disclosure, Obligation, Policy
from policylint.report.harmless import harmless
from policylint.rule.registry import Registry
from policylint.source.text import SourceText
from policylint.verdict.wording import disclosure_words, obligation_words

_COMMENT = re.compile(r"#.*")
_LONGEST = 2000


def render(policy: Policy, clause: Clause, source: SourceText, citation: Citation | None, registry: Registry) -> str:
    """Render a clause; `source` is the file that it stands in."""
    lines = [
        f"{policy.name}:{clause.section}" + (f" “{clause.label}”" if clause.label else ""),
        f"  in {source.path}:{source.position(clause.span.start).line}, {_of(policy)}",
        *_cited(clause, citation),
    ]
    if clause.hedged:
        lines.append("  hedged: what breaks it is a warning at most")
    if clause.unchecked is not None:
        lines.append(f"  unchecked: {clause.unchecked}")
    said: list[Obligation | Disclosure] = [*policy.obligations, *policy.disclosures]
    own = sorted((each for each in said if each.clause == clause), key=lambda each: each.span.start)
    for each in own:
        rule = registry.rule_for(each) if isinstance(each, Obligation) else registry.rule_for_list(each.facet)
        lines += ["", f"  {_written(each, source)}", f"    reported by {rule.code} {rule.name}"]
        lines += ["    (opt-in: runs where `extend-select` names it)"] if rule.opt_in else []
    return "\n".join(harmless(line, _LONGEST) for line in lines)


def _of(policy: Policy) -> str:
    dated = f" of {policy.dated}" if policy.dated else ""
    binds = f", which binds {', '.join(sorted(policy.binds))}" if policy.binds else ""
    return f"a clause of “{policy.title}”{dated}{binds}"


def _cited(clause: Clause, citation: Citation | None) -> Iterator[str]:
    if citation is not None and citation.quote:
        yield f"  text, line {citation.line}: “{citation.quote}”"
    elif clause.pins:
        yield f"  cites {', '.join(pin.text for pin in clause.pins)}; the text is not at hand"


def _written(said: Obligation | Disclosure, source: SourceText) -> str:
    """As its author wrote it, on one line; in an annotation, where marks of comments stand between, in our words."""
    if source.path.endswith(".policy"):
        return " ".join(_COMMENT.sub("", source.text[said.span.start : said.span.end]).split())
    return obligation_words(said) if isinstance(said, Obligation) else disclosure_words(said)
