"""`term` declarations in; the vocabulary with the project's own words out."""

from collections.abc import Iterable, Iterator

from policylint.model.resolver import Ledger, Resolver
from policylint.source.mistake import MistakeKind
from policylint.source.text import Span
from policylint.syntax.tree import Broken, Declaration, Name, TermDeclaration
from policylint.vocabulary.facet import FACETS, MEASURES, Term
from policylint.vocabulary.words import Vocabulary

Located = tuple[str, Declaration]
"""A declaration and the path of its file."""


class Terms:
    """Collects the project's own words, in the order of files and lines."""

    def __init__(self, shipped: Vocabulary, ledger: Ledger) -> None:
        self._shipped = shipped
        self._ledger = ledger
        self._added: dict[tuple[str, str], tuple[Term, Span]] = {}
        self.unclear: set[tuple[str, str]] = set()

    def collect(self, located: Iterable[Located]) -> Vocabulary:
        """Add the words; a word whose prefix does not exist stays known, with nothing known about it."""
        terms = list(self._wellformed(located))
        for path, facet, declaration in terms:
            name = declaration.name
            key = name.text.upper() if facet == "place" else name.text
            resolver = self._resolver(path, name)
            if self._taken(facet, key):
                first = self._added.get((facet, key))
                where = "is already a word of the vocabulary" if first is None else "is declared already"
                resolver.mistake(MistakeKind.DUPLICATE_NAME, name, f"the term `{name.text}` {where}", first=first and first[1])
                continue
            self._added[facet, key] = (Term(key, declaration.label or ""), resolver.span(name))
        self._drop_orphans(terms)
        return self._shipped.with_terms((facet, term) for (facet, _), (term, _) in self._added.items())

    def spans(self) -> dict[tuple[str, str], Span]:
        """Where each word that was added stands."""
        return {pair: span for pair, (_, span) in self._added.items()}

    def _wellformed(self, located: Iterable[Located]) -> Iterator[tuple[str, str, TermDeclaration]]:
        for path, declaration in located:
            if isinstance(declaration, Broken) and declaration.keyword == "term" and declaration.facet:
                self.unclear.add((declaration.facet.text, declaration.name.text))
            if not isinstance(declaration, TermDeclaration):
                continue
            facet = declaration.facet
            if facet.text not in FACETS:
                self._resolver(path, declaration.name).unknown(facet, "facet", FACETS)
                continue
            yield path, facet.text, declaration

    def _taken(self, facet: str, key: str) -> bool:
        if self._shipped[facet].find(key) or (facet, key) in self._added:
            return True
        # A name means one thing among all measures.
        return facet in MEASURES and any(self._shipped[other].find(key) or (other, key) in self._added for other in MEASURES)

    def _drop_orphans(self, terms: Iterable[tuple[str, str, TermDeclaration]]) -> None:
        """A word below one that does not exist has no meaning, nor have the words below it."""
        for path, facet, declaration in sorted(terms, key=lambda term: term[2].name.text.count(".")):
            key = declaration.name.text.upper() if facet == "place" else declaration.name.text
            prefix = self._shipped[facet].prefix(key)
            if prefix is None or self._shipped[facet].find(prefix) or (facet, prefix) in self._added:
                continue
            if (facet, key) in self._added:
                del self._added[facet, key]
                self.unclear.add((facet, declaration.name.text))
            if (facet, prefix) not in self.unclear:
                name = declaration.name
                parent = Name(prefix, name.start, name.start + len(prefix))
                self._resolver(path, name).unknown(parent, f"{facet} term", self._shipped[facet].terms)

    def _resolver(self, path: str, name: Name) -> Resolver:
        return Resolver(self._shipped, frozenset(), path, f"term {name.text}", self._ledger)
