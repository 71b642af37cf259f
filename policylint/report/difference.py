"""Two checks of a project in; what changed between them with its places, and how much, out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from policylint.triage.change import Change, Weight


class Placed(NamedTuple):
    """A change, and where it stands: in the files of now, or for what is gone in those of before."""

    change: Change
    path: str
    line: int


@dataclass(frozen=True)
class Difference:
    """What changed since a commit, the weightiest first."""

    reference: str
    commit: str
    changes: tuple[Placed, ...]
    flows_before: int
    flows_now: int

    @property
    def weights(self) -> Mapping[str, int]:
        """How many changes there are of each weight."""
        counts = Counter(each.change.weight for each in self.changes)
        return {weight.value: counts[weight] for weight in Weight}

    def of(self, weight: Weight) -> tuple[Placed, ...]:
        """The changes of a weight."""
        return tuple(each for each in self.changes if each.change.weight is weight)

    @property
    def totals(self) -> str:
        """`2 high, 1 medium, 0 low; 12 flows, 10 at main`."""
        counts = ", ".join(f"{count} {weight}" for weight, count in self.weights.items())
        flows = (
            f"{self.flows_now} flow{'' if self.flows_now == 1 else 's'} now, {self.flows_before} at {self.reference}"
        )
        return f"{counts}; {flows}" if self.changes else f"no flow changed; {flows}"


HEADINGS: Mapping[Weight, str] = {
    Weight.HIGH: "Look at these first",
    Weight.MEDIUM: "More or different",
    Weight.LOW: "Less, or only in name",
}
"""What each weight means to a reviewer."""
SIGNS: Mapping[str, str] = {"wider": "+", "changed": "~", "narrower": "-"}
"""How judgements are marked at the beginning of a line."""
