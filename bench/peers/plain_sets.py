"""A workload in; the naive contender out: Python sets, and an `if` for each promise."""

from collections import Counter
from collections.abc import Sequence

from bench.broken import compiled
from bench.task import Task
from bench.workload import Workload


def evaluate(workload: Workload) -> Task:
    """All flows, one by one."""
    flows, broken_by = workload.facts(), compiled()

    def run() -> list[list[str]]:
        return [broken_by(flow) for flow in flows]

    return Task(run, tally)


def tally(broken: Sequence[Sequence[str]]) -> dict[str, int]:
    """How many flows break each promise."""
    return dict(Counter(section for sections in broken for section in sections))
