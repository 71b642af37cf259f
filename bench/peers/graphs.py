"""A workload in; graph libraries as contenders out: subjects travel along edges until nothing changes.

Labels are bits of an integer. networkx and rustworkx find the circles (everything in one has the same labels) and the
order of what is left, which is the best that they can be used for; scipy multiplies, and duckdb joins, until nothing is
new.
"""

from collections.abc import Callable, Sequence

from bench.journeys import Graph, graph
from bench.task import Task
from bench.workload import Workload


def networkx(workload: Workload) -> Task:
    """networkx, pure Python, with the graph given."""
    return _given(workload, _networkx)


def networkx_from_flows(workload: Workload) -> Task:
    """networkx, with the graph to be made of the flows."""
    return _from_flows(workload, _networkx)


def rustworkx(workload: Workload) -> Task:
    """rustworkx, in Rust, with the graph given."""
    return _given(workload, _rustworkx)


def rustworkx_from_flows(workload: Workload) -> Task:
    """rustworkx, with the graph to be made of the flows."""
    return _from_flows(workload, _rustworkx)


def scipy(workload: Workload) -> Task:
    """scipy, with the graph given."""
    return _given(workload, _scipy)


def scipy_from_flows(workload: Workload) -> Task:
    """scipy, with the graph to be made of the flows."""
    return _from_flows(workload, _scipy)


def duckdb(workload: Workload) -> Task:
    """duckdb, with the graph given."""
    return _given(workload, _duckdb)


def duckdb_from_flows(workload: Workload) -> Task:
    """duckdb, with the graph to be made of the flows."""
    return _from_flows(workload, _duckdb)


Solve = Callable[[Graph], int]
"""A graph in; how many subjects came to all departures out."""


_TINY = Graph(2, [(0, 1)], {0: 1}, [1])
"""Solved once beforehand, so that no import is timed."""


def _given(workload: Workload, solve: Solve) -> Task:
    solve(_TINY)
    journeys = graph(workload.hops(), workload.parties())
    return Task(lambda: solve(journeys), lambda subjects: subjects)


def _from_flows(workload: Workload, solve: Solve) -> Task:
    solve(_TINY)
    hops, parties = workload.hops(), workload.parties()
    return Task(lambda: solve(graph(hops, parties)), lambda subjects: subjects)


def _networkx(journeys: Graph) -> int:
    import networkx as library

    made = library.DiGraph()
    made.add_nodes_from(range(journeys.nodes))
    made.add_edges_from(journeys.edges)
    # Tarjan's algorithm: the last component is the first in the direction of the edges.
    components = list(library.strongly_connected_components(made))[::-1]
    return _asked(journeys, _carried(journeys, components, [list(made.succ[node]) for node in range(journeys.nodes)]))


def _rustworkx(journeys: Graph) -> int:
    import rustworkx as library

    made = library.PyDiGraph()
    made.add_nodes_from(range(journeys.nodes))
    made.add_edges_from_no_data(journeys.edges)
    components = library.strongly_connected_components(made)[::-1]
    onward = [made.successor_indices(node) for node in range(journeys.nodes)]
    return _asked(journeys, _carried(journeys, components, onward))


def _scipy(journeys: Graph) -> int:
    import numpy
    from scipy import sparse

    size = journeys.nodes
    pairs = _pairs(journeys)
    width = max(label for _, label in pairs) + 1
    starts, ends = numpy.array(journeys.edges).T
    onward = sparse.csr_matrix((numpy.ones(len(starts), numpy.int32), (ends, starts)), (size, size))
    rows, columns = numpy.array(pairs).T
    fresh = reached = sparse.csr_matrix((numpy.ones(len(rows), numpy.int32), (rows, columns)), (size, width))
    while fresh.nnz:
        arrived = onward @ fresh
        arrived.data[:] = 1
        fresh = arrived - arrived.multiply(reached)
        fresh.eliminate_zeros()
        reached = reached + fresh
    return int(numpy.diff(reached.indptr)[journeys.asks].sum())


_REACHED = """
with recursive reached as (
    select node, label from seeds union select finish, label from reached join edges on start = node
)
select count(*) from asks join reached using (node)
"""


def _duckdb(journeys: Graph) -> int:
    import duckdb as library
    import numpy

    starts, ends = numpy.array(journeys.edges).T
    nodes, labels = numpy.array(_pairs(journeys)).T
    columns = {
        "edges": {"start": starts.copy(), "finish": ends.copy()},
        "seeds": {"node": nodes.copy(), "label": labels.copy()},
        "asks": {"node": numpy.array(journeys.asks)},
    }
    with library.connect() as database:
        for name, given in columns.items():
            database.register(f"given_{name}", given)
            database.execute(f"create table {name} as select * from given_{name}")
        found = database.execute(_REACHED).fetchone()
    return int(found[0])


def _pairs(journeys: Graph) -> list[tuple[int, int]]:
    """Nodes, each with a label that starts there."""
    return [
        (node, label)
        for node, labels in journeys.seeds.items()
        for label in range(labels.bit_length())
        if labels >> label & 1
    ]


def _carried(journeys: Graph, components: Sequence[Sequence[int]], onward: Sequence[Sequence[int]]) -> list[int]:
    """The labels at each node, with components in the order in which edges lead."""
    reached = [0] * journeys.nodes
    for node, labels in journeys.seeds.items():
        reached[node] = labels
    for component in components:
        labels = 0
        for node in component:
            labels |= reached[node]
        for node in component:
            reached[node] = labels
            for following in onward[node]:
                reached[following] |= labels
    return reached


def _asked(journeys: Graph, reached: Sequence[int]) -> int:
    return sum(reached[node].bit_count() for node in journeys.asks)
