"""A scale in; how long a whole process takes on many files of which none or one has changed, out."""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from time import sleep

from bench import ours
from bench.contest import SETTLING, time_commands
from bench.environment import PYTHON, clean_environment
from bench.generate import Manner
from bench.scale import Scale
from bench.table import Table, milliseconds
from bench.workload import Workload

_PER_FILE = 5
_STAT = "import os\nfor folder, _, files in os.walk('.'):\n for file in files:\n  os.stat(os.path.join(folder, file))"
_BARE, _SAME, _NOTED, _CHANGED, _FULL = (
    *("stat of every file", "nothing changed"),
    *("one file has a comment more", "one flow names its data in another order", "--no-cache"),
)
_COLLECTED = re.compile(r"( from [a-z_.]+ to [^\n]*\n  data     )([^,\n]+), ([^,\n]+)(?=[,\n])")
"""The first two kinds of data of a flow that comes from people: nothing is found where they stand."""


def tables(scale: Scale) -> Iterator[Table]:
    """One table per number of files."""
    for files in scale.files:
        yield _table(scale, scale.workload(files * _PER_FILE, Manner(clean=True), "canonical", _PER_FILE))


def _table(scale: Scale, workload: Workload) -> Table:
    folder = workload.project
    edited = next(path for path in sorted(folder.rglob("part_*.flow")) if _COLLECTED.search(path.read_text("utf-8")))
    numbers = count()

    def note() -> None:
        edited.write_text(f"{edited.read_text('utf-8')}# edit {next(numbers)}\n", encoding="utf-8")

    def change() -> None:
        edited.write_text(_COLLECTED.sub(r"\1\3, \2", edited.read_text("utf-8"), count=1), encoding="utf-8")

    def settle() -> None:
        """A last run, some seconds after the last edit."""
        sleep(SETTLING)
        subprocess.run(ours.command(), cwd=folder, env=clean_environment(), capture_output=True, check=False)

    rounds = max(2, min(scale.starts, 10_000 // workload.files))
    results = time_commands(_commands(), folder, rounds, {_SAME: settle, _NOTED: note, _CHANGED: change})
    if len({result.outcome for name, result in results.items() if name != _BARE}) > 1:
        sys.exit("policylint says something else with its cache than without it")
    remark = (
        f"{workload.flows:,} flows that keep the policy, {_PER_FILE} to a file, 30 promises. All runs give the same "
        "output; before each round there is one run some seconds after the last edit."
    )
    rows = [*milliseconds(results, _BARE)]
    return Table(f"Whole process, {workload.files:,} files", remark, ("", "ms", "times a stat"), rows)


def _commands() -> dict[str, list[str]]:
    without_cache = {_FULL: ours.command("--no-cache")} if ours.knows("--no-cache") else {}
    stat = [str(PYTHON), "-c", _STAT]
    return {_BARE: stat, **dict.fromkeys((_SAME, _NOTED, _CHANGED), ours.command()), **without_cache}
