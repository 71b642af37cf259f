"""Routes in; the shortest path by which somebody's data came to where a flow starts, out.

Among paths of one length the names of their flows decide, the last one first, so that the order of declarations does
not. The rest of such a path is itself such a path: what was found once is used by all searches that come by.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from policylint.graph.routes import Routes, State
from policylint.model.flow import Flow
from policylint.model.values import Node, Subject


class Step(NamedTuple):
    """One hop of a path: a flow, and the kind of data it carries on."""

    flow: Flow
    data: str


class Path(NamedTuple):
    """A path by its last step and what leads there, so that long ones share all but their ends."""

    last: Step
    before: "Path | None"
    first: Step
    length: int

    @classmethod
    def to(cls, last: Step, before: "Path | None") -> "Path":
        """A path made longer by a step; by the first one without any before it."""
        return cls(last, before, before.first if before else last, before.length + 1 if before else 1)

    def steps(self) -> list[Step]:
        """All steps, from the flow that names whose data it is."""
        return [path.last for path in self._back()][::-1]

    def latest(self, most: int) -> list[Step]:
        """The last steps, so many at most."""
        return [path.last for path, _ in zip(self._back(), range(most), strict=False)][::-1]

    def _back(self) -> "Iterator[Path]":
        path: Path | None = self
        while path:
            yield path
            path = path.before


class _Trail(NamedTuple):
    """How far a search has come: where a flow starts with such data, and how it goes on from there."""

    node: Node
    data: str
    step: Step | None
    onward: "_Trail | None"


class _Behind(NamedTuple):
    """What such data at a node continues: of flows that are alike for this, the first by name."""

    naming: Mapping[Subject, Step]
    """By each of the subjects that they name."""
    onward: Sequence[tuple[Step, int]]
    """From each place, where they name none; with the subjects whose data they carry on, as bits."""


class Paths:
    """Looks for paths, against the direction of the flows. `whose` are the subjects of some data, each one a `bit`."""

    def __init__(self, routes: Routes, whose: Callable[[Flow, str], int], bit: Callable[[Subject], int]) -> None:
        self._routes = routes
        self._whose = whose
        self._bit = bit
        self._points: dict[State, _Behind] = {}
        self._known: dict[tuple[str, str, Subject], Path | None] = {}

    def find(self, sender: Node, data: str, subject: Subject) -> Path | None:
        """The path by which a subject came to such data where it starts at a node, None where it did not."""
        start = (sender.name, data, subject)
        if start not in self._known:
            self._known[start] = self._searched(sender, data, subject)
        return self._known[start]

    def _searched(self, sender: Node, data: str, subject: Subject) -> Path | None:
        level = [_Trail(sender, data, None, None)]
        seen: set[State] = set()
        wanted = self._bit(subject)
        while level:
            if len(level) == 1 and (known := self._known.get((level[0].node.name, level[0].data, subject))):
                return self._followed(level[0], known, subject)
            further: list[_Trail] = []
            for trail in level:
                behind = self._behind(trail.node, trail.data)
                if subject in behind.naming:
                    return self._followed(trail, Path.to(behind.naming[subject], None), subject)
                known = self._known.get((trail.node.name, trail.data, subject))
                for step, whose in behind.onward if not known else ((known.last, wanted),):
                    state = (step.flow.sender.name, step.data)
                    if whose & wanted and state not in seen:
                        seen.add(state)
                        further.append(_Trail(step.flow.sender, step.data, step, trail))
            level = further
        return None

    def _behind(self, node: Node, data: str) -> _Behind:
        behind = self._points.get((node.name, data))
        if behind is None:
            naming: dict[Subject, Step] = {}
            onward: dict[State, tuple[Step, int]] = {}
            for flow, kind in sorted(self._routes.feeding(node, data), key=lambda pair: (pair[0].name, pair[1])):
                for subject in flow.subjects:
                    naming.setdefault(subject, Step(flow, kind))
                if not flow.subjects:
                    onward.setdefault((flow.sender.name, kind), (Step(flow, kind), self._whose(flow, kind)))
            behind = self._points[node.name, data] = _Behind(naming, tuple(onward.values()))
        return behind

    def _followed(self, trail: _Trail, path: Path, subject: Subject) -> Path:
        """The whole path to where the search began; each point of it knows its own part from now on."""
        while True:
            self._known[trail.node.name, trail.data, subject] = path
            if trail.step is None or trail.onward is None:
                return path
            path = Path.to(trail.step, path)
            trail = trail.onward
