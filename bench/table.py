"""Results in; tables in Markdown out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bench.contest import Result

Row = tuple[str, ...]


class Table(NamedTuple):
    """A table with what has to be known to read it."""

    title: str
    note: str
    header: Row
    rows: Sequence[Row]

    def __str__(self) -> str:
        aligned = ["---", *["--:"] * (len(self.header) - 1)]
        lines = [self.header, aligned, *self.rows]
        body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return f"### {self.title}\n\n{self.note}\n\n{body}\n"


def rates(results: Mapping[str, Result], reference: str) -> list[Row]:
    """A row for each contender; the last column says how many times as fast the reference is."""
    ours = results[reference]
    return [_rate(name, result, ours) for name, result in results.items()]


RATES: Row = ("", "flows", "seconds", "flows/s", "policylint ÷ this")


def _rate(name: str, result: Result, ours: Result) -> Row:
    if result.reason or not result.rounds:
        return (name, *missing(result, 4))
    ratio = times(ours.rate / result.rate) if ours.rounds and ours is not result else ""
    return name, f"{result.size:,}", seconds(result.seconds), f"{result.rate:,.0f}", ratio


def missing(result: Result, columns: int) -> Row:
    """The cells of a row of which there is nothing but the reason."""
    return (f"not measured: {result.reason or 'nobody asked for it'}", *[""] * (columns - 1))


def times(ratio: float) -> str:
    """A ratio for people."""
    return f"{ratio:,.0f}" if ratio >= 20 else f"{ratio:.1f}" if ratio >= 0.1 else f"{ratio:.3f}"


def seconds(value: float) -> str:
    """Seconds for people."""
    return f"{value:.2f}" if value >= 1 else f"{value:.4f}"


def milliseconds(results: Mapping[str, Result], reference: str) -> Iterable[Row]:
    """Rows of whole processes: milliseconds, and how many times those of the reference that is."""
    base = results[reference]
    for name, result in results.items():
        if result.reason or not result.rounds:
            yield (name, *missing(result, 2))
        else:
            yield name, f"{result.seconds * 1000:,.1f}", times(result.seconds / base.seconds)
