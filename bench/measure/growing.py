"""A scale in; memory against Lark's trees, and how time and memory grow with the project, out."""

from collections.abc import Iterator, Sequence
from math import log

from bench.contest import Result, compete
from bench.scale import Scale
from bench.table import Row, Table, missing, seconds

_STAGES = {"text to facts": "policylint_itself:parse", "text to findings": "policylint_itself:check"}
_OTHERS = {
    "Lark default, declarations": "lark_default:build",
    "Lark default, its trees": "lark_default:trees",
    "PyYAML CSafeLoader": "loaders:yaml_c",
}

_NEARLY_NOTHING = 3
"""Flows of a project whose memory is what a process takes anyhow."""


def tables(scale: Scale) -> Iterator[Table]:
    """Memory, then growth."""
    workload = scale.workload(scale.memory)
    ours = {f"policylint, {stage}": contender for stage, contender in _STAGES.items()}
    results = compete({name: (each, workload) for name, each in (ours | _OTHERS).items()}, 1)
    note = "Peak of the whole process, the project's texts among it; one round."
    rows = [_memory(name, result) for name, result in results.items()]
    yield Table(f"Memory, {scale.memory:,} flows", note, ("", "MiB", "seconds"), rows)
    yield _growth(scale)


def _memory(name: str, result: Result) -> Row:
    if result.reason:
        return (name, *missing(result, 2))
    return name, f"{result.memory[0]:,.0f}", seconds(result.seconds)


def _growth(scale: Scale) -> Table:
    rows: list[Row] = []
    for stage, contender in _STAGES.items():
        idle = min(_one(contender, scale, _NEARLY_NOTHING).memory, default=0.0)
        measured = [_one(contender, scale, size) for size in scale.growth]
        if any(result.reason for result in measured):
            rows.append((f"{stage}: not measured", *[""] * (len(scale.growth) + 1)))
            continue
        times = [result.seconds for result in measured]
        memory = [result.memory[0] for result in measured]
        grown = [peak - idle for peak in memory]
        rows.append((f"{stage}, seconds", *map(seconds, times), f"{exponent(scale.growth, times):.2f}"))
        growth = exponent(scale.growth, grown)
        rows.append((f"{stage}, MiB", *(f"{peak:,.0f}" for peak in memory), f"{growth:.2f}"))
    note = (
        "The exponent is the slope of a straight line through the logarithms: 1 is linear. Of memory, what is more "
        "than for three flows."
    )
    return Table("Growth", note, ("", *(f"{size:,} flows" for size in scale.growth), "exponent"), rows)


def _one(contender: str, scale: Scale, size: int) -> Result:
    rounds = scale.rounds if size <= scale.flows else 1
    return compete({"": (contender, scale.workload(size))}, rounds)[""]


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """The slope of values over sizes, both in logarithms, by least squares; nan with fewer than two points."""
    points = [(log(size), log(value)) for size, value in zip(sizes, values, strict=True) if value > 0]
    if len(points) < 2:
        return float("nan")
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points)
