"""A pattern or measure in; the questions it asks, each of one part of an atom and answered no, maybe or yes, out.

This is the table of comparisons of the language, row by row.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from policylint.model.period import Period
from policylint.model.values import Claims, Condition, Measure, Node, Pattern, Subject, Target
from policylint.verdict.case import Atom, Case, View
from policylint.verdict.parts import Value, known, part_of
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer
from policylint.vocabulary.words import Vocabulary

_IDENTITIES = {"personal": YES, "open": MAYBE, "none": NO}

Ask = Callable[[View, Value], Answer]


class Question(NamedTuple):
    """What is asked of one part. It sees nothing else of an atom: that is what makes answers reusable."""

    part: str
    ask: Ask
    nodes: Set[str] = frozenset()
    """The services and parties that it knows by name. Others it knows by who runs them and what recipients they are."""


class Asked(NamedTuple):
    """The questions of a condition: it holds where all of them are answered yes, or (not `every`) any of them."""

    questions: tuple[Question, ...]
    every: bool


def asked(condition: Condition, beside: Iterable[Condition] = ()) -> Asked:
    """What a pattern or bare measure asks. `beside` are the others of its obligation or alternative."""
    if isinstance(condition, Measure):
        return _of_measures((condition,))
    if condition.preposition in ("via", "with"):
        return _of_measures(condition.measures)
    part, compare = _ROWS[condition.preposition]
    question = Question(part, partial(compare, condition), named(condition.targets))
    looks_at_form = not any(isinstance(other, Pattern) and other.preposition == "as" for other in beside)
    return Asked((question, IS_PERSONAL_FORM) if part == "data" and looks_at_form else (question,), True)


def named(targets: Iterable[Target]) -> Set[str]:
    """The services and parties among targets."""
    return frozenset(target.node for target in targets if target.node)


def reads(condition: Condition, beside: Iterable[Condition] = ()) -> frozenset[str]:
    """The parts that a condition depends on: atoms that agree on them get the same answer."""
    return frozenset(question.part for question in asked(condition, beside).questions)


def holds(case: Case, condition: Condition, atom: Atom, beside: Iterable[Condition]) -> Answer:
    """Whether a condition holds of an atom."""
    questions, every = asked(condition, beside)
    answers = (question.ask(case, part_of(case, atom, question.part)) for question in questions)
    return min(answers) if every else max(answers)


def any_of(words: Vocabulary, facet: str, declared: str | None, names: Iterable[str | None]) -> Answer:
    """Whether what is declared is one of the names."""
    compare = words[facet].compare
    return max(compare(declared, name) for name in names)


def _any_of(facet: str, pattern: Pattern, view: View, declared: str | None) -> Answer:
    return any_of(view.world.words, facet, declared, pattern.terms)


def _from(pattern: Pattern, view: View, subject: Subject) -> Answer:
    return max(is_person(view.world.words, subject, person) for person in pattern.people)


def _to(pattern: Pattern, view: View, node: Node) -> Answer:
    return max(is_target(view, node, target) for target in pattern.targets)


def _outside(pattern: Pattern, view: View, place: str | None) -> Answer:
    return min(outside(view.world.words, place, name) for name in pattern.terms)


def _beyond(limit: Pattern, _: View, keep: Period | None) -> Answer:
    """Nothing is beyond `forever`, not even what is not declared."""
    if limit.period is None or limit.period.unit == "forever":
        return NO
    return keep.beyond(limit.period) if keep else MAYBE


_ROWS: Mapping[str, tuple[str, Callable[[Pattern, View, Value], Answer]]] = MappingProxyType(
    {
        "of": ("data", partial(_any_of, "data")),
        "as": ("form", partial(_any_of, "form")),
        "from": ("subject", _from),
        "for": ("purpose", partial(_any_of, "purpose")),
        "to": ("receiver", _to),
        "into": ("place", partial(_any_of, "place")),
        "outside": ("place", _outside),
        "beyond": ("keep", _beyond),
    }
)
"""What each preposition compares with, and how."""


def personal_form(words: Vocabulary, form: str | None) -> Answer:
    """Whether a form leaves data personal."""
    return MAYBE if form is None else _IDENTITIES.get(words["form"].identity(form), NO)


IS_PERSONAL_FORM = Question("form", lambda view, form: personal_form(view.world.words, form))
IS_PERSONAL = Question("data", lambda view, data: view.world.words["data"].compare(data, "personal"))


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


def outside(words: Vocabulary, place: str | None, name: str | None) -> Answer:
    """Whether a place lies outside another. `anywhere` lies inside no other place; nothing lies outside `anywhere`."""
    if name == "anywhere":
        return NO
    if place is None or name is None:
        return MAYBE
    return NO if name in words["place"].above(place) else YES


def is_target(view: View, node: Node, target: Target) -> Answer:
    """Whether a node is what a name after `to` stands for: a subject, a kind of recipient, a service or a party."""
    if not target.known:
        return MAYBE
    if node.kind == "subject":
        return _is_subject_target(view, node, target)
    if target.recipient == "anyone":
        return YES
    if node.kind == "unknown":
        return MAYBE
    return max(_is_recipient(view, node, target.recipient), _is_node(view, node, target.node))


def _is_subject_target(view: View, node: Node, target: Target) -> Answer:
    if target.recipient in ("data_subject", "anyone"):
        return YES
    return view.world.words["subject"].compare(node.name, target.subject) if target.subject else NO


def _is_recipient(view: View, node: Node, name: str | None) -> Answer:
    if name is None:
        return NO
    recipients = view.world.words["recipient"]
    if recipients.is_role(name):
        return is_role(view, node, name)
    if not node.recipients.keys:
        return MAYBE
    best = max(recipients.compare(key, name) for key in node.recipients.keys)
    return max(best, MAYBE) if node.recipients.open else best


def is_role(view: View, node: Node, role: str) -> Answer:
    """Whether a node has a legal role, by its own recipient terms or those of its party."""
    bound = view.world.acting.bound(node, view.bound)
    return view.world.acting.has_role(node.recipients, role, bound)


def _is_node(view: View, node: Node, name: str | None) -> Answer:
    """A party's name stands for its services too; a service's name may be what is meant by its party."""
    if name is None:
        return NO
    if name in (node.name, node.party):
        return YES
    named = view.world.acting.nodes[name]
    if named.kind == "party":
        return MAYBE if node.party is None else NO
    return MAYBE if node.kind == "party" and named.party in (None, node.name) else NO


def _of_measures(measures: Iterable[Measure]) -> Asked:
    """Whether any of several measures is taken. What is not claimed is not; an unknown word may be any."""
    by_part: dict[str, list[Measure]] = {}
    for measure in measures:
        part = "nothing" if measure.facet is None else "claimed form" if measure.facet == "form" else measure.facet
        by_part.setdefault(part, []).append(measure)
    questions = [Question(part, partial(_is_claimed, tuple(group))) for part, group in by_part.items()]
    # Adequacy need not be claimed.
    if any(measure.key == "adequacy" for measure in by_part.get("safeguard", ())):
        questions.append(Question("adequacy", _is_adequate))
    return Asked(tuple(questions), len(questions) == 1)


def _is_claimed(measures: tuple[Measure, ...], view: View, claims: Claims | None) -> Answer:
    if claims is None:
        return MAYBE
    return max(_claims(view, claims, measure.facet or "", measure.key or "") for measure in measures)


def _claims(view: View, claims: Claims, facet: str, key: str) -> Answer:
    order = view.world.words[facet]
    if any(key in order.above(claim) for claim in claims.keys):
        return YES
    return MAYBE if claims.open else NO


def _is_adequate(view: View, value: tuple[frozenset[str | None], tuple[str | None, ...], Claims]) -> Answer:
    """Whether the law of the origin accepts all destinations; what the recipient claims may be a condition."""
    regimes, places, safeguards = value
    return view.world.adequacy.covers(
        regimes, places, lambda condition: _claims(view, safeguards, "safeguard", condition)
    )
