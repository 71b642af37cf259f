"""A declaration of a flow and what it says in; the flow, whose words are placed when somebody asks where, out."""

from typing import NamedTuple

from policylint.model.values import Item, Node, Subject, Word
from policylint.source.text import Span
from policylint.syntax.tree import Consideration, FlowDeclaration, Name


class Content(NamedTuple):
    """What a flow says between its braces. Flows that say the same have the same one, so its words stand nowhere.

    `subjects` are the named ones, or the sender where that is one; empty where they travel.
    """

    items: tuple[Item, ...]
    purposes: tuple[Word, ...]
    subjects: tuple[Subject, ...]
    bases: tuple[Word, ...]
    safeguards: tuple[Word, ...]
    means: tuple[Word, ...]
    circumstances: tuple[Word, ...]
    consideration: Consideration | None


class Flow:
    """Data that moves. What it says is its `content`; the properties of the same names give words with their places."""

    __slots__ = ("content", "name", "path", "receiver", "sender", "written")

    def __init__(self, path: str, written: FlowDeclaration, sender: Node, receiver: Node, content: Content) -> None:
        self.name = written.called
        self.path, self.written = path, written
        self.sender, self.receiver = sender, receiver
        self.content = content

    @property
    def declaration(self) -> str:
        """How it is called in findings."""
        return f"flow {self.name}"

    @property
    def label(self) -> str | None:
        """What it is called for people."""
        return self.written.label

    @property
    def span(self) -> Span:
        """Where its name stands."""
        return self._at(self.written.name)

    @property
    def items(self) -> tuple[Item, ...]:
        """The data, each in its form."""
        places = self.written.body.shape.items
        if not places:  # what it carries is not declared, and named after the flow
            return tuple(item._replace(data=item.data._replace(span=self.span)) for item in self.content.items)
        return tuple(
            Item(self._word(item.data, data), item.form and self._word(item.form, form or 0), item.keep)
            for item, (data, form) in zip(self.content.items, places, strict=True)
        )

    @property
    def purposes(self) -> tuple[Word, ...]:
        """What it is for."""
        return self._words(self.content.purposes, self.written.body.shape.purposes)

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Whose data it names."""
        return self.content.subjects

    @property
    def bases(self) -> tuple[Word, ...]:
        """On what legal bases."""
        return self._words(self.content.bases, self.written.body.shape.bases)

    @property
    def safeguards(self) -> tuple[Word, ...]:
        """Its own safeguards."""
        return self._words(self.content.safeguards, self.written.body.shape.safeguards)

    @property
    def means(self) -> tuple[Word, ...]:
        """By what means."""
        return self._words(self.content.means, self.written.body.shape.means)

    @property
    def circumstances(self) -> tuple[Word, ...]:
        """Under what circumstances."""
        return self._words(self.content.circumstances, self.written.body.shape.circumstances)

    @property
    def consideration(self) -> Consideration | None:
        """What is given for it; None where that is not declared."""
        return self.content.consideration

    @property
    def spans(self) -> "FlowSpans":
        """Where its other parts stand."""
        shape = self.written.body.shape
        keep = shape.keep
        sender = self._at(self.written.sender)
        return FlowSpans(
            sender,
            self._at(self.written.receiver),
            tuple(self._between(who, who) for who, _, _ in shape.subjects) or (sender,) * len(self.subjects),
            self._between(keep.first, keep.last) if keep else None,
        )

    def _words(self, words: tuple[Word, ...], places: range) -> tuple[Word, ...]:
        return tuple(map(self._word, words, places))

    def _word(self, word: Word, place: int) -> Word:
        return Word(word.key, word.text, self._between(place, place))

    def _at(self, name: Name) -> Span:
        return Span(self.path, name.start, name.end)

    def _between(self, first: int, last: int) -> Span:
        """From the beginning of one lexeme to the end of another."""
        places, offset = self.written.body.places, self.written.offset
        return Span(self.path, offset + places[first][0], offset + places[last][1])


class FlowSpans(NamedTuple):
    """Where the parts of a flow stand."""

    sender: Span
    receiver: Span
    subjects: tuple[Span, ...]
    keep: Span | None
