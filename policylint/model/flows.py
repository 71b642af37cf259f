"""Flows as written in; flows with every name looked up out: what many say in the same words is looked up once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Generic, NamedTuple, TypeVar

from policylint.model.flow import Content, Flow
from policylint.model.nodes import STRANGER, Homes, subject_node, unknown_node
from policylint.model.period import Period
from policylint.model.resolver import Resolver
from policylint.model.values import NOWHERE, Default, Item, Node, Subject, Word
from policylint.source.mistake import MistakeKind
from policylint.source.text import Span
from policylint.syntax import tree
from policylint.syntax.parser import File
from policylint.vocabulary.facet import Facet

UNPLACED = Span("", 0, 0)
"""The place of words that stand wherever flows say them."""


class Flows:
    """Looks up all that flows name. Words that nothing knows are mistakes, each time they are said."""

    def __init__(self, resolver: Resolver, nodes: Mapping[str, Node], homes: Homes) -> None:
        self._resolver = resolver
        self._nodes, self._homes = nodes, homes
        self._scratch = resolver._replace(ledger=replace(resolver.ledger, mistakes=[], hints=[]))
        self._words: dict[tuple[str, str], Word] = {}
        self._contents: dict[tuple[object, ...], Content | None] = {}
        self._people: dict[str, Node] = {}
        self._hints: dict[str, str] = {}
        self._hinted: dict[tree.FlowBody, list[tuple[int, str]]] = {}
        """The hints that flows of a wording give, each at one of its lexemes."""

    def flow(self, file: File, written: tree.FlowDeclaration) -> Flow:
        """Look up a flow; data or purposes that are missing are mistakes, and not known."""
        sender = self._node(file, written, written.sender)
        receiver = self._node(file, written, written.receiver)
        shape = written.body.shape
        # What a flow does not say itself it may have from where it starts and where it goes.
        people = sender.name if sender.kind == "subject" and not shape.subjects else None
        keeps = () if shape.keep else receiver.keeps
        key = (written.body, people, receiver.name if keeps else None)
        if key not in self._contents:
            self._contents[key] = self._shared(written.body, _Ends(people, keeps))
        content = self._contents[key]
        for number, hint in self._hinted.get(written.body, ()):
            resolver = self._resolver_of(file, written)
            resolver.ledger.hints.append((resolver.span(written.lexemes[number]), hint))
        if content is None:
            content = self._own(written, self._resolver_of(file, written), _Ends(people, keeps))
        return Flow(file.path, written, sender, receiver, content)

    def _resolver_of(self, file: File, written: tree.FlowDeclaration) -> Resolver:
        return self._resolver._replace(path=file.path, declaration=f"flow {written.name.text}")

    def _node(self, file: File, written: tree.FlowDeclaration, name: tree.Name) -> Node:
        mentioned = self._resolver.ledger.mentioned
        node = self._nodes.get(name.text)
        if node is not None and name.text != "here":
            mentioned.add(("node", name.text))
            return node
        if name.text in self._people:
            return self._people[name.text]
        resolver = self._resolver_of(file, written)
        if name.text == "here":
            return self._here(name, resolver, file.inside)
        term = resolver.words["subject"].find(name.text)
        if term is not None:
            mentioned.add(("subject", term))
            return self._people.setdefault(name.text, subject_node(term))
        if ("subject", name.text) not in resolver.unclear:
            resolver.unknown(name, "service, party or subject", [*self._nodes, *resolver.words["subject"].terms])
        return unknown_node(name.text)

    def _here(self, name: tree.Name, resolver: Resolver, inside: str) -> Node:
        found = self._homes.of(inside)
        if len(found) == 1:
            resolver.ledger.mentioned.add(("node", found[0]))
            return self._nodes[found[0]]
        if found:
            both = " and ".join(f"`{service}`" for service in found)
            resolver.mistake(
                MistakeKind.UNKNOWN_NAME, name, f"`here` is not one service: {both} hold this file", "name the service"
            )
        else:
            help = f'add a glob to a service, such as `at "{inside}"`'
            resolver.mistake(MistakeKind.UNKNOWN_NAME, name, "`here` is no service: none holds this file", help)
        return unknown_node("here" if "here" not in self._nodes else STRANGER)

    def _shared(self, body: tree.FlowBody, ends: "_Ends") -> Content | None:
        """What a body says wherever it stands; None where something is wrong with it."""
        if not (body.shape.items and body.shape.purposes):
            return None
        words = body.words()
        try:
            content = _Reading(body.shape, words, self._word, ends, self._scratch.words["data"]).content()
        except _UnsharedError:
            return None
        places = (where for _, _, where in body.shape.subjects if where is not None)
        self._hinted[body] = [(where, self._hints[words[where]]) for where in places if words[where] in self._hints]
        return content

    def _word(self, facet: str, text: str) -> Word:
        word = self._words.get((facet, text))
        if word is None:
            ledger = self._scratch.ledger
            word = self._scratch.word(facet, tree.Name(text, 0, 0))._replace(span=UNPLACED)
            if ledger.mistakes:
                ledger.mistakes.clear()
                raise _UnsharedError
            for _, hint in ledger.hints:  # such as for another name of a country
                self._hints[text] = hint
            ledger.hints.clear()
            self._words[facet, text] = word
        return word

    def _own(self, written: tree.FlowDeclaration, resolver: Resolver, ends: "_Ends") -> Content:
        """What one flow says, with the mistakes that are made there."""
        body = written.body
        for clause, given in (("data", body.shape.items), ("purpose", body.shape.purposes)):
            if not given:
                message = f"the flow `{written.name.text}` has no `{clause}`"
                resolver.mistake(MistakeKind.MISSING_CLAUSE, written.name, message, f"add `{clause} …`")

        def word(facet: str, name: tree.Name) -> Word:
            return resolver.word(facet, name)._replace(span=UNPLACED)

        reading = _Reading(body.shape, written.lexemes, word, ends, resolver.words["data"])
        # Data that is not declared is named after the flow: it is not the same as the undeclared data of another.
        nothing = Word(None, f"data of {written.name.text}", UNPLACED)
        content = reading.content()
        return content if content.items else content._replace(items=(reading.item(nothing, nothing),))


class _UnsharedError(Exception):
    """Something is wrong with a word, which has to be said at each place where it stands."""


class _Ends(NamedTuple):
    """What a flow has from where it starts and where it goes, where it does not say so itself."""

    people: str | None
    keeps: tuple[Default, ...]


_Said = TypeVar("_Said")


class _Reading(Generic[_Said]):
    """Reads what stands between the braces: `said` are the lexemes, and `look_up` finds what one means in a facet."""

    def __init__(
        self, shape: tree.Shape, said: Sequence[_Said], look_up: Callable[[str, _Said], Word], ends: _Ends, data: Facet
    ) -> None:
        self._shape, self._said, self._look_up, self._ends, self._data = shape, said, look_up, ends, data
        self._keep = self._period()

    def content(self) -> Content:
        """All that is said, and what comes from the ends of the flow."""
        shape = self._shape
        people = self._ends.people
        return Content(
            tuple(self.item(self._word("data", data), self._optional("form", form)) for data, form in shape.items),
            self._words("purpose", shape.purposes),
            tuple(self._subject(*who) for who in shape.subjects) or ((Subject(people),) if people else ()),
            self._words("basis", shape.bases),
            self._words("safeguard", shape.safeguards),
            self._words("means", shape.means),
            self._words("circumstance", shape.circumstances),
            shape.consideration,
        )

    def item(self, data: Word, form: Word | None) -> Item:
        """An item, kept as long as the flow says, else as the receiver keeps such data."""
        return Item(
            data, form, self._keep or (_default(data, self._ends.keeps, self._data) if self._ends.keeps else None)
        )

    def _word(self, facet: str, number: int) -> Word:
        return self._look_up(facet, self._said[number])

    def _words(self, facet: str, numbers: Sequence[int]) -> tuple[Word, ...]:
        return tuple([self._look_up(facet, self._said[number]) for number in numbers])

    def _optional(self, facet: str, number: int | None) -> Word | None:
        return None if number is None else self._word(facet, number)

    def _subject(self, who: int, age: tree.Age | None, where: int | None) -> Subject:
        place = self._optional("place", where)
        return Subject(self._word("subject", who).key, age, (place.key or NOWHERE) if place else None)

    def _period(self) -> Period | None:
        keep = self._shape.keep
        if keep is None:
            return None
        return Period(
            keep.amount, keep.unit, "collected" if keep.event is None else self._word("event", keep.event).key
        )


def subject(who: tree.Who, resolver: Resolver) -> Subject:
    """People of an age at a place; a place that is not known is not the same as none."""
    place = (resolver.word("place", who.place).key or NOWHERE) if who.place else None
    return Subject(resolver.word("subject", who.name).key, who.age, place)


def _default(data: Word, keeps: Sequence[Default], order: Facet) -> Period | None:
    """How long the receiving service keeps an item of which the flow does not say it; None where that is not declared.

    The deepest default at or above the item counts. Where one for finer data exists, the item is too coarse to tell.
    """
    best: tuple[int, Period | None] | None = None
    for default in keeps:
        if default.data is None:
            if best is None:
                best = (-1, default.period)
            continue
        if default.data.key is None or data.key is None:
            return None
        if default.data.key in order.above(data.key):
            depth = len(order.above(default.data.key))
            if best is None or depth > best[0]:
                best = (depth, default.period)
        elif data.key in order.above(default.data.key):
            return None
    return best[1] if best else None
