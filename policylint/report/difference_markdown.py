"""What changed in a project's flows in; Markdown for a comment on a pull request out."""

from policylint.report.difference import HEADINGS, Difference, Placed
from policylint.report.markdown import MOST, code, text
from policylint.triage.change import Weight

_HEAD = "| | where | what |\n| --- | --- | --- |"


def render(difference: Difference) -> str:
    """A table for each weight, the last one folded; cut where the comment would be too long."""
    parts = [f"### policylint: {text(difference.totals)}"]
    left = MOST
    for weight in Weight:
        rows = [_row(placed) for placed in difference.of(weight)]
        if not rows:
            continue
        shown: list[str] = []
        for row in rows:
            left -= len(row) + 1
            if left < 0:
                break
            shown.append(row)
        more = f"\n\n… and {len(rows) - len(shown)} more" if len(shown) < len(rows) else ""
        table = "\n".join([_HEAD, *shown]) + more
        folded = f"<details><summary>{HEADINGS[weight]} ({len(rows)})</summary>\n\n{table}\n\n</details>"
        parts.append(folded if weight is Weight.LOW else f"**{HEADINGS[weight]}**\n\n{table}")
    return "\n\n".join(parts)


def _row(placed: Placed) -> str:
    change, path, line = placed
    where = f"{code(change.declaration)}<br>{code(f'{path}:{line}')}"
    return f"| {change.judgement}<br>{change.fact} | {where} | {text(change.message)} |"
