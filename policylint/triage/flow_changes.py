"""A flow before and now in; every fact of it that changed out."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from policylint.model.build import Model
from policylint.model.flow import Flow
from policylint.model.values import Item, Node, Subject, Word
from policylint.triage import bases, retention
from policylint.triage.change import USUAL, Change, Judgement, Weight, arrow, change_of, claims_lost, listed, shifts
from policylint.triage.people import called as person
from policylint.triage.people import is_within
from policylint.vocabulary.facet import Facet

_HIGH: Mapping[Judgement, Weight] = {**USUAL, Judgement.WIDER: Weight.HIGH}
_PAID = {"none": 0, None: 1, "value": 2, "money": 2}
_FORMS = {"none": 0, "open": 1, "personal": 2}


def within(facet: Facet, one: str, other: str) -> bool:
    """Whether a word is covered by another; an unknown one only by itself."""
    return one == other or ("?" not in one[:1] + other[:1] and other in facet.above(one))


@dataclass(frozen=True)
class FlowChanges:
    """One flow in two models; it may have been renamed."""

    old: Model
    new: Model
    before: Flow
    after: Flow

    def all(self) -> Iterator[Change]:
        """All changes, in the order in which a flow is written."""
        yield from self._ends()
        yield from self._data()
        yield from self._terms("purpose", self.before.purposes, self.after.purposes)
        yield from self._subjects()
        yield from self._bases()
        yield from self._safeguards()
        yield from self._terms("means", self.before.means, self.after.means)
        yield from self._circumstances()
        yield from self._retention()
        yield from self._consideration()

    def _ends(self) -> Iterator[Change]:
        for fact, verb, old, new in (
            ("source", "comes from", self.before.sender, self.after.sender),
            ("recipient", "goes to", self.before.receiver, self.after.receiver),
        ):
            if old.name != new.name:
                other = fact == "recipient" and old.party != new.party
                judgement = Judgement.WIDER if other else Judgement.CHANGED
                message = f"{verb} {arrow([old.name], [new.name])}"
                yield change_of(
                    self.after, fact, judgement, message, [old.name], [new.name], Weight.HIGH if other else None
                )
                yield from self._destinations(old, new) if fact == "recipient" else ()

    def _destinations(self, old: Node, new: Node) -> Iterator[Change]:
        for shift in shifts(old.places.keys, new.places.keys, partial(within, self.new.words["place"])):
            if shift.judgement is Judgement.WIDER:
                message = f"goes to a new place, {listed(shift.after)}"
                yield change_of(self.after, "place", shift.judgement, message, shift.before, shift.after, Weight.HIGH)
        if old.places.keys and not new.places.declared:
            message = f"goes to a place that is not declared; it was {listed(old.places.keys)}"
            yield change_of(self.after, "place", Judgement.WIDER, message, old.places.keys, (), Weight.HIGH)

    def _data(self) -> Iterator[Change]:
        before = {item.data.identity: item for item in self.before.items}
        after = {item.data.identity: item for item in self.after.items}
        order = self.new.words["data"]
        for shift in shifts(list(before), list(after), partial(within, order)):
            note, weight = "", USUAL[shift.judgement]
            if shift.judgement is Judgement.WIDER:
                note, weight = _kind_of_data(order, shift.after[0])
            message = _said("data", shift.judgement, shift.before, shift.after) + note
            yield change_of(
                self.after, "data", shift.judgement, message, _bare(shift.before), _bare(shift.after), weight
            )
        for data in before.keys() & after.keys():
            yield from self._form(before[data], after[data])

    def _form(self, before: Item, after: Item) -> Iterator[Change]:
        forms = [item.form.identity if item.form else "identified" for item in (before, after)]
        if forms[0] == forms[1]:
            return
        old, new = (_rank(self.new.words["form"], form) for form in forms)
        judgement = Judgement.WIDER if new > old else Judgement.NARROWER if new < old else Judgement.CHANGED
        message = f"form of `{after.data.text}`: {arrow(_bare(forms[:1]), _bare(forms[1:]))}"
        weight = _HIGH[judgement]
        yield change_of(self.after, "form", judgement, message, _bare(forms[:1]), _bare(forms[1:]), weight)

    def _terms(self, fact: str, before: Collection[Word], after: Collection[Word]) -> Iterator[Change]:
        olds, news = ([word.identity for word in words] for words in (before, after))
        for shift in shifts(olds, news, partial(within, self.new.words[fact])):
            message = _said(fact, shift.judgement, shift.before, shift.after)
            yield change_of(self.after, fact, shift.judgement, message, _bare(shift.before), _bare(shift.after))

    def _subjects(self) -> Iterator[Change]:
        before, after = self.before.subjects, self.after.subjects
        if bool(before) != bool(after):
            olds, news = ([person(each) for each in several] for several in (before, after))
            message = f"says whose data it is: {listed(news)}" if news else "says no longer whose data it is"
            yield change_of(self.after, "subject", Judgement.CHANGED, message, olds, news)
            return

        def covers(one: Subject, other: Subject) -> bool:
            return is_within(one, other, self.new.words["subject"], self.new.words["place"])

        for shift in shifts(before, after, covers, person):
            message = _said("subject", shift.judgement, shift.before, shift.after)
            yield change_of(self.after, "subject", shift.judgement, message, shift.before, shift.after)

    def _bases(self) -> Iterator[Change]:
        olds, news = ([word.identity for word in flow.bases] for flow in (self.before, self.after))
        judgement = bases.compared(olds, news, self.new.words["basis"])
        if judgement is None:
            return
        word = {Judgement.WIDER: "weaker basis", Judgement.NARROWER: "stronger basis"}.get(judgement, "other basis")
        message = f"{word}: {arrow(_bare(olds) or ['none'], _bare(news) or ['none'])}"
        yield change_of(self.after, "basis", judgement, message, _bare(olds), _bare(news), _HIGH[judgement])

    def _safeguards(self) -> Iterator[Change]:
        """What protects the flow and did so before. What its receiver alone lost or gained is told of the receiver."""
        facet = partial(within, self.new.words["safeguard"])
        claims = [[word.identity for word in flow.safeguards] for flow in (self.before, self.after)]
        olds, news = self.before.receiver.safeguards.keys, self.after.receiver.safeguards.keys
        is_same = self.before.receiver.name == self.after.receiver.name
        for verb, judgement, (own, theirs), (own_then, theirs_then) in (
            ("lost", Judgement.WIDER, (claims[0], olds), (claims[1], news)),
            ("new", Judgement.NARROWER, (claims[1], news), (claims[0], olds)),
        ):
            changed = claims_lost([*own, *theirs], [*own_then, *theirs_then], facet)
            if is_same:
                changed -= claims_lost(theirs, theirs_then, facet) - set(own)
            for each in sorted(changed):
                pair = ([each], []) if verb == "lost" else ([], [each])
                yield change_of(
                    self.after,
                    "safeguard",
                    judgement,
                    f"{verb} safeguard {listed(_bare([each]))}",
                    *pair,
                    _HIGH[judgement],
                )

    def _circumstances(self) -> Iterator[Change]:
        """A flow that names no circumstance happens in all."""
        olds, news = ([word.identity for word in flow.circumstances] for flow in (self.before, self.after))
        if set(olds) == set(news):
            return
        if olds and news:
            yield from self._terms("circumstance", self.before.circumstances, self.after.circumstances)
            return
        judgement = Judgement.NARROWER if news else Judgement.WIDER
        message = f"only when {listed(_bare(news))}" if news else f"no longer only when {listed(_bare(olds))}"
        yield change_of(self.after, "circumstance", judgement, message, _bare(olds), _bare(news))

    def _retention(self) -> Iterator[Change]:
        flows = (self.before, self.after)
        by_default = not any(flow.spans.keep for flow in flows)
        if by_default and self.before.receiver.name == self.after.receiver.name:
            return  # what the receiving service keeps by default is told of the service
        before = {item.data.identity: item.keep for item in self.before.items}
        items: dict[tuple[Judgement, str, str], list[str]] = {}
        for item in self.after.items:
            if item.data.identity in before:
                old = before[item.data.identity]
                judgement = retention.compared(old, item.keep)
                if judgement:
                    key = (judgement, retention.called(old), retention.called(item.keep))
                    items.setdefault(key, []).append(item.data.text)
        for (judgement, was, now), data in items.items():
            weight = Weight.HIGH if judgement is Judgement.WIDER and now in ("forever", retention.UNDECLARED) else None
            message = f"keeps {listed(data)} {retention.LASTS[judgement]}: {arrow([was], [now])}"
            yield change_of(self.after, "retention", judgement, message, [was], [now], weight)

    def _consideration(self) -> Iterator[Change]:
        old, new = self.before.consideration, self.after.consideration
        if old == new:
            return
        judgement = Judgement.WIDER if _PAID[new] > _PAID[old] else Judgement.NARROWER
        judgement = Judgement.CHANGED if _PAID[new] == _PAID[old] else judgement
        was, now = old or "not declared", new or "not declared"
        message = f"what is given for the data: {arrow([was], [now])}"
        yield change_of(self.after, "consideration", judgement, message, [was], [now], _HIGH[judgement])


def _said(fact: str, judgement: Judgement, before: Collection[str], after: Collection[str]) -> str:
    olds, news = _bare(before), _bare(after)
    if olds and news:
        return f"{judgement} {fact}: {arrow(olds, news)}"
    return f"new {fact} {listed(news)}" if news else f"no longer {fact} {listed(olds)}"


def _bare(words: Collection[str]) -> list[str]:
    """Words as written; unknown ones are marked inside only."""
    return [word.removeprefix("?") for word in words]


def _kind_of_data(order: Facet, data: str) -> tuple[str, Weight]:
    """What is worth saying of new data, and how much it weighs."""
    above = order.above(data) if not data.startswith("?") else frozenset(("personal",))
    if "sensitive" in above:
        return " (sensitive)", Weight.HIGH
    return ("", Weight.MEDIUM) if "personal" in above else (" (not personal)", Weight.LOW)


def _rank(forms: Facet, form: str) -> tuple[int, bool]:
    """How much a form leaves of identity."""
    return _FORMS[forms.identity(form.removeprefix("?"))], form == "identified"
