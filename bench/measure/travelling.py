"""A scale in; how long subjects take to travel along all flows, against graph libraries, out."""

import sys
from collections.abc import Iterator

from bench.contest import compete
from bench.generate import Manner
from bench.scale import Scale
from bench.table import RATES, Table, rates

_OURS = "policylint"
_LIBRARIES = {
    "rustworkx, from flows": "graphs:rustworkx_from_flows",
    "networkx, from flows": "graphs:networkx_from_flows",
    "scipy, from flows": "graphs:scipy_from_flows",
    "duckdb, from flows": "graphs:duckdb_from_flows",
    "rustworkx, graph given": "graphs:rustworkx",
    "networkx, graph given": "graphs:networkx",
    "scipy, graph given": "graphs:scipy",
    "duckdb, graph given": "graphs:duckdb",
}
_NOTE = (
    "Only collections say whose data it is; all else carries that on, round in circles too. policylint starts from "
    "flows. The libraries are given flows too (which of them hang together is then worked out in plain Python), or the "
    "finished graph, with labels as bits. All find that "
)


def tables(scale: Scale) -> Iterator[Table]:
    """One table per size."""
    for size in scale.travel:
        workload = scale.workload(size, Manner(travels=True))
        contenders = {
            name: (contender, workload) for name, contender in {_OURS: "policylint_itself:travel", **_LIBRARIES}.items()
        }
        results = compete(contenders, max(1, scale.rounds - 1))
        found = {name: result.outcome for name, result in results.items() if not result.reason}
        if len(set(found.values())) > 1:
            sys.exit(f"contenders do not agree how many subjects came along: {found}")
        note = f"{_NOTE}{found.get(_OURS, 0):,} subjects came to the items that name none."
        yield Table(f"Subjects travelling, {size:,} flows", note, RATES, rates(results, _OURS))
