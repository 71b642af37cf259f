"""Policies as written in; promises with every name looked up out."""

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from policylint.model.flows import subject
from policylint.model.resolver import Resolver
from policylint.model.values import (
    Clause,
    Condition,
    Disclosure,
    Measure,
    Node,
    Obligation,
    Pattern,
    Policy,
    Quoted,
    Target,
)
from policylint.source.mistake import MistakeKind
from policylint.source.text import Span
from policylint.syntax import tree
from policylint.syntax.sameness import bare
from policylint.vocabulary.spelling import spelled

DISCLOSED = ("data", "purpose", "recipient", "means", "place", "basis", "source")
_TERM_FACETS = {"of": "data", "as": "form", "for": "purpose", "into": "place", "outside": "place"}


class Surroundings(NamedTuple):
    """What a policy's names are looked up in besides the vocabulary."""

    nodes: Mapping[str, Node]
    actions: Set[str]


def policy(declared: tree.PolicyDeclaration, resolver: Resolver, around: Surroundings) -> Policy:
    """Look up all that a policy names. Obligations of an unknown action and lists of an unknown facet are left out."""
    name = declared.name.text
    resolver = resolver._replace(policy=name)
    binds = frozenset(_bound(declared, resolver, around.nodes))
    clauses: list[Clause] = []
    obligations: list[Obligation] = []
    disclosures: list[Disclosure] = []
    sections: dict[str, Span] = {}
    for written in declared.clauses:
        section = written.section.text
        within = resolver._replace(clause=section)
        if section in sections:
            message = f"the policy `{name}` has a clause `{section}` already"
            within.mistake(MistakeKind.DUPLICATE_NAME, written.section, message, first=sections[section])
            continue
        sections[section] = resolver.span(written.section)
        clause = _clause(written, within)
        clauses.append(clause)
        for obligation in written.obligations:
            obligations += _obligation(obligation, clause, within, around)
        for disclosure in written.disclosures:
            disclosures += _disclosure(disclosure, clause, within, around)
    return Policy(
        name,
        declared.title,
        declared.dated,
        binds,
        Quoted(declared.text.text, resolver.span(declared.text)) if declared.text else None,
        tuple(clauses),
        tuple(obligations),
        tuple(disclosures),
        resolver.span(declared.name),
    )


def _bound(declared: tree.PolicyDeclaration, resolver: Resolver, nodes: Mapping[str, Node]) -> Iterator[str]:
    if not declared.binds:
        message = f"the policy `{declared.name.text}` binds nobody"
        resolver.mistake(MistakeKind.MISSING_CLAUSE, declared.name, message, "add `binds PARTY`")
    parties = {name for name, node in nodes.items() if node.kind == "party"}
    for name in declared.binds:
        if name.text in parties:
            resolver.ledger.mentioned.add(("node", name.text))
            yield name.text
        else:
            resolver.unknown(name, "party", parties)


def _clause(written: tree.Clause, resolver: Resolver) -> Clause:
    if not (written.obligations or written.disclosures or written.unchecked is not None):
        resolver.mistake(
            MistakeKind.MISSING_CLAUSE,
            written.section,
            f"the clause `{written.section.text}` says nothing that can be checked",
            'add `forbid`, `require` or `disclose`, or `unchecked because "…"`',
        )
    return Clause(
        resolver.policy or "",
        written.section.text,
        written.label,
        tuple(Quoted(pin.text, resolver.span(pin)) for pin in written.pins),
        written.hedged is not None,
        written.unchecked,
        resolver.span(written.section),
    )


def _obligation(
    written: tree.Obligation, clause: Clause, resolver: Resolver, around: Surroundings
) -> Iterator[Obligation]:
    patterns = tuple(_pattern(pattern, resolver, around) for pattern in written.patterns)
    needs = tuple(tuple(map(resolver.measure, any_of)) for any_of in written.needs)
    unless = tuple(tuple(_condition(condition, resolver, around) for condition in all_of) for all_of in written.unless)
    if written.action.text not in around.actions:
        resolver.unknown(written.action, "action", around.actions)
        return
    text = repr(bare(written, spelled))
    span = Span(resolver.path, written.start, written.end)
    yield Obligation(written.kind, written.action.text, patterns, needs, unless, clause.policy, clause, span, text)


def _disclosure(
    written: tree.Disclosure, clause: Clause, resolver: Resolver, around: Surroundings
) -> Iterator[Disclosure]:
    patterns = tuple(_pattern(pattern, resolver, around) for pattern in written.patterns)
    facet = written.facet.text
    span = Span(resolver.path, written.start, written.end)
    if facet not in DISCLOSED:
        resolver.unknown(written.facet, "facet to disclose", DISCLOSED)
    elif facet in ("recipient", "source"):
        targets = tuple(_target(name, resolver, around.nodes) for name in written.names)
        yield Disclosure(facet, (), targets, patterns, clause, span)
    else:
        terms = tuple(resolver.word(facet, name).key for name in written.names)
        yield Disclosure(facet, terms, (), patterns, clause, span)


def _condition(written: tree.Condition, resolver: Resolver, around: Surroundings) -> Condition:
    return resolver.measure(written) if isinstance(written, tree.Name) else _pattern(written, resolver, around)


def _pattern(written: tree.Pattern, resolver: Resolver, around: Surroundings) -> Pattern:
    preposition = written.preposition
    if written.period is not None:
        return Pattern(preposition, period=resolver.period(written.period))
    if preposition == "from":
        return Pattern(preposition, people=tuple(subject(who, resolver) for who in written.people))
    if preposition == "to":
        return Pattern(preposition, targets=tuple(_target(name, resolver, around.nodes) for name in written.names))
    if preposition == "with":
        return Pattern(preposition, measures=tuple(map(resolver.measure, written.names)))
    if preposition == "via":
        keys = (resolver.word("means", name).key for name in written.names)
        return Pattern(preposition, measures=tuple(Measure("means" if key else None, key) for key in keys))
    facet = _TERM_FACETS[preposition]
    return Pattern(preposition, tuple(word.key for word in resolver.all(facet, written.names)))


def _target(name: tree.Name, resolver: Resolver, nodes: Mapping[str, Node]) -> Target:
    recipient = resolver.words["recipient"].find(name.text)
    subject_term = resolver.words["subject"].find(name.text)
    node = name.text if name.text in nodes else None
    for facet, key in (("recipient", recipient), ("subject", subject_term), ("node", node)):
        if key is not None:
            resolver.ledger.mentioned.add((facet, key))
    if (
        not (recipient or subject_term or node)
        and not {("recipient", name.text), ("subject", name.text)} & resolver.unclear
    ):
        known = [*resolver.words["recipient"].terms, *resolver.words["subject"].terms, *nodes]
        resolver.unknown(name, "recipient, service or party", known)
    return Target(recipient, node, subject_term)
