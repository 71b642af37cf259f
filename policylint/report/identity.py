"""Findings in; each with an identity that no other finding of the same check has out."""

from collections import Counter
from collections.abc import Iterable, Iterator

from policylint.finding.finding import Finding


def told_apart(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with its fingerprint; of those that say the same of one declaration the second gets `-2`, and on."""
    seen: Counter[str] = Counter()
    for finding in findings:
        fingerprint = finding.fingerprint
        seen[fingerprint] += 1
        times = seen[fingerprint]
        yield finding, fingerprint if times == 1 else f"{fingerprint}-{times}"
