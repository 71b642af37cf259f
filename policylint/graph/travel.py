"""Flows in; the subjects of each item, what it was collected for, and the path by which it came, out."""

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from policylint.graph.routes import Routes, State
from policylint.model.flow import Flow
from policylint.model.values import Node, Subject
from policylint.vocabulary.words import Vocabulary

Label = TypeVar("Label", bound=Hashable)


@dataclass(frozen=True)
class Step:
    """One hop of a path: a flow, and the kind of data it carries on."""

    flow: Flow
    data: str


class Travel:
    """Where data comes from, for all flows of a project."""

    def __init__(self, words: Vocabulary, flows: Sequence[Flow], nodes: Mapping[str, Node]) -> None:
        self.routes = Routes(words, flows, nodes)
        # A flow that names subjects, or comes from people, says whose its data is; others carry that on.
        self._subjects = Spread(self.routes, lambda flow: flow.subjects)
        # Only a flow from people collects; whoever names subjects later does not collect anew.
        self._purposes = Spread(self.routes, _collected)
        self._ways: dict[tuple[str, str, Subject], tuple[Step, ...]] = {}

    def subjects(self, flow: Flow, data: str) -> frozenset[Subject]:
        """The subjects that came along with an item of a flow that names none; empty where none did."""
        return frozenset(self._subjects.of(flow, data))

    def purposes(self, flow: Flow, data: str) -> frozenset[str | None]:
        """What an item was collected for, None for what is not known; empty where it did not come from people."""
        return frozenset(self._purposes.of(flow, data))

    def path(self, flow: Flow, data: str, subject: Subject) -> tuple[Step, ...]:
        """The shortest way by which a subject came to an item, from the flow that names it to `flow` itself.

        Among ways of one length the names of the flows decide, so that the order of declarations does not.
        """
        start = (flow.sender.name, data, subject)
        if start not in self._ways:
            self._ways[start] = self._way(flow.sender, data, subject)
        way = self._ways[start]
        return (*way, Step(flow, data)) if way else ()

    def _way(self, sender: Node, data: str, subject: Subject) -> tuple[Step, ...]:
        queue: deque[tuple[Node, str, tuple[Step, ...]]] = deque([(sender, data, ())])
        seen: set[State] = set()
        while queue:
            node, kind, way = queue.popleft()
            for incoming, item in sorted(self.routes.feeding(node, kind), key=lambda pair: (pair[0].name, pair[1])):
                if subject in incoming.subjects:
                    return (Step(incoming, item), *way)
                state = (incoming.sender.name, item)
                if not incoming.subjects and state not in seen and self._subjects.carries(incoming, item, subject):
                    seen.add(state)
                    queue.append((incoming.sender, item, (Step(incoming, item), *way)))
        return ()

    def reached(self, node: Node, data: str, but: Flow) -> bool:
        """Whether any flow other than `but` brought such data to a node."""
        return any(flow is not but for flow, _ in self.routes.feeding(node, data))


def _collected(flow: Flow) -> Collection[str | None]:
    return tuple(word.key for word in flow.purposes) or (None,) if flow.sender.kind == "subject" else ()


class Spread(Generic[Label]):
    """Labels that some flows put on their data and all others carry on, round in circles too.

    Each distinct label is a bit; bits are pushed from state to state until nothing changes.
    """

    def __init__(self, routes: Routes, own: Callable[[Flow], Collection[Label]]) -> None:
        self._routes = routes
        self._own = own
        self._labels: list[Label] = []
        self._bits: dict[Label, int] = {}

    def of(self, flow: Flow, data: str) -> Iterator[Label]:
        """The labels of an item."""
        mask = self._mask(flow, data)
        while mask:
            lowest = mask & -mask
            yield self._labels[lowest.bit_length() - 1]
            mask ^= lowest

    def carries(self, flow: Flow, data: str, label: Label) -> bool:
        """Whether an item has a label."""
        return bool(self._mask(flow, data) >> self._bit(label) & 1)

    def _bit(self, label: Label) -> int:
        bit = self._bits.setdefault(label, len(self._labels))
        if bit == len(self._labels):
            self._labels.append(label)
        return bit

    def _mask(self, flow: Flow, data: str) -> int:
        own = self._marked(flow)
        if own:
            return own
        mask = 0
        for state in self._routes.states(flow.sender, data):
            mask |= self._reached.get(state, 0)
        return mask

    def _marked(self, flow: Flow) -> int:
        mask = 0
        for label in self._own(flow):
            mask |= 1 << self._bit(label)
        return mask

    @cached_property
    def _reached(self) -> Mapping[State, int]:
        """The labels of the data that reached each state."""
        reached: dict[State, int] = {}
        onward: dict[State, list[State]] = {}
        for state, flows in self._routes.carriers.items():
            senders: dict[str, Node] = {}
            for flow in flows:
                own = self._marked(flow)
                if own:
                    reached[state] = reached.get(state, 0) | own
                else:
                    senders[flow.sender.name] = flow.sender
            for sender in senders.values():
                for before in self._routes.states(sender, state[1]):
                    onward.setdefault(before, []).append(state)
        pending = deque(reached)
        while pending:
            state = pending.popleft()
            for target in onward.get(state, ()):
                labels = reached.get(target, 0) | reached[state]
                if labels != reached.get(target, 0):
                    reached[target] = labels
                    pending.append(target)
        return reached
