"""What changed in a project's flows in; lines for a terminal out, the weightiest first."""

from itertools import groupby

from policylint.report.difference import HEADINGS, SIGNS, Difference
from policylint.report.harmless import harmless
from policylint.triage.change import Weight

_LONGEST = 1000


def render(difference: Difference) -> str:
    """Each declaration with what changed in it: `+` wider, `~` different, `-` narrower."""
    lines: list[str] = []
    for weight in Weight:
        placed = difference.of(weight)
        if placed:
            lines += [HEADINGS[weight], ""]
        for (declaration, path, line), several in groupby(placed, lambda each: (each[0].declaration, each[1], each[2])):
            lines.append(harmless(f"  {declaration}  ({path}:{line})", _LONGEST))
            lines += (
                f"    {SIGNS[each.change.judgement]} {harmless(each.change.message, _LONGEST)}" for each in several
            )
            lines.append("")
    return "\n".join([*lines, difference.totals])
