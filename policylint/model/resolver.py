"""Written names in; looked-up words out, with a mistake for each that nothing knows."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from policylint.model.period import Period
from policylint.model.values import Claims, Measure, Word
from policylint.source.mistake import Mistake, MistakeKind
from policylint.source.text import Span
from policylint.syntax import tree
from policylint.vocabulary.facet import MEASURES, alias
from policylint.vocabulary.spelling import meant
from policylint.vocabulary.words import Vocabulary, nearest

_SUGGESTIONS = 100
"""So many unknown names get a suggestion in one run; looking for near names in a file of noise takes too long."""


class Ledger(NamedTuple):
    """What comes up while names are looked up, for the whole project."""

    mistakes: list[Mistake]
    hints: list[tuple[Span, str]]
    mentioned: set[tuple[str, str]]
    """(facet, term) and ("node", name): what something speaks of."""
    suggestions: dict[tuple[str, str], str | None]
    meant: dict[tuple[str, str], str | None]


class Resolver(NamedTuple):
    """Looks names up for one declaration of one file.

    `unclear` are (facet, word) pairs that were declared in a declaration that could not be read: their names
    count as known, with nothing known about them.
    """

    words: Vocabulary
    unclear: frozenset[tuple[str, str]]
    path: str
    declaration: str
    ledger: Ledger
    policy: str | None = None
    clause: str | None = None

    def span(self, name: tree.Name) -> Span:
        """Where a name stands."""
        return Span(self.path, name.start, name.end)

    def word(self, facet: str, name: tree.Name) -> Word:
        """Look a term up."""
        key = self.words[facet].find(name.text)
        if key is None and (facet, name.text) not in self.unclear:
            self.unknown(name, _NOUNS[facet], self.words[facet].terms, self._elsewhere(facet, name.text))
        self.ledger.mentioned.add((facet, key or name.text))
        if facet == "place" and alias(name.text):
            self.ledger.hints.append((self.span(name), f"`{name.text}` is read as `{key}`"))
        return Word(key, name.text, self.span(name))

    def all(self, facet: str, names: Iterable[tree.Name]) -> tuple[Word, ...]:
        """Look several terms up."""
        return tuple(self.word(facet, name) for name in names)

    def claims(self, facet: str, names: Iterable[tree.Name]) -> Claims:
        """Look up what somebody claims; each term once."""
        return gather(self.all(facet, names))

    def measure(self, name: tree.Name) -> Measure:
        """Look up a measure of any facet."""
        facet = self.words.measure(name.text)
        if facet is not None:
            self.ledger.mentioned.add((facet, name.text))
            return Measure(facet, name.text)
        if not any((facet, name.text) in self.unclear for facet in MEASURES):
            known = [key for facet in MEASURES for key in self.words[facet].terms]
            self.unknown(name, "measure", known, self._elsewhere("", name.text))
        return Measure(None, None)

    def period(self, period: tree.Period) -> Period:
        """Look the event of a period up; none is `collected`."""
        event: str | None = "collected"
        if period.event is not None:
            event = self.word("event", period.event).key
        return Period(period.amount, period.unit, event)

    def unknown(self, name: tree.Name, what: str, known: Iterable[str], elsewhere: str | None = None) -> None:
        """Note that nothing knows a name, with the nearest names that are known."""
        shown = name.text if len(name.text) <= 60 else name.text[:59] + "…"
        self.mistake(
            MistakeKind.UNKNOWN_NAME,
            name,
            f"there is no {what} `{shown}`",
            elsewhere or self._suggestion(what, name.text, known),
            replacement=None if elsewhere or what not in _MENDABLE else self._meant(what, name.text, known),
        )

    def mistake(
        self,
        kind: MistakeKind,
        name: tree.Name,
        message: str,
        help: str | None = None,
        first: Span | None = None,
        replacement: str | None = None,
    ) -> None:
        """Note a mistake at a name."""
        place = (self.declaration, self.policy, self.clause)
        self.ledger.mistakes.append(Mistake(kind, self.span(name), message, help, *place, first, replacement))

    def _suggestion(self, what: str, word: str, known: Iterable[str]) -> str | None:
        suggestions = self.ledger.suggestions
        if (what, word) not in suggestions:
            if len(suggestions) >= _SUGGESTIONS:
                return None
            near = nearest(word, known)
            suggestions[what, word] = f"did you mean {' or '.join(f'`{key}`' for key in near)}?" if near else None
        return suggestions[what, word]

    def _meant(self, what: str, word: str, known: Iterable[str]) -> str | None:
        meant_words = self.ledger.meant
        if (what, word) not in meant_words and len(meant_words) < _SUGGESTIONS:
            meant_words[what, word] = meant(word, known)
        return meant_words.get((what, word))

    def _elsewhere(self, facet: str, word: str) -> str | None:
        """A hint for a word that another facet has."""
        other = next((name for name in self.words.facets if name != facet and word in self.words[name].terms), None)
        if other is None or len(word) > 60:
            return None
        clause = _CLAUSES.get(other)
        return f"`{word}` is {_ARTICLES[other]}" + (f": it stands after `{clause}`" if clause else "")


def gather(words: Iterable[Word]) -> Claims:
    """Words as claims, each once, in a fixed order."""
    keys: set[str] = set()
    is_open = False
    for word in words:
        if word.key is None:
            is_open = True
        else:
            keys.add(word.key)
    return Claims(tuple(sorted(keys)), is_open)


def join(*claims: Claims) -> Claims:
    """Claims that add up."""
    return Claims(tuple(sorted({key for claim in claims for key in claim.keys})), any(claim.open for claim in claims))


_NOUNS: Mapping[str, str] = {
    "data": "kind of data",
    "purpose": "purpose",
    "subject": "subject",
    "recipient": "recipient term",
    "basis": "basis",
    "safeguard": "safeguard",
    "form": "form of data",
    "means": "means",
    "circumstance": "circumstance",
    "event": "event",
    "place": "place",
}
_MENDABLE = frozenset((*_NOUNS.values(), "measure", "rule", "action", "facet to disclose")) - {"place"}
"""Whose misspelt words may be mended without asking: those of the language, for the names of a project and the codes of
places are often as near to each other as a word is to its misspelling."""
_ARTICLES = {
    **{facet: f"a {noun}" for facet, noun in _NOUNS.items()},
    "event": "an event",
    "means": "a means of collecting or sending",
}
_CLAUSES = {
    "data": "data",
    "purpose": "purpose",
    "subject": "subject",
    "recipient": "is",
    "basis": "basis",
    "safeguard": "with",
    "form": "as",
    "means": "via",
    "circumstance": "when",
    "place": "in",
}
