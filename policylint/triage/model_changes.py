"""Two models of a project in; what changed in its flows, and in who takes part in them, out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from policylint.model.build import Model
from policylint.model.flow import Flow
from policylint.triage.change import Change, Judgement, Weight, listed
from policylint.triage.flow_changes import FlowChanges, within
from policylint.triage.node_changes import NodeChanges


class Pairs(NamedTuple):
    """The flows of two models: those in both (perhaps renamed), and those in one only."""

    both: Sequence[tuple[Flow, Flow]]
    gone: Sequence[Flow]
    come: Sequence[Flow]


def changes(old: Model, new: Model) -> tuple[Change, ...]:
    """All changes from one model to another: the weightiest first, then in the order of declarations' names."""
    found = list(ModelChanges(old, new).all())
    order = list(Weight)
    return tuple(sorted(found, key=lambda each: (order.index(each.weight), each.declaration, each.fact, each.message)))


def pair(old: Sequence[Flow], new: Sequence[Flow]) -> Pairs:
    """Find each flow again: by its name; else by its ends and its data, for a flow that was only renamed."""
    names = {flow.name: flow for flow in old}
    both = [(names[flow.name], flow) for flow in new if flow.name in names]
    paired = {flow.name for _, flow in both}
    left = sorted((flow for flow in old if flow.name not in paired), key=lambda flow: flow.name)
    come: list[Flow] = []
    for flow in sorted((flow for flow in new if flow.name not in names), key=lambda flow: flow.name):
        alike = [each for each in left if _carries(each) == _carries(flow)]
        # Of several that it could have been, the one that is for the same.
        best = max(alike, key=lambda each: _purposes(each) == _purposes(flow), default=None)
        if best is None:
            come.append(flow)
        else:
            left.remove(best)
            both.append((best, flow))
    return Pairs(both, left, come)


def _carries(flow: Flow) -> tuple[object, ...]:
    return flow.sender.name, flow.receiver.name, frozenset(item.data.identity for item in flow.items)


def _purposes(flow: Flow) -> frozenset[str]:
    return frozenset(word.identity for word in flow.purposes)


@dataclass(frozen=True)
class ModelChanges:
    """Two models of one project."""

    old: Model
    new: Model

    def all(self) -> Iterator[Change]:
        """All changes, in no particular order."""
        pairs = pair(self.old.flows, self.new.flows)
        for before, after in pairs.both:
            if before.name != after.name:
                message = f"was called `{before.name}`"
                names = (before.name, after.name)
                yield Change(after.declaration, "name", Judgement.CHANGED, Weight.LOW, message, *names, after.span)
            yield from FlowChanges(self.old, self.new, before, after).all()
        for flow in pairs.come:
            yield from self._come(flow)
        for flow in pairs.gone:
            message = f"is gone; it carried {_in_words(flow)}"
            yield Change(
                flow.declaration,
                "flow",
                Judgement.NARROWER,
                Weight.LOW,
                message,
                _in_words(flow),
                None,
                flow.span,
                True,
            )
        for name, node in self.new.nodes.items():
            before_ = self.old.nodes.get(name)
            if before_ and before_.kind == node.kind:
                yield from NodeChanges(self.old, self.new, before_, node).all()

    def _come(self, flow: Flow) -> Iterator[Change]:
        """A new flow, and what in it never was in the project before."""
        sensitive = [key for key in _data(flow) if "sensitive" in self.new.words["data"].above(key)]
        shared = "subject" not in (flow.sender.kind, flow.receiver.kind) and flow.sender.party != flow.receiver.party
        weight = Weight.HIGH if sensitive or shared else Weight.MEDIUM
        words = _in_words(flow)
        yield Change(flow.declaration, "flow", Judgement.WIDER, weight, f"is new: {words}", None, words, flow.span)
        for fact, (kind, names) in self._firsts(flow).items():
            for name in names:
                message = f"first {kind} `{name}` in the project"
                heavy = Weight.HIGH if fact in ("recipient", "place") or name in sensitive else Weight.MEDIUM
                yield Change(flow.declaration, fact, Judgement.WIDER, heavy, message, None, name, flow.span)

    def _firsts(self, flow: Flow) -> Mapping[str, tuple[str, list[str]]]:
        party = flow.receiver.party
        receives = party is not None and party in self._before["recipient"]
        places = flow.receiver.places.keys if flow.receiver.kind != "subject" else ()
        purposes = [word.key for word in flow.purposes if word.key is not None]
        return {
            "recipient": ("flow to the party", [] if receives or party is None else [party]),
            "data": ("data", self._unseen("data", _data(flow))),
            "purpose": ("purpose", self._unseen("purpose", purposes)),
            "place": ("flow into", self._unseen("place", places)),
        }

    def _unseen(self, facet: str, keys: Sequence[str]) -> list[str]:
        return [key for key in keys if not self._seen(facet, key)]

    def _seen(self, facet: str, key: str) -> bool:
        """Whether something that covers a word was in some flow before."""
        return any(within(self.new.words[facet], key, old) for old in self._before[facet])

    @cached_property
    def _before(self) -> Mapping[str, frozenset[str]]:
        flows = self.old.flows
        return {
            "recipient": frozenset(flow.receiver.party for flow in flows if flow.receiver.party is not None),
            "data": frozenset(key for flow in flows for key in _data(flow)),
            "purpose": frozenset(word.key for flow in flows for word in flow.purposes if word.key is not None),
            "place": frozenset(place for flow in flows for place in flow.receiver.places.keys),
        }


def _data(flow: Flow) -> list[str]:
    return [item.data.key for item in flow.items if item.data.key is not None]


def _in_words(flow: Flow) -> str:
    data = listed([item.data.text for item in flow.items])
    purposes = listed([word.text for word in flow.purposes]) or "a purpose that is not declared"
    return f"{data} from `{flow.sender.name}` to `{flow.receiver.name}` for {purposes}"
