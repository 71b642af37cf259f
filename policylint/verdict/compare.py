"""A pattern or measure and an atom in; no, maybe or yes out: the table of comparisons of the language, row by row."""

from collections.abc import Iterable

from policylint.graph.acting import claimed_role
from policylint.model.values import NOWHERE, Condition, Item, Measure, Node, Pattern, Subject, Target
from policylint.verdict.case import Atom, Case
from policylint.vocabulary.adequacy import Adequacy
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer
from policylint.vocabulary.words import Vocabulary

_IDENTITIES = {"personal": YES, "open": MAYBE, "none": NO}


def holds(case: Case, condition: Condition, atom: Atom, beside: Iterable[Condition]) -> Answer:
    """Whether a pattern or bare measure holds of an atom. `beside` are the others of its obligation or alternative."""
    if isinstance(condition, Measure):
        return claimed(case, condition, atom)
    words, item = case.world.words, atom.carried.item
    match condition.preposition:
        case "of":
            looks_at_form = not any(isinstance(other, Pattern) and other.preposition == "as" for other in beside)
            answer = any_of(words, "data", item.data.key, condition.terms)
            return min(answer, personal_form(words, item)) if looks_at_form else answer
        case "as":
            declared = item.form.key if item.form else "identified"
            return any_of(words, "form", declared, condition.terms)
        case "from":
            return max(is_person(words, atom.carried.subject, person) for person in condition.people)
        case "for":
            return any_of(words, "purpose", atom.purpose, condition.terms)
        case "to":
            return max(is_target(case, case.receiver, target) for target in condition.targets)
        case "into":
            return any_of(words, "place", atom.place, condition.terms)
        case "outside":
            return min(outside(words, atom.place, term) for term in condition.terms)
        case "via" | "with":
            return max(claimed(case, measure, atom) for measure in condition.measures)
        case "beyond":
            return is_beyond(item, condition)


def any_of(words: Vocabulary, facet: str, declared: str | None, names: Iterable[str | None]) -> Answer:
    """Whether what is declared is one of the names."""
    compare = words[facet].compare
    return max(compare(declared, name) for name in names)


def personal_form(words: Vocabulary, item: Item) -> Answer:
    """Whether the form of an item leaves it personal."""
    if item.form is None:
        return YES
    return MAYBE if item.form.key is None else _IDENTITIES.get(words["form"].identity(item.form.key), NO)


def has_form(case: Case, item: Item, form: str | None) -> Answer:
    """Whether a form is claimed for an item; of an operation none is."""
    if form is None:
        return MAYBE
    if case.flow is None:
        return NO
    declared = item.form.key if item.form else "identified"
    if declared is None:
        return MAYBE
    return YES if form in case.world.words["form"].above(declared) else NO


def is_person(words: Vocabulary, subject: Subject, person: Subject) -> Answer:
    """Whether the data is about such people, of such an age, at such a place."""
    answer = words["subject"].compare(subject.term, person.term)
    if person.age is not None:
        answer = min(answer, _overlap(subject, person))
    if person.place is not None:
        answer = min(answer, words["place"].compare(known(subject.place), known(person.place)))
    return answer


def _overlap(subject: Subject, person: Subject) -> Answer:
    if subject.age is None or person.age is None:
        return MAYBE
    youngest = max(subject.age.youngest, person.age.youngest)
    ends = [age.oldest for age in (subject.age, person.age) if age.oldest is not None]
    return YES if all(youngest <= end for end in ends) else NO


def known(place: str | None) -> str | None:
    """A subject's place, None for one that was named with an unknown word."""
    return None if place == NOWHERE else place


def outside(words: Vocabulary, place: str | None, name: str | None) -> Answer:
    """Whether a place lies outside another. `anywhere` lies inside no other place; nothing lies outside `anywhere`."""
    if name == "anywhere":
        return NO
    if place is None or name is None:
        return MAYBE
    return NO if name in words["place"].above(place) else YES


def is_beyond(item: Item, limit: Pattern) -> Answer:
    """Whether an item is kept longer than a limit. Nothing is beyond `forever`, not even what is not declared."""
    if limit.period is None or limit.period.unit == "forever":
        return NO
    return item.keep.beyond(limit.period) if item.keep else MAYBE


def is_target(case: Case, node: Node, target: Target) -> Answer:
    """Whether a node is what a name after `to` stands for: a subject, a kind of recipient, a service or a party."""
    if not target.known:
        return MAYBE
    if node.kind == "subject":
        return _is_subject_target(case, node, target)
    if target.recipient == "anyone":
        return YES
    if node.kind == "unknown":
        return MAYBE
    return max(_is_recipient(case, node, target.recipient), _is_node(case, node, target.node))


def _is_subject_target(case: Case, node: Node, target: Target) -> Answer:
    if target.recipient in ("data_subject", "anyone"):
        return YES
    return case.world.words["subject"].compare(node.name, target.subject) if target.subject else NO


def _is_recipient(case: Case, node: Node, name: str | None) -> Answer:
    if name is None:
        return NO
    recipients = case.world.words["recipient"]
    if recipients.is_role(name):
        return is_role(case, node, name)
    if not node.recipients.keys:
        return MAYBE
    best = max(recipients.compare(key, name) for key in node.recipients.keys)
    return max(best, MAYBE) if node.recipients.open else best


def is_role(case: Case, node: Node, role: str) -> Answer:
    """Whether a node has a legal role, by its own recipient terms or those of its party."""
    bound = case.world.acting.bound(node, case.bound)
    return claimed_role(case.world.words, node.recipients.keys, node.recipients.open, role, bound)


def _is_node(case: Case, node: Node, name: str | None) -> Answer:
    """A party's name stands for its services too; a service's name may be what is meant by its party."""
    if name is None:
        return NO
    if name in (node.name, node.party):
        return YES
    named = case.world.acting.nodes[name]
    if named.kind == "party":
        return MAYBE if node.party is None else NO
    return MAYBE if node.kind == "party" and named.party in (None, node.name) else NO


def claimed(case: Case, measure: Measure, atom: Atom) -> Answer:
    """Whether a measure is taken. What is not claimed is not; an unknown word among the claims may be any."""
    if measure.facet is None or measure.key is None:
        return MAYBE
    if measure.facet == "form":
        return has_form(case, atom.carried.item, measure.key)
    claims = case.claims.get(measure.facet)
    if claims is None:
        return NO
    order = case.world.words[measure.facet]
    if any(measure.key in order.above(key) for key in claims.keys):
        return YES
    unclaimed = MAYBE if claims.open else NO
    return max(unclaimed, is_adequate(case, atom)) if measure.key == "adequacy" else unclaimed


def is_adequate(case: Case, atom: Atom) -> Answer:
    """Whether the law of the flow's origin accepts all its destinations; this need not be claimed."""
    flow = case.flow
    origins: tuple[str | None, ...]
    if flow is None:
        origins = (None,)
    elif flow.sender.kind == "subject":
        origins = (known(atom.carried.subject.place),)
    else:
        origins = flow.sender.places.places()

    def condition(name: str) -> Answer:
        claims, order = case.claims["safeguard"], case.world.words["safeguard"]
        if any(name in order.above(key) for key in claims.keys):
            return YES
        return MAYBE if claims.open else NO

    words = case.world.words
    return Adequacy(words["place"], words.adequacy, case.world.day).covers(origins, case.places, condition)
