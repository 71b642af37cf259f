"""Contenders and a workload in; their medians, in turn within one run, out."""

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench.environment import BENCH, PYTHON, clean_environment
from bench.workload import Workload

SETTLING = 3.0
"""Seconds after which the time of a file proves something: a cache cannot trust one that is just written."""


@dataclass
class Result:
    """What was measured of one contender; `reason` where nothing was."""

    size: int = 0
    rounds: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    """A second pass in the same process."""
    memory: list[float] = field(default_factory=list)
    outcome: Any = None
    reason: str = ""

    @property
    def seconds(self) -> float:
        """The median of the first passes."""
        return median(self.rounds)

    @property
    def rate(self) -> float:
        """Flows per second."""
        return self.size / self.seconds


def compete(
    contenders: Mapping[str, tuple[str, Workload]], rounds: int, earlier: dict[str, Result] | None = None
) -> dict[str, Result]:
    """Each contender once per round, each time in a new process; `earlier` rounds count with these."""
    results = earlier or {name: Result(workload.flows) for name, (_, workload) in contenders.items()}
    for _ in range(rounds):
        for name, (contender, workload) in contenders.items():
            result = results[name]
            if result.reason:
                continue
            measured = _measured(contender, workload)
            if "reason" in measured:
                result.reason = measured["reason"]
                continue
            result.rounds.append(measured["seconds"])
            result.again += [measured["again"]] if measured["again"] else []
            result.memory.append(measured["memory"])
            result.outcome = measured["outcome"]
    return results


def time_commands(
    commands: Mapping[str, Sequence[str]], folder: Path, rounds: int, before: Mapping[str, Callable[[], object]]
) -> dict[str, Result]:
    """Whole processes, in turn. `before` is done, untimed, before a command runs; a first round is not counted."""
    results = {name: Result() for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            if name in before:
                before[name]()
            start = perf_counter()
            ended = subprocess.run(command, cwd=folder, env=clean_environment(), capture_output=True, check=False)
            seconds = perf_counter() - start
            # 3 and above: no linter here ends so because of what it found.
            if ended.returncode not in (0, 1, 2) or b"Traceback" in ended.stderr:
                results[name].reason = f"exit status {ended.returncode}"
            if number:
                results[name].rounds.append(seconds)
            results[name].outcome = ended.stdout
    return results


def _measured(contender: str, workload: Workload) -> dict[str, Any]:
    # -P keeps the folder of the script out of the path: the installed policylint is measured, not the checkout.
    command = [str(PYTHON), "-P", str(BENCH / "worker.py"), contender, str(workload.folder)]
    ended = subprocess.run(command, env=clean_environment(), capture_output=True, encoding="utf-8", check=False)
    if ended.returncode:
        last = (ended.stderr.strip().splitlines() or ["no message"])[-1]
        return {"reason": f"it failed: {last}"}
    measured: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return measured
