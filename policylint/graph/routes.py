"""Flows in; which flows an item continues out.

An item continues an item of another flow where that flow arrives at this one's start and one of the two kinds of
data is equal to, coarser or finer than the other. What reaches a party has reached each service it runs, what
reaches a service has reached its party. Nothing goes on from a subject, or from a node that is not known.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

from policylint.model.flow import Content, Flow
from policylint.model.values import Node
from policylint.vocabulary.words import Vocabulary

State = tuple[str, str]
"""A node's name and a kind of data that reached it: there are as many as nodes and words, however many flows."""


class Routes:
    """How the flows of a project hang together."""

    def __init__(self, words: Vocabulary, flows: Sequence[Flow], nodes: Mapping[str, Node]) -> None:
        self._order = words["data"]
        self.flows = flows
        self._nodes = nodes
        self._known: dict[State, tuple[State, ...]] = {}
        self._kinds: dict[int, tuple[str, ...]] = {}
        self._supplied: dict[str, Set[str]] = {}
        self._relations: dict[str, Set[str]] = {}

    def arriving_flows(self) -> Iterator[Flow]:
        """The flows that arrive where data may go on."""
        return (flow for flow in self.flows if flow.receiver.kind in ("service", "party"))

    def kinds(self, content: Content) -> tuple[str, ...]:
        """The kinds of data that a flow carries, each once."""
        known = self._kinds.get(id(content))
        if known is None:
            known = self._kinds[id(content)] = tuple(dict.fromkeys(item.data.identity for item in content.items))
        return known

    def entering(self, node: Node) -> Sequence[Flow]:
        """The flows that arrive at a node itself."""
        return self._by_receiver.get(node.name, ())

    def arriving(self, node: Node) -> Iterator[Flow]:
        """The flows that arrive where a node's flows start: at itself, at its party, or at a service it runs."""
        for name in self.arrivals(node):
            yield from self._by_receiver.get(name, ())

    def feeding(self, node: Node, data: str) -> Iterator[tuple[Flow, str]]:
        """The flows, each with its kind of data, that such data starting at a node continues."""
        return ((flow, state[1]) for state in self.states(node, data) for flow in self.carriers[state])

    def states(self, node: Node, data: str) -> tuple[State, ...]:
        """Where such data stands before it starts at a node, in no particular order."""
        known = self._known.get((node.name, data))
        if known is None:
            related, standing = self._related(data), self._standing
            known = tuple(
                [(name, kind) for name in self.arrivals(node) if name in standing for kind in standing[name] & related]
            )
            self._known[node.name, data] = known
        return known

    def supplied(self, node: Node) -> Set[str]:
        """The kinds of data that stand, as such or coarser or finer, before they start at a node."""
        known = self._supplied.get(node.name)
        if known is None:
            standing = self._standing
            kinds = frozenset().union(*(standing.get(name, ()) for name in self.arrivals(node)))
            known = self._supplied[node.name] = frozenset().union(*map(self._related, kinds))
        return known

    def _related(self, data: str) -> Set[str]:
        """The kinds of data that are such data, coarser or finer; an unknown word is only the same as itself."""
        known = self._relations.get(data)
        if known is None:
            kinds = () if data.startswith("?") else self._all_kinds
            related = self._order.related
            known = frozenset(kind for kind in kinds if not kind.startswith("?") and related(kind, data)) | {data}
            self._relations[data] = known
        return known

    @cached_property
    def carriers(self) -> Mapping[State, Sequence[Flow]]:
        """The flows that bring each kind of data to each node."""
        carriers: dict[State, list[Flow]] = {}
        for flow in self.arriving_flows():
            for data in self.kinds(flow.content):
                carriers.setdefault((flow.receiver.name, data), []).append(flow)
        return carriers

    def arrivals(self, node: Node) -> Sequence[str]:
        """The nodes where data arrives that may start at a node: itself, its party, or the services it runs."""
        if node.kind == "service":
            return (node.name, node.party) if node.party is not None else (node.name,)
        if node.kind == "party":
            return (node.name, *self._services.get(node.name, ()))
        return ()

    @cached_property
    def _services(self) -> Mapping[str, Sequence[str]]:
        services: dict[str, list[str]] = {}
        for name, node in self._nodes.items():
            if node.kind == "service" and node.party is not None:
                services.setdefault(node.party, []).append(name)
        return services

    @cached_property
    def _by_receiver(self) -> Mapping[str, Sequence[Flow]]:
        flows: dict[str, list[Flow]] = {}
        for flow in self.arriving_flows():
            flows.setdefault(flow.receiver.name, []).append(flow)
        return flows

    @cached_property
    def _standing(self) -> Mapping[str, Set[str]]:
        """The kinds of data that reach each node."""
        standing: dict[str, Set[str]] = {}
        for name, flows in self._by_receiver.items():
            contents = {id(flow.content): flow.content for flow in flows}
            standing[name] = frozenset(kind for content in contents.values() for kind in self.kinds(content))
        return standing

    @cached_property
    def _all_kinds(self) -> Set[str]:
        return frozenset(kind for flow in self.flows for kind in self.kinds(flow.content))
