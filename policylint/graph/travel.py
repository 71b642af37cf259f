"""Flows in; the subjects of each item, what it was collected for, and the path by which it came, out."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence, Set
from functools import cached_property, reduce
from operator import or_
from typing import Generic, TypeVar

from policylint.graph.paths import Path, Paths, Step
from policylint.graph.routes import Routes
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
        self._subjects = Spread(self.routes, lambda flow: flow.content.subjects)
        # Only a flow from people collects; whoever names subjects later does not collect anew.
        self._purposes = Spread(self.routes, _collected)
        self._paths = Paths(self.routes, self._subjects.mask, self._subjects.bit)
        self._identities: dict[int, tuple[str, ...]] = {}

    def subjects(self, flow: Flow, data: str) -> frozenset[Subject]:
        """The subjects that came along with an item of a flow that names none; empty where none did."""
        return frozenset(self._subjects.of(flow, data))

    def prepare(self) -> None:
        """Work out now whose data travels where, for other processes to know it too."""
        self._subjects.prepare()

    def marks(self, flow: Flow) -> tuple[int, ...]:
        """A number for each item of a flow that names no subjects: the same where the same ones came with it."""
        content, masks = flow.content, self._subjects.masks[flow.sender.name]
        identities = self._identities.get(id(content))
        if identities is None:
            identities = self._identities[id(content)] = tuple([item.data.identity for item in content.items])
        return tuple([masks[data] for data in identities])

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
    return tuple([word.key for word in flow.content.purposes]) or (None,) if flow.sender.kind == "subject" else ()


class Spread(Generic[Label]):
    """Labels that some flows put on their data and all others carry on, round in circles too.

    Each distinct label is a bit; bits are pushed from one start to the next until nothing changes.
    """

    def __init__(self, routes: Routes, own: Callable[[Flow], Collection[Label]]) -> None:
        self._routes = routes
        self._own = own
        self._labels: list[Label] = []
        self._numbers: dict[Label, int] = {}
        self._marks: dict[tuple[int, str], int] = {}

    def of(self, flow: Flow, data: str) -> Iterator[Label]:
        """The labels of an item."""
        mask = self.mask(flow, data)
        while mask:
            lowest = mask & -mask
            yield self._labels[lowest.bit_length() - 1]
            mask ^= lowest

    def prepare(self) -> None:
        """Follow all labels to the end."""
        _ = self.masks

    def mask(self, flow: Flow, data: str) -> int:
        """The labels of an item, as bits."""
        return self._mark(flow) or self.masks[flow.sender.name][data]

    def bit(self, label: Label) -> int:
        """The bit that stands for a label."""
        number = self._numbers.setdefault(label, len(self._labels))
        if number == len(self._labels):
            self._labels.append(label)
        return 1 << number

    def _mark(self, flow: Flow) -> int:
        """The labels that a flow itself puts on its data; flows of one content, from the like of it, put the same."""
        kind = (id(flow.content), flow.sender.kind)
        mark = self._marks.get(kind)
        if mark is None:
            mark = self._marks[kind] = reduce(or_, (self.bit(label) for label in self._own(flow)), 0)
        return mark

    @cached_property
    @stage("graph")
    def masks(self) -> Mapping[str, Mapping[str, int]]:
        """The labels, as bits, of all data that flows carry on: by the node where it starts, and by its kind.

        What goes no further is not looked at: most flows of most projects name their subjects.
        """
        marking, senders, carried = self._parted()
        starts: list[tuple[str, str]] = []
        feeds: dict[str, dict[str, list[int]]] = {}
        for name, going in carried.items():
            for data in going:
                for arrival, kind in self._routes.states(senders[name], data):
                    feeds.setdefault(arrival, {}).setdefault(kind, []).append(len(starts))
                starts.append((name, data))
        after = [
            {later for receiver in carried[name][data] for later in feeds.get(receiver, _NOTHING).get(data, ())}
            for name, data in starts
        ]
        labels = [0] * len(starts)
        for flow in marking:
            fed = feeds.get(flow.receiver.name)
            if fed:
                mark = self._mark(flow)
                for data in self._routes.kinds(flow.content):
                    for start in fed.get(data, ()):
                        labels[start] |= mark
        _follow(labels, after)
        masks: dict[str, dict[str, int]] = {}
        for (name, data), mask in zip(starts, labels, strict=True):
            masks.setdefault(name, {})[data] = mask
        return masks

    def _parted(self) -> tuple[Sequence[Flow], Mapping[str, Node], Mapping[str, Mapping[str, Set[str]]]]:
        """The flows that put labels on data; of others who sends, and by its name, by kind of data, who receives."""
        marking: list[Flow] = []
        senders: dict[str, Node] = {}
        carried: dict[str, dict[str, set[str]]] = {}
        for flow in self._routes.flows:
            if self._own(flow):
                marking.append(flow)
                continue
            name, receiver = flow.sender.name, flow.receiver.name
            going = carried.get(name)
            if going is None:
                senders[name], going = flow.sender, carried.setdefault(name, defaultdict(set))
            for data in self._routes.kinds(flow.content):
                going[data].add(receiver)
        return marking, senders, carried


_NOTHING: Mapping[str, Sequence[int]] = {}


def _follow(labels: list[int], after: Sequence[Set[int]]) -> None:
    """Push bits from each number to those after it until nothing changes."""
    pending = {number for number, mask in enumerate(labels) if mask}
    while pending:
        changed: set[int] = set()
        for number in pending:
            mask = labels[number]
            for later in after[number]:
                if labels[later] | mask != labels[later]:
                    labels[later] |= mask
                    changed.add(later)
        pending = changed
