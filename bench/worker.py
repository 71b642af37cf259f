"""A contender and a workload in; one measurement out, in a process of its own, so that nothing is warm by accident."""

import gc
import json
import resource
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

from bench.task import CannotMeasure, Task
from bench.workload import opened


def measure(contender: str, folder: Path) -> dict[str, object]:
    """Prepare and run; memory is the peak of the whole process, in MiB."""
    module, name = contender.split(":")
    prepare = getattr(import_module(f"bench.peers.{module}"), name)
    task = prepare(opened(folder))
    seconds, result = _timed(task)
    memory = _peak()
    outcome = task.outcome(result)
    del result
    again = _timed(task)[0] if task.repeats else None
    return {"seconds": seconds, "again": again, "memory": memory, "outcome": outcome}


def _timed(task: Task) -> tuple[float, Any]:
    gc.collect()
    gc.disable()
    start = perf_counter()
    result = task.run()
    seconds = perf_counter() - start
    gc.enable()
    return seconds, result


def _peak() -> float:
    """The peak of resident memory, in MiB. What the system calls `maxrss` begins with that of the parent process."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text("ascii").partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    try:
        answer = measure(sys.argv[1], Path(sys.argv[2]))
    except (CannotMeasure, ImportError) as error:
        answer = {"reason": str(error)}
    print(json.dumps(answer))
