"""Routes in; the shortest path by which somebody's data came to where a flow starts, out.

Among paths of one length the names of their flows decide, the last one first, so that the order of declarations does
not. The rest of such a path is itself such a path: what was found once is used by all searches that come by.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from policylint.graph.routes import Routes
from policylint.model.flow import Flow
from policylint.model.values import Node, Subject

Carries = Callable[[Flow, str, Subject], bool]
"""Whether a flow carries such data of somebody."""


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


class Paths:
    """Looks for paths, against the direction of the flows."""

    def __init__(self, routes: Routes, carries: Carries) -> None:
        self._routes = routes
        self._carries = carries
        self._known: dict[tuple[str, str, Subject], Path | None] = {}

    def find(self, sender: Node, data: str, subject: Subject) -> Path | None:
        """The path by which a subject came to such data where it starts at a node, None where it did not."""
        start = (sender.name, data, subject)
        if start not in self._known:
            self._known[start] = self._searched(sender, data, subject)
        return self._known[start]

    def _searched(self, sender: Node, data: str, subject: Subject) -> Path | None:
        level = [_Trail(sender, data, None, None)]
        seen: set[tuple[str, str]] = set()
        while level:
            if len(level) == 1 and (known := self._known.get((level[0].node.name, level[0].data, subject))):
                return self._followed(level[0], known, subject)
            further: list[_Trail] = []
            for trail in level:
                for step in self._steps(trail, subject):
                    flow, kind = step
                    if subject in flow.subjects:
                        return self._followed(trail, Path.to(step, None), subject)
                    state = (flow.sender.name, kind)
                    if not flow.subjects and state not in seen and self._carries(flow, kind, subject):
                        seen.add(state)
                        further.append(_Trail(flow.sender, kind, step, trail))
            level = further
        return None

    def _steps(self, trail: _Trail, subject: Subject) -> Iterable[Step]:
        """The steps that lead to a point: where a path to it is known, the last of that one only."""
        known = self._known.get((trail.node.name, trail.data, subject))
        if known:
            return (known.last,)
        feeding = self._routes.feeding(trail.node, trail.data)
        return sorted((Step(*each) for each in feeding), key=lambda step: (step.flow.name, step.data))

    def _followed(self, trail: _Trail, path: Path, subject: Subject) -> Path:
        """The whole path to where the search began; each point of it knows its own part from now on."""
        while True:
            self._known[trail.node.name, trail.data, subject] = path
            if trail.step is None or trail.onward is None:
                return path
            path = Path.to(trail.step, path)
            trail = trail.onward
