"""Flows as written in; flows with every name looked up out: what many say in the same words is looked up once."""

from collections.abc import Callable, Hashable, Mapping, Sequence
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
        self._scratch = resolver._replace(ledger=resolver.ledger._replace(mistakes=[], hints=[]))
        self._lexicon = _Lexicon(self._word)
        self._contents: dict[tuple[object, ...], Content | None] = {}
        self._known: dict[str, Node] = {}
        """The nodes that flows have named so far, by the names that are the same everywhere."""
        self._hints: dict[str, str] = {}
        self._hinted: dict[tree.FlowBody, list[tuple[int, str]]] = {}
        """The hints that flows of a wording give, each at one of its lexemes."""

    def flow(self, file: File, written: tree.FlowDeclaration) -> Flow:
        """Look up a flow; data or purposes that are missing are mistakes, and not known."""
        known = self._known
        sender = known.get(written.sends) or self._node(file, written, written.sender)
        receiver = known.get(written.receives) or self._node(file, written, written.receiver)
        body = written.body
        # What a flow does not say itself it may have from where it starts and where it goes.
        people = sender.name if sender.kind == "subject" and not body.shape.subjects else None
        keeps = () if body.shape.keep else receiver.keeps
        key = (body, people, receiver.name if keeps else None)
        content = self._contents.get(key)
        if content is None and key not in self._contents:
            content = self._contents[key] = self._shared(body, _Ends(people, keeps))
        if body in self._hinted:
            resolver = self._resolver_of(file, written)
            for number, hint in self._hinted[body]:
                resolver.ledger.hints.append((resolver.span(written.lexemes[number]), hint))
        if content is None:
            content = self._own(written, self._resolver_of(file, written), _Ends(people, keeps))
        return Flow(file.path, written, sender, receiver, content)

    def _resolver_of(self, file: File, written: tree.FlowDeclaration) -> Resolver:
        return self._resolver._replace(path=file.path, declaration=f"flow {written.called}")

    def _node(self, file: File, written: tree.FlowDeclaration, name: tree.Name) -> Node:
        mentioned = self._resolver.ledger.mentioned
        node = self._nodes.get(name.text)
        if node is not None and name.text != "here":
            mentioned.add(("node", name.text))
            return self._known.setdefault(name.text, node)
        resolver = self._resolver_of(file, written)
        if name.text == "here":
            return self._here(name, resolver, file.inside)
        term = resolver.words["subject"].find(name.text)
        if term is not None:
            mentioned.add(("subject", term))
            return self._known.setdefault(name.text, subject_node(term))
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
            content = _Reading(body.shape, words, self._lexicon, ends, self._scratch.words["data"]).content()
        except _UnsharedError:
            return None
        if self._hints:
            places = (where for _, _, where in body.shape.subjects if where is not None)
            hinted = [(where, self._hints[words[where]]) for where in places if words[where] in self._hints]
            if hinted:
                self._hinted[body] = hinted
        return content

    def _word(self, facet: str, text: str) -> Word:
        ledger = self._scratch.ledger
        word = self._scratch.word(facet, tree.Name(text, 0, 0))._replace(span=UNPLACED)
        if ledger.mistakes:
            ledger.mistakes.clear()
            raise _UnsharedError
        for _, hint in ledger.hints:  # such as for another name of a country
            self._hints[text] = hint
        ledger.hints.clear()
        return word

    def _own(self, written: tree.FlowDeclaration, resolver: Resolver, ends: "_Ends") -> Content:
        """What one flow says, with the mistakes that are made there."""
        body = written.body
        for clause, given in (("data", body.shape.items), ("purpose", body.shape.purposes)):
            if not given:
                message = f"the flow `{written.called}` has no `{clause}`"
                resolver.mistake(MistakeKind.MISSING_CLAUSE, written.name, message, f"add `{clause} …`")

        def word(facet: str, name: tree.Name) -> Word:
            return resolver.word(facet, name)._replace(span=UNPLACED)

        lexicon: _Lexicon[tree.Name] = _Lexicon(word)
        reading = _Reading(body.shape, written.lexemes, lexicon, ends, resolver.words["data"])
        # Data that is not declared is named after the flow: it is not the same as the undeclared data of another.
        nothing = Word(None, f"data of {written.called}", UNPLACED)
        content = reading.content()
        return content if content.items else content._replace(items=(reading.item(nothing, nothing),))


class _UnsharedError(Exception):
    """Something is wrong with a word, which has to be said at each place where it stands."""


class _Ends(NamedTuple):
    """What a flow has from where it starts and where it goes, where it does not say so itself."""

    people: str | None
    keeps: tuple[Default, ...]


_Said = TypeVar("_Said", bound=Hashable)


class _Words(dict[_Said, Word]):
    """What words mean in a facet; what is not known yet is looked up."""

    def __init__(self, facet: str, look_up: Callable[[str, _Said], Word]) -> None:
        super().__init__()
        self._facet, self._look_up = facet, look_up

    def __missing__(self, said: _Said) -> Word:
        word = self[said] = self._look_up(self._facet, said)
        return word


class _Lexicon(dict[str, _Words[_Said]]):
    """What words mean, by facet."""

    def __init__(self, look_up: Callable[[str, _Said], Word]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, facet: str) -> _Words[_Said]:
        words = self[facet] = _Words(facet, self._look_up)
        return words


class _Reading(Generic[_Said]):
    """Reads what stands between the braces: `said` are the lexemes."""

    def __init__(
        self, shape: tree.Shape, said: Sequence[_Said], lexicon: _Lexicon[_Said], ends: _Ends, data: Facet
    ) -> None:
        self._shape, self._said, self._lexicon, self._ends, self._data = shape, said, lexicon, ends, data
        self._keep = self._period()

    def content(self) -> Content:
        """All that is said, and what comes from the ends of the flow."""
        shape = self._shape
        people = self._ends.people
        return Content(
            self._items(),
            self._words("purpose", shape.purposes),
            tuple([self._subject(*who) for who in shape.subjects]) or ((Subject(people),) if people else ()),
            self._words("basis", shape.bases),
            self._words("safeguard", shape.safeguards),
            self._words("means", shape.means),
            self._words("circumstance", shape.circumstances),
            shape.consideration,
        )

    def item(self, data: Word, form: Word | None) -> Item:
        """An item, kept as long as the flow says, else as the receiver keeps such data."""
        keeps = self._ends.keeps
        return Item(data, form, self._keep or (_default(data, keeps, self._data) if keeps else None))

    def _items(self) -> tuple[Item, ...]:
        said, data, forms = self._said, self._lexicon["data"], self._lexicon["form"]
        return tuple(
            [
                self.item(data[said[item]], None if form is None else forms[said[form]])
                for item, form in self._shape.items
            ]
        )

    def _words(self, facet: str, numbers: range) -> tuple[Word, ...]:
        if not numbers:
            return ()
        return tuple(map(self._lexicon[facet].__getitem__, self._said[numbers.start : numbers.stop : numbers.step]))

    def _subject(self, who: int, age: tree.Age | None, where: int | None) -> Subject:
        place = None if where is None else self._lexicon["place"][self._said[where]].key or NOWHERE
        return Subject(self._lexicon["subject"][self._said[who]].key, age, place)

    def _period(self) -> Period | None:
        keep = self._shape.keep
        if keep is None:
            return None
        event = "collected" if keep.event is None else self._lexicon["event"][self._said[keep.event]].key
        return Period(keep.amount, keep.unit, event)


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
