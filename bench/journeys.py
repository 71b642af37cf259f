"""A project in whose collections alone name people; the graph along which subjects travel out, as libraries want it.

A node of the graph is an arrival (a kind of data at a service or party) or a departure (a kind of data that one sends
on without saying whose it is).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bench import ours

State = tuple[str, str, str]


class Hop(NamedTuple):
    """What of a flow matters here: from where to where, what, and whose it is said to be."""

    sender: str
    receiver: str
    data: tuple[str, ...]
    people: tuple[str, ...]


class Graph(NamedTuple):
    """Edges between numbered nodes, labels (as bits) that start at nodes, and the departure of each item that asks."""

    nodes: int
    edges: list[tuple[int, int]]
    seeds: dict[int, int]
    asks: list[int]


def graph(hops: Iterable[Hop], parties: Mapping[str, str]) -> Graph:
    """The graph of flows. `parties` says which party runs each service."""
    making = _Making(parties)
    for hop in hops:
        making.add(hop)
    making.connect()
    return Graph(len(making.numbers), list(making.edges), making.seeds, making.asks)


class _Making:
    def __init__(self, parties: Mapping[str, str]) -> None:
        self.numbers: dict[State, int] = {}
        self.edges: set[tuple[int, int]] = set()
        self.seeds: dict[int, int] = {}
        self.asks: list[int] = []
        self._bits: dict[str, int] = {}
        self._parties = parties
        self._services: dict[str, list[str]] = {}
        for name, party in parties.items():
            self._services.setdefault(party, []).append(name)
        self._standing: dict[str, set[str]] = {}

    def add(self, hop: Hop) -> None:
        """Number where the flow arrives, and where it departs if it does not say whose data it is."""
        labels = 0
        for who in hop.people:
            labels |= 1 << self._bits.setdefault(who, len(self._bits))
        for word in hop.data:
            arrival = self._number(("at", hop.receiver, word))
            self._standing.setdefault(hop.receiver, set()).add(word)
            if labels:
                self.seeds[arrival] = self.seeds.get(arrival, 0) | labels
            else:
                departure = self._number(("from", hop.sender, word))
                self.edges.add((departure, arrival))
                self.asks.append(departure)

    def connect(self) -> None:
        """Lead what stands at a node to what departs there: the same data, or coarser, or finer."""
        for (kind, name, word), number in list(self.numbers.items()):
            if kind == "from":
                for place in self._arrivals(name):
                    for standing in self._standing.get(place, ()):
                        if standing in ours.above("data", word) or word in ours.above("data", standing):
                            self.edges.add((self.numbers["at", place, standing], number))

    def _arrivals(self, name: str) -> Iterator[str]:
        """What reaches a party has reached its services, and the other way round."""
        yield name
        if name in self._parties:
            yield self._parties[name]
        else:
            yield from self._services.get(name, ())

    def _number(self, state: State) -> int:
        return self.numbers.setdefault(state, len(self.numbers))
