"""What contenders found in; nothing out, or a stop with the differences: no time is worth reading of different work."""

import sys
from collections.abc import Mapping

from bench.contest import Result
from bench.promises import PROMISES

Counts = Mapping[str, int]


def confirm(results: Mapping[str, Result], reference: str) -> str:
    """Say how much was compared. Ends the run where a contender counts other violations than the reference."""
    expected: Counts = results[reference].outcome or {}
    different = [
        f"{name}, promise {section}: {found.get(section, 0)} instead of {expected.get(section, 0)}"
        for name, result in results.items()
        if not result.reason
        for found in [result.outcome or {}]
        for section in sorted({*found, *expected})
        if found.get(section, 0) != expected.get(section, 0)
    ]
    if results[reference].reason or not expected:
        different.append(f"{reference} counts nothing: {results[reference].reason}")
    if different:
        sys.exit("contenders do not agree, so nothing is timed:\n" + "\n".join(different))
    compared = [name for name, result in results.items() if not result.reason]
    total = sum(expected.values())
    return (
        f"{'; '.join(compared)}: all count the same {total} violations, promise by promise; "
        f"{len(expected)} of the {len(PROMISES)} promises are broken."
    )
