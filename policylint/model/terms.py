"""`term` declarations in; the vocabulary with the project's own words out."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from policylint.model.resolver import Ledger, Resolver
from policylint.source.mistake import MistakeKind
from policylint.source.text import Span
from policylint.syntax.tree import Broken, Declaration, Name, TermDeclaration
from policylint.vocabulary.facet import FACETS, MEASURES, Term
from policylint.vocabulary.words import Vocabulary

Located = tuple[str, Declaration]
"""A declaration and the path of its file."""


class _Word(NamedTuple):
    """A word of the project's own, where it is declared."""

    path: str
    facet: str
    key: str
    declaration: TermDeclaration


class Terms:
    """Collects the project's own words, in the order of files and lines.

    `unclear` are those whose name is known and nothing else: declared in a way that cannot be read, or below a word
    that does not exist.
    """

    def __init__(self, shipped: Vocabulary, ledger: Ledger) -> None:
        self._shipped = shipped
        self._ledger = ledger
        self.unclear: set[tuple[str, str]] = set()
        self.spans: dict[tuple[str, str], Span] = {}

    def collect(self, located: Iterable[Located]) -> Vocabulary:
        """The shipped vocabulary with the project's words."""
        words = {(word.facet, word.key): word for word in self._distinct(located) if self._has_facet(word)}
        for word in sorted(words.values(), key=lambda word: word.key.count(".")):
            prefix = self._shipped[word.facet].prefix(word.key)
            if prefix is None or self._shipped[word.facet].find(prefix) or (word.facet, prefix) in words:
                continue
            del words[word.facet, word.key]
            if (word.facet, prefix) not in self.unclear:
                name = word.declaration.name
                parent = Name(prefix, name.start, name.start + len(prefix))
                self._resolver(word).unknown(parent, f"{word.facet} term", self._shipped[word.facet].terms)
            self.unclear.add((word.facet, word.declaration.name.text))
        return self._shipped.with_terms(
            (word.facet, Term(word.key, word.declaration.label or "")) for word in words.values()
        )

    def _distinct(self, located: Iterable[Located]) -> Iterator[_Word]:
        """Each word's first declaration; none that the vocabulary has already."""
        for path, declaration in located:
            if isinstance(declaration, Broken) and declaration.keyword == "term" and declaration.facet:
                self.unclear.add((declaration.facet.text, declaration.name.text))
            if not isinstance(declaration, TermDeclaration):
                continue
            name, facet = declaration.name, declaration.facet.text
            word = _Word(path, facet, name.text.upper() if facet == "place" else name.text, declaration)
            if self._is_taken(word):
                first = self.spans.get((facet, word.key))
                where = "is declared already" if first else "is a word of the vocabulary already"
                self._resolver(word).mistake(
                    MistakeKind.DUPLICATE_NAME, name, f"the term `{name.text}` {where}", "choose another name", first
                )
                continue
            self.spans[facet, word.key] = self._resolver(word).span(name)
            yield word

    def _is_taken(self, word: _Word) -> bool:
        # A name means one thing among all measures.
        facets = MEASURES if word.facet in MEASURES else (word.facet,)
        return any(
            (facet, word.key) in self.spans or (facet in FACETS and self._shipped[facet].find(word.key))
            for facet in facets
        )

    def _has_facet(self, word: _Word) -> bool:
        if word.facet not in FACETS:
            self._resolver(word).unknown(word.declaration.facet, "facet", FACETS)
        return word.facet in FACETS

    def _resolver(self, word: _Word) -> Resolver:
        return Resolver(self._shipped, frozenset(), word.path, f"term {word.declaration.name.text}", self._ledger)
