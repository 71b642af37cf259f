"""Findings and what was known earlier in; the findings with what is new told from what is not, by meaning, out."""

from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from policylint.finding.finding import Certainty, Compared, Finding


class Known(NamedTuple):
    """A finding of an earlier state: what it said, and how sure it was."""

    fingerprint: str
    certainty: Certainty


class Matched(NamedTuple):
    """For each finding the place in the list of what was known that it takes up, if any; and the places left over."""

    places: tuple[int | None, ...]
    left: tuple[int, ...]


def known(findings: Iterable[Finding]) -> tuple[Known, ...]:
    """Findings as something that is known."""
    return tuple(Known(finding.fingerprint, finding.certainty) for finding in findings)


def match(findings: Sequence[Finding], earlier: Sequence[Known]) -> Matched:
    """Give each finding one known one that says the same: two that are alike need two.

    What was only possible does not cover what is certain; the other way round it does.
    """
    free: dict[Known, list[int]] = {}
    for index, each in reversed(list(enumerate(earlier))):
        free.setdefault(each, []).append(index)
    places: dict[int, int] = {}
    # Certain findings choose first, and possible ones leave them what is certain as long as they can.
    for certainty in (Certainty.CERTAIN, Certainty.POSSIBLE):
        for index, finding in enumerate(findings):
            if finding.certainty is not certainty:
                continue
            for at_least in dict.fromkeys((certainty, Certainty.CERTAIN)):
                if several := free.get(Known(finding.fingerprint, at_least)):
                    places[index] = several.pop()
                    break
    left = sorted(index for several in free.values() for index in several)
    return Matched(tuple(places.get(index) for index in range(len(findings))), tuple(left))


def compare(
    findings: Sequence[Finding],
    earlier: Sequence[Known],
    called: str,
    never: Set[str] = frozenset(),
    waived: Sequence[Known] = (),
) -> tuple[Finding, ...]:
    """Mark the findings that are new, and those that are not.

    `called` is the earlier state for a sentence, `never` the codes of rules whose findings are not accepted by being
    old. `waived` was known too, but nobody had to deal with it: where that is no longer waived it is new.
    """
    open_ = [finding for finding in findings if not finding.suppressed]
    places, left = match(open_, earlier)
    before = {id(finding): place for finding, place in zip(open_, places, strict=True)}
    shut = [finding for finding in findings if finding.suppressed]
    rest = [*(earlier[index] for index in left), *waived]
    before |= {id(finding): place for finding, place in zip(shut, match(shut, rest).places, strict=True)}
    possible = {each.fingerprint for each in earlier if each.certainty is Certainty.POSSIBLE}
    return tuple(_marked(finding, before[id(finding)] is not None, called, never, possible) for finding in findings)


def _marked(finding: Finding, is_old: bool, called: str, never: Set[str], possible: Set[str]) -> Finding:
    if finding.baseline and finding.baseline.accepted:
        return finding  # accepted with another earlier state
    if is_old:
        return finding._replace(baseline=Compared("unchanged", called, finding.code not in never))
    updated = finding.certainty is Certainty.CERTAIN and finding.fingerprint in possible
    return finding._replace(baseline=Compared("updated" if updated else "new", called))
