"""A policy laid beside its text in; a table for terminals and one in Markdown out, the totals first."""

from collections.abc import Iterator

from policylint.citation.coverage import Coverage, Row
from policylint.report.summary import plural

_WIDTH = 60
_MARKS = {"cited": "+", "unchecked": "o", "uncovered": "-"}


def render(coverage: Coverage) -> str:
    """One line for each passage: its line, its first words, the clauses that cite it and what they enforce."""
    lines = [totals(coverage), "", f"     line  {'passage':{_WIDTH}}  clauses"]
    for covered in coverage.passages:
        passage = covered.passage
        says = "; ".join(_brief(row) for row in covered.rows) or "not covered"
        lines.append(f"  {_MARKS[covered.state]} {passage.line:>5}  {_cut(passage.text, _WIDTH):{_WIDTH}}  {says}")
    lines += ["", *_beside(coverage)]
    return "\n".join([*lines, "+ cited, o cited by clauses that check nothing, - not covered"])


def render_markdown(coverage: Coverage) -> str:
    """The same as a page in Markdown, with the passages in full."""
    policy = coverage.policy
    lines = [f"# Coverage of `{policy.name}`", "", f"{_plain(policy.title)}. {totals(coverage)}.", ""]
    lines += ["| Line | Passage | State | Clauses |", "| ---: | --- | --- | --- |"]
    for covered in coverage.passages:
        passage = covered.passage
        state = {"cited": "cited", "unchecked": "unchecked", "uncovered": "**not covered**"}[covered.state]
        clauses = "<br>".join(_full(row) for row in covered.rows)
        lines.append(f"| {passage.line} | {_plain(passage.text)} | {state} | {clauses} |")
    beside = list(_beside(coverage))
    return "\n".join([*lines, *(["", *(f"- {line}" for line in beside)] if beside else [])])


def totals(coverage: Coverage) -> str:
    """`jen: 12 passages, 8 cited, 2 unchecked, 2 not covered (83.3 % covered) by 9 clauses`."""
    counted = coverage.totals
    return (
        f"{coverage.policy.name}: {plural(counted.total, 'passage')}, {counted.cited} cited, "
        f"{counted.unchecked} unchecked, {counted.uncovered} not covered ({percent(coverage)} % covered) "
        f"by {plural(len(coverage.clauses), 'clause')}"
    )


def percent(coverage: Coverage) -> str:
    """How much is covered, cut to one decimal: 99.97 is not yet 100."""
    return f"{int(coverage.totals.percent * 10) / 10:.1f}"


def why(row: Row) -> str:
    """What a clause enforces, or why nothing."""
    if row.promises:
        return ", ".join(row.enforced)
    return f"unchecked: {row.clause.unchecked}" if row.clause.unchecked is not None else "nothing to check"


def _brief(row: Row) -> str:
    return (
        f"{row.clause.section} ({'unchecked' if row.clause.unchecked is not None and not row.promises else why(row)})"
    )


def _full(row: Row) -> str:
    label = f" {_plain(row.clause.label)}" if row.clause.label else ""
    return f"`{row.clause.section}`{label} ({_plain(why(row))}{', hedged' if row.clause.hedged else ''})"


def _beside(coverage: Coverage) -> Iterator[str]:
    """Clauses that no line of the table shows as they should be."""
    for row in coverage.clauses:
        if not row.clause.pins:
            yield f"the clause {row.clause.section} cites nothing"
        elif row.stale:
            yield f"the clause {row.clause.section} is stale: it cites a passage that is not in the text"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _plain(text: str) -> str:
    """Words that no Markdown reader takes for a mark."""
    return "".join(f"\\{character}" if character in "\\`*_|[]<>#~" else character for character in text)
