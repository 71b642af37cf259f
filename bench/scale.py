"""How large a run is to be in; sizes, rounds and the workloads that several measurements share out."""

from dataclasses import dataclass, field
from pathlib import Path

from bench.generate import REPEATED, Manner
from bench.workload import PER_FILE, Workload, make


@dataclass(frozen=True)
class Scale:
    """Sizes in flows, but `files` in files."""

    flows: int
    slow_flows: int
    """For contenders that take a second for a few hundred."""
    systems: int
    travel: tuple[int, ...]
    memory: int
    growth: tuple[int, ...]
    files: tuple[int, ...]
    rounds: int
    starts: int
    """How many times a whole process is started."""
    work: Path
    slow_peers: bool = False
    _made: dict[object, Workload] = field(default_factory=dict, compare=False, repr=False)

    def workload(
        self, size: int, manner: Manner = REPEATED, layout: str = "canonical", per_file: int = PER_FILE
    ) -> Workload:
        """A generated project, the same one for everybody who asks for the same."""
        key = (size, manner, layout, per_file)
        if key not in self._made:
            self._made[key] = make(self.work / str(len(self._made)), *key)
        return self._made[key]


def quick(work: Path, slow_peers: bool) -> Scale:
    """To try it: three minutes."""
    return Scale(1000, 100, 40, (1000,), 2000, (500, 1000, 2000), (100,), 2, 5, work, slow_peers)


def default(work: Path, slow_peers: bool) -> Scale:
    """To quote: some twenty minutes."""
    sizes = (1000, 10_000, 100_000)
    return Scale(10_000, 500, 100, (100_000,), 100_000, sizes, (1000, 10_000), 3, 15, work, slow_peers)


def large(work: Path, slow_peers: bool) -> Scale:
    """Up to a million flows: hours, and some gigabytes of memory."""
    sizes = (1000, 10_000, 100_000, 1_000_000)
    return Scale(10_000, 500, 200, (100_000, 1_000_000), 100_000, sizes, (1000, 10_000), 5, 21, work, slow_peers)
