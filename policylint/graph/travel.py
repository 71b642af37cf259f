"""Flows in; the subjects of each item, what it was collected for, and the path by which it came, out."""

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import Generic, TypeVar

from policylint.graph.paths import Path, Paths, Step
from policylint.graph.routes import Routes, State
from policylint.model.flow import Flow
from policylint.model.values import Node, Subject
from policylint.stages import stage
from policylint.vocabulary.words import Vocabulary

Label = TypeVar("Label", bound=Hashable)


class Travel:
    """Where data comes from, for all flows of a project."""

    def __init__(self, words: Vocabulary, flows: Sequence[Flow], nodes: Mapping[str, Node]) -> None:
        self.routes = Routes(words, flows, nodes)
        # A flow that names subjects, or comes from people, says whose its data is; others carry that on.
        self._subjects = Spread(self.routes, lambda flow: flow.subjects)
        # Only a flow from people collects; whoever names subjects later does not collect anew.
        self._purposes = Spread(self.routes, _collected)
        self._paths = Paths(self.routes, self._subjects.carries)

    def subjects(self, flow: Flow, data: str) -> frozenset[Subject]:
        """The subjects that came along with an item of a flow that names none; empty where none did."""
        return frozenset(self._subjects.of(flow, data))

    def prepare(self) -> None:
        """Work out now whose data travels where, for other processes to know it too."""
        self._subjects.prepare()

    def marks(self, flow: Flow) -> tuple[int, ...]:
        """A number for each item of a flow that names no subjects: the same where the same ones came with it."""
        return tuple([self._subjects.mask(flow.sender, item.data.identity) for item in flow.content.items])

    def purposes(self, flow: Flow, data: str) -> frozenset[str | None]:
        """What an item was collected for, None for what is not known; empty where it did not come from people."""
        return frozenset(self._purposes.of(flow, data))

    def path(self, flow: Flow, data: str, subject: Subject) -> Path | None:
        """The shortest way by which a subject came to an item, from the flow that names it to `flow` itself."""
        before = self._paths.find(flow.sender, data, subject)
        return Path.to(Step(flow, data), before) if before else None

    def reached(self, node: Node, data: str, but: Flow) -> bool:
        """Whether any flow other than `but` brought such data to a node."""
        if but.receiver.name not in self.routes.arrivals(node):
            return data in self.routes.supplied(node)
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
        self._marks: dict[tuple[int, str], int] = {}
        self._masks: dict[State, int] = {}

    def of(self, flow: Flow, data: str) -> Iterator[Label]:
        """The labels of an item."""
        mask = self._mark(flow) or self.mask(flow.sender, data)
        while mask:
            lowest = mask & -mask
            yield self._labels[lowest.bit_length() - 1]
            mask ^= lowest

    def carries(self, flow: Flow, data: str, label: Label) -> bool:
        """Whether an item has a label."""
        return bool((self._mark(flow) or self.mask(flow.sender, data)) >> self._bit(label) & 1)

    def prepare(self) -> None:
        """Follow all labels to the end."""
        _ = self._reached

    def mask(self, sender: Node, data: str) -> int:
        """The labels, as bits, of such data where it starts at a node."""
        start = (sender.name, data)
        mask = self._masks.get(start)
        if mask is None:
            mask = 0
            for state in self._routes.states(sender, data):
                mask |= self._reached.get(state, 0)
            self._masks[start] = mask
        return mask

    def _bit(self, label: Label) -> int:
        bit = self._bits.setdefault(label, len(self._labels))
        if bit == len(self._labels):
            self._labels.append(label)
        return bit

    def _mark(self, flow: Flow) -> int:
        """The labels that a flow itself puts on its data; flows of one content, from the like of it, put the same."""
        kind = (id(flow.content), flow.sender.kind)
        mark = self._marks.get(kind)
        if mark is None:
            mark = self._marks[kind] = reduce(or_, (1 << self._bit(label) for label in self._own(flow)), 0)
        return mark

    @cached_property
    @stage("graph")
    def _reached(self) -> Mapping[State, int]:
        """The labels of the data that reached each state."""
        reached: dict[State, int] = {}
        carrying: dict[tuple[str, int, str], Flow] = {}
        for flow in self._routes.arriving_flows():
            mark = self._mark(flow)
            if mark:
                for data in self._routes.kinds(flow.content):
                    state = (flow.receiver.name, data)
                    reached[state] = reached.get(state, 0) | mark
            else:
                carrying[flow.sender.name, id(flow.content), flow.receiver.name] = flow
        onward: dict[State, dict[State, None]] = {}
        for flow in carrying.values():
            for data in self._routes.kinds(flow.content):
                for before in self._routes.states(flow.sender, data):
                    onward.setdefault(before, {})[flow.receiver.name, data] = None
        pending = deque(reached)
        while pending:
            state = pending.popleft()
            for target in onward.get(state, ()):
                labels = reached.get(target, 0) | reached[state]
                if labels != reached.get(target, 0):
                    reached[target] = labels
                    pending.append(target)
        return reached
