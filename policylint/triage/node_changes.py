"""A party or service before and now in; every fact of it that changed out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial

from policylint.model.build import Model
from policylint.model.values import Claims, Node
from policylint.triage import retention
from policylint.triage.change import Change, Judgement, Weight, arrow, change_of, claims_lost, listed, shifts
from policylint.triage.flow_changes import within

_INSTRUCTED = ("processor", "subprocessor", "internal")
"""Who works with data only as it is told."""


@dataclass(frozen=True)
class NodeChanges:
    """One party or service in two models. What a service has of its party is told of the party."""

    old: Model
    new: Model
    before: Node
    after: Node

    def all(self) -> Iterator[Change]:
        """All changes."""
        yield from self._operator()
        yield from self._roles()
        yield from self._client()
        yield from self._places()
        yield from self._safeguards()
        yield from self._defaults()

    def _operator(self) -> Iterator[Change]:
        old, new = self.before.party, self.after.party
        if old != new:
            was, now = ([name] if name else ["nobody known"] for name in (old, new))
            yield change_of(
                self.after, "operator", Judgement.WIDER, f"is run by another: {arrow(was, now)}", was, now, Weight.HIGH
            )

    def _roles(self) -> Iterator[Change]:
        """What it is: its party's recipient terms, and a service's own."""
        old, new = self._own("recipients")
        if set(old) == set(new):
            return
        kinds = self.new.words["recipient"]
        told, told_now = (any(kinds.above(key).intersection(_INSTRUCTED) for key in keys) for keys in (old, new))
        judgement = Judgement.WIDER if told and not told_now else Judgement.CHANGED
        judgement = Judgement.NARROWER if told_now and not told else judgement
        message = f"role: {arrow(old or ['not declared'], new or ['not declared'])}"
        yield change_of(
            self.after, "role", judgement, message, old, new, Weight.HIGH if told and not told_now else None
        )

    def _client(self) -> Iterator[Change]:
        old, new = ([node.works_for.text] if node.works_for else [] for node in (self.before, self.after))
        if self.after.kind == "party" and old != new:
            message = f"works for another: {arrow(old or ['the owner'], new or ['the owner'])}"
            yield change_of(self.after, "client", Judgement.CHANGED, message, old, new)

    def _places(self) -> Iterator[Change]:
        old, new = self.before.places, self.after.places
        if self._has_its_partys_places():
            return
        if old.keys and not new.declared:
            message = f"says no longer where it is; it was in {listed(old.keys)}"
            yield change_of(self.after, "place", Judgement.WIDER, message, old.keys, (), Weight.HIGH)
        elif new.keys and not old.declared:
            message = f"says where it is, which was not declared: {listed(new.keys)}"
            yield change_of(self.after, "place", Judgement.CHANGED, message, (), new.keys)
        else:
            for shift in shifts(old.keys, new.keys, partial(within, self.new.words["place"])):
                weight = Weight.HIGH if shift.judgement is Judgement.WIDER else None
                message = _moved(shift.before, shift.after)
                yield change_of(self.after, "place", shift.judgement, message, shift.before, shift.after, weight)

    def _safeguards(self) -> Iterator[Change]:
        old, new = self._own("safeguards")
        facet = partial(within, self.new.words["safeguard"])
        theirs, theirs_now = self.before.safeguards.keys, self.after.safeguards.keys
        for each in sorted(claims_lost(theirs, theirs_now, facet).intersection(old)):
            yield change_of(
                self.after, "safeguard", Judgement.WIDER, f"lost safeguard `{each}`", [each], (), Weight.HIGH
            )
        for each in sorted(claims_lost(theirs_now, theirs, facet).intersection(new)):
            yield change_of(self.after, "safeguard", Judgement.NARROWER, f"new safeguard `{each}`", (), [each])

    def _defaults(self) -> Iterator[Change]:
        """How long a service keeps what flows say nothing about."""
        old, new = (
            {each.data.text if each.data else "": each.period for each in node.keeps}
            for node in (self.before, self.after)
        )
        for data in dict.fromkeys((*old, *new)):
            judgement = retention.compared(old.get(data), new.get(data))
            if judgement:
                was, now = ([retention.called(periods.get(data))] for periods in (old, new))
                endless = now[0] in ("forever", retention.UNDECLARED)
                weight = Weight.HIGH if judgement is Judgement.WIDER and endless else None
                message = f"keeps {f'`{data}`' if data else 'data'} {retention.LASTS[judgement]}: {arrow(was, now)}"
                yield change_of(self.after, "retention", judgement, message, was, now, weight)

    def _own(self, claims: str) -> tuple[list[str], list[str]]:
        """Claims of a party, or of a service without its party's, before and now."""

        def own(node: Node, model: Model) -> list[str]:
            theirs: Claims = getattr(node, claims)
            party = model.nodes.get(node.party or "")
            of_party: Claims = getattr(party, claims) if node.kind == "service" and party else Claims()
            return [key for key in theirs.keys if key not in of_party.keys]

        return own(self.before, self.old), own(self.after, self.new)

    def _has_its_partys_places(self) -> bool:
        """Whether a service lay where its party does and still does: then it is the party that moved."""
        if self.after.kind != "service" or self.before.party != self.after.party:
            return False
        pairs = ((self.before, self.old), (self.after, self.new))
        parties = [model.nodes.get(node.party or "") for node, model in pairs]
        return all(party and party.places == node.places for (node, _), party in zip(pairs, parties, strict=True))


def _moved(before: Collection[str], after: Collection[str]) -> str:
    if before and after:
        return f"is in another place: {arrow(before, after)}"
    return f"is in a new place, {listed(after)}" if after else f"is no longer in {listed(before)}"
