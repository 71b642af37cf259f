"""A judgement that came out as maybe in; the fact whose declaration would settle it out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from policylint.model.values import Condition, Disclosure, Measure, Node, Obligation, Pattern, Word
from policylint.source.text import Span
from policylint.verdict.actions import ACTIONS, Action, sharing
from policylint.verdict.case import Atom, Case
from policylint.verdict.compare import any_of, holds, is_target, personal_form
from policylint.verdict.disclosure import Undisclosed
from policylint.verdict.parts import form_key
from policylint.vocabulary.answer import MAYBE, NO
from policylint.vocabulary.facet import Facet


class Missing(NamedTuple):
    """A clause to declare, in the declaration it belongs to, and where that stands (None: with the finding itself)."""

    declaration: str
    clause: str
    span: Span | None
    is_coarse: bool = False
    """Whether something is declared there, and only not precisely enough."""

    @property
    def advice(self) -> str:
        """What to do."""
        return f"declare `{self.clause}` {'more precisely ' if self.is_coarse else ''}on {self.declaration}"

    def __str__(self) -> str:
        return f"{self.declaration}: {self.clause}"


def missing(case: Case, obligation: Obligation, atom: Atom, actions: Mapping[str, Action]) -> Missing | None:
    """The first fact that a maybe rests on; None where an unknown word is the reason."""
    return next(_facts(case, obligation, atom, actions), None)


def _facts(case: Case, obligation: Obligation, atom: Atom, actions: Mapping[str, Action]) -> Iterator[Missing]:
    if case.governed is MAYBE:
        yield from _of_acting(case)
    if actions[obligation.action](case, atom) is MAYBE:
        does = actions[obligation.action]
        is_known = obligation.action in ACTIONS
        yield from _of_action(case, obligation.action, atom) if is_known else _of_plugin(case, does, atom)
    conditions: list[tuple[Condition, tuple[Condition, ...]]] = [
        (each, obligation.patterns) for each in obligation.patterns
    ]
    conditions += [(each, ()) for any_of in obligation.needs for each in any_of]
    conditions += [(each, all_of) for all_of in obligation.unless for each in all_of]
    for condition, beside in conditions:
        if holds(case, condition, atom, beside) is MAYBE:
            yield from of_condition(case, condition, atom)


def missing_disclosure(case: Case, facet: str, lists: Sequence[Disclosure], found: Undisclosed) -> Missing | None:
    """The fact that would settle whether something has to be disclosed, or is."""
    return next(_disclosure_facts(case, facet, lists, found), None)


def _disclosure_facts(case: Case, facet: str, lists: Sequence[Disclosure], found: Undisclosed) -> Iterator[Missing]:
    if case.governed is MAYBE:
        yield from _of_acting(case)
    atom, words = found.atom, case.world.words
    if personal_form(words, form_key(atom.carried.item)) is MAYBE:
        yield _in_flow(case, "data … as", atom.carried.item.data.span)
    if any_of(words, "data", atom.carried.item.data.key, ("personal",)) is MAYBE:
        yield _in_flow(case, "data", atom.carried.item.data.span, is_coarse=True)
    yield from _of_facet(case, facet, atom)
    # The elements are clear, so it is the lists' patterns that wait.
    for pattern, beside in ((pattern, each.patterns) for each in lists for pattern in each.patterns):
        if holds(case, pattern, atom, beside) is MAYBE:
            yield from of_condition(case, pattern, atom)


def _of_facet(case: Case, facet: str, atom: Atom) -> Iterator[Missing]:
    """The element itself, where it is not declared or declared too coarsely for any list to cover or miss it."""
    flow = case.flow
    if flow is None:
        return
    if facet in ("recipient", "source"):
        node = flow.receiver if facet == "recipient" else flow.sender
        if node.kind != "subject" and not any(map(case.world.words["recipient"].is_role, node.recipients.keys)):
            yield from _of_recipient(case, node)
    elif facet == "place":
        if atom.place in (None, "anywhere") or case.world.words["place"].terms[atom.place or ""].members:
            yield _of_node(case.receiver, "in", is_coarse=atom.place is not None)
    elif facet == "purpose" and _has_finer(case.world.words["purpose"], atom.purpose):
        yield _in_flow(case, "purpose", _purpose_span(case, atom), is_coarse=atom.purpose is not None)
    elif facet == "data" and _has_finer(case.world.words["data"], atom.carried.item.data.key):
        yield _in_flow(case, "data", atom.carried.item.data.span, is_coarse=True)


def _has_finer(order: Facet, key: str | None) -> bool:
    return key is None or any(True for _ in _finer(order, key))


def _finer(order: Facet, key: str | None) -> Iterator[str]:
    """The terms below one; all of them below what is not declared."""
    return (term for term in order.terms if key is None or (term != key and key in order.above(term)))


def of_condition(case: Case, condition: Condition, atom: Atom) -> Iterator[Missing]:
    """The fact that a pattern or measure waits for."""
    item = atom.carried.item
    if isinstance(condition, Measure):
        yield from _of_measure(case, condition)
        return
    match condition.preposition:
        case "of":
            is_form = any_of(case.world.words, "data", item.data.key, condition.terms) is not MAYBE
            yield _in_flow(case, "data … as" if is_form else "data", item.data.span, is_coarse=not is_form)
        case "as":
            yield _in_flow(case, "data … as", item.data.span)
        case "from":
            yield _in_flow(case, _subject_clause(case, condition, atom), None)
        case "for":
            yield _in_flow(case, "purpose", _purpose_span(case, atom), is_coarse=atom.purpose is not None)
        case "to":
            unsure = [each for each in condition.targets if is_target(case, case.receiver, each) is MAYBE]
            if any(target.recipient for target in unsure):
                yield from _of_recipient(case, case.receiver)
        case "into" | "outside":
            yield _of_node(case.receiver, "in", is_coarse=atom.place is not None)
        case "via" | "with":
            yield from (fact for measure in condition.measures for fact in _of_measure(case, measure))
        case "beyond":
            yield _in_flow(case, "keep", None)


def _subject_clause(case: Case, pattern: Pattern, atom: Atom) -> str:
    subject = atom.carried.subject
    if any(person.age for person in pattern.people) and subject.age is None:
        return "subject … aged"
    if subject.term is not None and subject.place is None and any(person.place for person in pattern.people):
        return "subject … in"
    return "subject"


def _of_measure(case: Case, measure: Measure) -> Iterator[Missing]:
    if measure.key == "adequacy" and case.flow:
        declared = case.places != (None,)
        yield _of_node(case.receiver, "with" if declared else "in")


def _of_action(case: Case, action: str, atom: Atom) -> Iterator[Missing]:
    flow = case.flow
    if flow is None:
        return
    if action in ("sharing", "sale", "collection"):
        yield from (_of_node(node, "of") for node in (flow.sender, flow.receiver) if _is_stray(node))
    if action == "sale" and sharing(case, atom) is not NO and flow.consideration is None:
        yield _in_flow(case, "consideration", None)
    if action == "collection":
        yield from _of_acting(case)
    if action == "transfer":
        if atom.place is None:
            yield _of_node(flow.receiver, "in")
        elif flow.sender.kind == "subject":
            yield _in_flow(case, "subject … in", None)
        else:
            yield _of_node(flow.receiver if flow.sender.places.declared else flow.sender, "in")


def _of_plugin(case: Case, does: Action, atom: Atom) -> Iterator[Missing]:
    """What an action of a plug-in waits for, found by trying: the part that settles it once it is more precise."""
    words, item = case.world.words, atom.carried.item

    def of(key: str) -> Atom:
        return atom._replace(carried=atom.carried._replace(item=item._replace(data=item.data._replace(key=key))))

    def settled(tried: Iterator[Atom]) -> bool:
        return any(does(case, each) is not MAYBE for each in tried)

    if settled(atom._replace(purpose=key) for key in _finer(words["purpose"], atom.purpose)):
        yield _in_flow(case, "purpose", _purpose_span(case, atom), is_coarse=atom.purpose is not None)
    if settled(of(key) for key in _finer(words["data"], item.data.key)):
        yield _in_flow(case, "data", item.data.span, is_coarse=True)
    if settled(atom._replace(place=key) for key in _finer(words["place"], atom.place)):
        yield _of_node(case.receiver, "in", is_coarse=atom.place is not None)


def _of_acting(case: Case) -> Iterator[Missing]:
    """Why it is not known for whom a node acts: its party's role, or for whom that works."""
    flow = case.flow
    for node in (flow.sender, flow.receiver) if flow else ():
        if case.world.acting.governs(node, case.bound) is not MAYBE:
            continue
        if node.kind in ("service", "party"):
            yield _of_node(node, "of") if _is_stray(node) else _of_party(case, node, "for" if node.roles.keys else "is")


def _of_recipient(case: Case, node: Node) -> Iterator[Missing]:
    if node.kind in ("service", "party"):
        yield _of_node(node, "of") if _is_stray(node) else _of_party(case, node, "is")


def _of_party(case: Case, node: Node, clause: str) -> Missing:
    party = case.world.acting.nodes.get(node.party or "", node)
    return _of_node(party, clause)


def _is_stray(node: Node) -> bool:
    return node.kind == "service" and node.party is None


def _of_node(node: Node, clause: str, is_coarse: bool = False) -> Missing:
    return Missing(node.declaration, clause, node.span, is_coarse)


def _in_flow(case: Case, clause: str, span: Span | None, is_coarse: bool = False) -> Missing:
    return Missing(case.declaration, clause, span, is_coarse)


def _purpose_span(case: Case, atom: Atom) -> Span | None:
    words: tuple[Word, ...] = case.flow.purposes if case.flow else ()
    return next((word.span for word in words if word.key == atom.purpose), None)
