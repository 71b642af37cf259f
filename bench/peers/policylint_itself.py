"""A workload in; policylint as a contender out: one task for each stage."""

from bench import ours
from bench.task import Task
from bench.workload import Workload


def parse(workload: Workload) -> Task:
    """Text to facts."""
    ours.warm_up()
    sources = ours.sources(workload.texts())
    return Task(lambda: ours.parsed(sources), ours.declared, repeats=True)


def check(workload: Workload) -> Task:
    """Text to findings."""
    ours.warm_up()
    sources = ours.sources(workload.texts())
    return Task(lambda: ours.checked(sources), ours.found)


def evaluate(workload: Workload) -> Task:
    """Facts to verdicts."""
    ours.warm_up()
    model = ours.model(ours.parsed(ours.sources(workload.texts())))
    return Task(lambda: ours.judged(model), ours.broken)


def travel(workload: Workload) -> Task:
    """Facts to the subjects of every item."""
    ours.warm_up()
    model = ours.model(ours.parsed(ours.sources(workload.texts())))
    return Task(lambda: ours.travelled(model), lambda subjects: subjects)
