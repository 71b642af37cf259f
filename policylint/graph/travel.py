"""Flows in; the subjects that each item of each flow has, and by which path they came, out.

An item continues an item of another flow where that flow arrives at this one's start and one of the two kinds of
data is equal to, coarser or finer than the other. What reaches a party has reached each service it runs, what
reaches a service has reached its party. Nothing travels through a subject.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from policylint.model.values import Flow, Node, Subject
from policylint.vocabulary.words import Vocabulary

Origin = tuple[Subject, frozenset[str]]
"""Subjects as a flow names them, and the purposes of that flow."""

_State = tuple[str, str]
"""A node's name and a kind of data that stands there."""


@dataclass(frozen=True)
class Step:
    """One hop of a path: a flow, and the item it carries on."""

    flow: Flow
    data: str


class Travel:
    """Where data comes from, for all flows of a project.

    Data is followed from place to place: a state is a node and a kind of data that reached it. There are as many
    states as nodes and words, however many flows there are. Labels are bits: each distinct origin is one.
    """

    def __init__(self, words: Vocabulary, flows: Sequence[Flow], nodes: Mapping[str, Node]) -> None:
        self._order = words["data"]
        self._flows = flows
        self._nodes = nodes
        self._origins: list[Origin] = []
        self._bits: dict[Origin, int] = {}

    def subjects(self, flow: Flow, data: str | None) -> frozenset[Subject]:
        """The subjects of an item that came along with it; empty where none did. Only for flows that name none."""
        return frozenset(self._origins[bit][0] for bit in _ones(self._labels(flow, data)))

    def purposes(self, flow: Flow, data: str | None) -> frozenset[str]:
        """What an item was collected for, wherever it came from."""
        return frozenset(purpose for bit in _ones(self._labels(flow, data)) for purpose in self._origins[bit][1])

    def path(self, flow: Flow, data: str, subject: Subject) -> tuple[Step, ...]:
        """The shortest way by which a subject came to an item, from the flow that names it to `flow` itself.

        Among ways of one length the names of the flows decide, so that the order of declarations does not.
        """
        wanted = sum(1 << bit for bit, (known, _) in enumerate(self._origins) if known == subject)
        queue: deque[tuple[Step, ...]] = deque([(Step(flow, data),)])
        seen: set[_State] = set()
        while queue:
            way = queue.popleft()
            head = way[0]
            arriving = self._arriving(head.flow.sender, head.data)
            for incoming, item in sorted(arriving, key=lambda pair: (pair[0].name, pair[1])):
                step = Step(incoming, item)
                if incoming.subjects:
                    if subject in incoming.subjects:
                        return (step, *way)
                    continue
                state = (incoming.sender.name, item)
                if state not in seen and self._labels(incoming, item) & wanted:
                    seen.add(state)
                    queue.append((step, *way))
        return ()

    def reached(self, node: Node, data: str, but: Flow) -> bool:
        """Whether any flow other than `but` brought such data to a node."""
        return any(flow is not but for flow, _ in self._arriving(node, data))

    def entering(self, node: Node) -> Sequence[Flow]:
        """The flows that arrive at a node itself."""
        return self._by_receiver.get(node.name, ())

    def arriving(self, node: Node) -> Iterator[Flow]:
        """The flows that arrive where a node's flows start: at itself, at its party, or at a service it runs."""
        for name in self._arrivals(node):
            yield from self._by_receiver.get(name, ())

    def _arriving(self, node: Node, data: str) -> Iterator[tuple[Flow, str]]:
        """The flows, with their item, that an item starting at a node continues."""
        for name in self._arrivals(node):
            for item in self._standing.get(name, ()):
                if self._order.related(item, data):
                    yield from ((flow, item) for flow in self._carriers[name, item])

    def _arrivals(self, node: Node) -> Iterable[str]:
        if node.kind == "service":
            return (node.name, node.party) if node.party is not None else (node.name,)
        if node.kind == "party":
            return (node.name, *self._services.get(node.name, ()))
        return ()

    @cached_property
    def _services(self) -> Mapping[str, Sequence[str]]:
        """The services of each party."""
        services: dict[str, list[str]] = {}
        for name, node in self._nodes.items():
            if node.kind == "service" and node.party is not None:
                services.setdefault(node.party, []).append(name)
        return services

    @cached_property
    def _by_receiver(self) -> Mapping[str, Sequence[Flow]]:
        flows: dict[str, list[Flow]] = {}
        for flow in self._flows:
            if flow.receiver.kind in ("service", "party"):
                flows.setdefault(flow.receiver.name, []).append(flow)
        return flows

    @cached_property
    def _carriers(self) -> Mapping[_State, Sequence[Flow]]:
        """The flows that bring each kind of data to each node."""
        carriers: dict[_State, list[Flow]] = {}
        for name, flows in self._by_receiver.items():
            for flow in flows:
                for key in dict.fromkeys(item.data.key for item in flow.items):
                    if key is not None:
                        carriers.setdefault((name, key), []).append(flow)
        return carriers

    @cached_property
    def _standing(self) -> Mapping[str, Sequence[str]]:
        """The kinds of data that reach each node."""
        standing: dict[str, list[str]] = {}
        for name, data in self._carriers:
            standing.setdefault(name, []).append(data)
        return standing

    def _labels(self, flow: Flow, data: str | None) -> int:
        if flow.subjects:
            return self._own(flow)
        if data is None or flow.sender.kind not in ("service", "party"):
            return 0
        labels = 0
        for name in self._arrivals(flow.sender):
            for item in self._standing.get(name, ()):
                if self._order.related(item, data):
                    labels |= self._reached.get((name, item), 0)
        return labels

    def _own(self, flow: Flow) -> int:
        purposes = frozenset(purpose.key for purpose in flow.purposes if purpose.key is not None)
        labels = 0
        for subject in flow.subjects:
            origin = (subject, purposes)
            if origin not in self._bits:
                self._bits[origin] = len(self._origins)
                self._origins.append(origin)
            labels |= 1 << self._bits[origin]
        return labels

    @cached_property
    def _reached(self) -> Mapping[_State, int]:
        """The origins whose data reached each state: labels pushed along flows until nothing changes."""
        reached: dict[_State, int] = {}
        onward: dict[_State, list[_State]] = {}
        for (name, data), flows in self._carriers.items():
            for flow in flows:
                if flow.subjects:
                    reached[name, data] = reached.get((name, data), 0) | self._own(flow)
        for (name, data), flows in self._carriers.items():
            senders = {flow.sender.name: flow.sender for flow in flows if not flow.subjects}
            for sender in senders.values():
                for at in self._arrivals(sender):
                    for item in self._standing.get(at, ()):
                        if self._order.related(item, data):
                            onward.setdefault((at, item), []).append((name, data))
        pending = deque(reached)
        while pending:
            state = pending.popleft()
            for target in onward.get(state, ()):
                labels = reached.get(target, 0) | reached[state]
                if labels != reached.get(target, 0):
                    reached[target] = labels
                    pending.append(target)
        return reached


def _ones(bits: int) -> Iterator[int]:
    """The positions of the bits that are set."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
