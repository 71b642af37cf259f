"""What the language says of a scene, read off its page for the simple case where one of everything is declared.

Only the order of the vocabularies is taken from the package; no judgement of its engine is.
"""

from collections.abc import Iterable, Sequence

from policylint.model.period import Period
from policylint.model.values import Condition, Disclosure, Measure, Obligation, Pattern, Subject, Target
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer
from tests.policies.scene import Claim, End, Scene
from tests.policies.shipped import WORDS

_REGIMES = ("EEA", "GB", "CH")


def breaks(scene: Scene, obligation: Obligation) -> Answer:
    """Whether a scene breaks an obligation."""
    matches = min(
        does(scene, obligation.action), *(holds(scene, one, obligation.patterns) for one in obligation.patterns), YES
    )
    met = min((meets(scene, group) for group in obligation.needs), default=NO)
    excused = max((all_hold(scene, all_of) for all_of in obligation.unless), default=NO)
    return min(matches, met.negated(), excused.negated())


def meets(scene: Scene, group: Sequence[Measure]) -> Answer:
    return max(holds(scene, measure, ()) for measure in group)


def all_hold(scene: Scene, all_of: Sequence[Condition]) -> Answer:
    return min(holds(scene, one, all_of) for one in all_of)


def does(scene: Scene, action: str) -> Answer:
    """Whether the scene is the action."""
    if scene.sender is None or action == "operation":
        return _is(scene.sender is None and action == "operation")
    match action:
        case "collection":
            return _is(_acts(scene.receiver) and scene.sender.run != "own")
        case "use":
            return YES
        case "sharing" | "sale":
            shared = scene.sender.run != "person" and scene.receiver.run == "other"
            sold = _is(scene.paid != "none")
            named = WORDS["purpose"].compare(scene.purpose, "disclosure.sale")
            return min(_is(shared), YES if action == "sharing" else max(sold, named))
        case "transfer":
            return _is(scene.origin not in WORDS["place"].above(scene.receiver.place))
        case "retention":
            return _is(scene.receiver.run != "person")
    raise ValueError(action)


def _acts(end: End) -> bool:
    """Whether a receiver acts for the bound party."""
    return end.run == "own" or end.works


def _is(condition: bool) -> Answer:
    return YES if condition else NO


def holds(scene: Scene, condition: Condition, beside: Iterable[Condition]) -> Answer:
    """Whether a condition holds of a scene."""
    if isinstance(condition, Measure):
        return _claimed(scene, condition)
    if scene.sender is None and condition.preposition not in ("to", "with", "via", "into", "outside"):
        return MAYBE
    match condition.preposition:
        case "of":
            named = max(WORDS["data"].compare(scene.data, term) for term in condition.terms)
            has_form = any(isinstance(other, Pattern) and other.preposition == "as" for other in beside)
            return named if has_form else min(named, personal_form(scene))
        case "as":
            return max(WORDS["form"].compare(scene.form, term) for term in condition.terms)
        case "from":
            return max(_is_person(scene, person) for person in condition.people)
        case "to":
            return max(is_target(scene, scene.receiver, target) for target in condition.targets)
        case "for":
            return max(WORDS["purpose"].compare(scene.purpose, term) for term in condition.terms)
        case "into":
            return max(WORDS["place"].compare(scene.receiver.place, term) for term in condition.terms)
        case "outside":
            return _is(not WORDS["place"].above(scene.receiver.place) & set(condition.terms))
        case "via" | "with":
            return max(_claimed(scene, measure) for measure in condition.measures)
        case "beyond":
            return _is_beyond(scene.keep, condition.period)


def personal_form(scene: Scene) -> Answer:
    """Whether the form leaves the data personal."""
    return {"personal": YES, "open": MAYBE}.get(WORDS["form"].identity(scene.form), NO)


def _claimed(scene: Scene, measure: Measure) -> Answer:
    if measure.facet is None or measure.key is None:
        return MAYBE
    if measure.facet == "form":
        return _is(scene.sender is not None and measure.key in WORDS["form"].above(scene.form))
    order = WORDS[measure.facet]
    if any(claim.facet == measure.facet and measure.key in order.above(claim.key) for claim in scene.claims):
        return YES
    in_a_regime = bool(WORDS["place"].above(scene.origin) & set(_REGIMES))
    return MAYBE if measure.key == "adequacy" and in_a_regime else NO


def _is_person(scene: Scene, person: Subject) -> Answer:
    answer = WORDS["subject"].compare(scene.subject, person.term)
    if person.age is not None:
        mine, theirs = scene.age, person.age
        starts = max(mine.youngest, theirs.youngest)
        answer = min(answer, _is(all(end is None or starts <= end for end in (mine.oldest, theirs.oldest))))
    if person.place is not None:
        answer = min(answer, WORDS["place"].compare(scene.home, person.place))
    return answer


def is_target(scene: Scene, end: End, target: Target) -> Answer:
    """Whether an end is what a name after `to`, or in a list of recipients or sources, stands for."""
    if target.recipient == "anyone":
        return YES
    if end.run == "person":
        is_subject = target.subject is not None and WORDS["subject"].compare(scene.subject, target.subject) is YES
        return _is(target.recipient == "data_subject" or is_subject)
    if target.node is not None and target.node == scene.bound and end.run == "own":
        return YES
    order = WORDS["recipient"]
    if target.recipient is None:
        return NO
    if not end.terms and not order.is_role(target.recipient):
        return MAYBE
    return max((order.compare(term, target.recipient) for term in end.terms), default=NO)


def _is_beyond(keep: Period, limit: Period | None) -> Answer:
    """Periods of a scene are made from the limits themselves, so that equal units are all there is to compare."""
    if limit is None or limit.unit == "forever":
        return NO
    if keep.unit == "forever":
        return YES
    if keep.event != limit.event:
        return MAYBE
    if keep.unit == limit.unit or not limit.amount or not keep.amount:
        return _is(keep.amount > limit.amount)
    return MAYBE


def covers(scene: Scene, listed: Disclosure, element: str) -> Answer:
    """Whether a list covers an element of the scene."""
    named = _names(scene, listed, element)
    return named if named is NO else min(named, *(holds(scene, one, listed.patterns) for one in listed.patterns), named)


def _names(scene: Scene, listed: Disclosure, element: str) -> Answer:
    match listed.facet:
        case "data" | "purpose" | "place":
            return max(WORDS[listed.facet].compare(element, term) for term in listed.terms)
        case "recipient":
            return max(is_target(scene, scene.receiver, target) for target in listed.targets)
        case "source":
            return max(is_target(scene, scene.sender or scene.receiver, target) for target in listed.targets)
    return _is(bool(WORDS[listed.facet].above(element) & set(listed.terms)))


def elements(scene: Scene, facet: str) -> tuple[str, ...]:
    """What a scene shows of a facet, as a finding names it."""
    match facet:
        case "data":
            return (scene.data,)
        case "purpose":
            return (scene.purpose,)
        case "place":
            return (scene.receiver.place,)
        case "recipient":
            return (scene.receiver.name(sends=False),) if scene.receiver.run == "other" else ()
        case "source":
            if scene.sender is None or does(scene, "collection") is NO:
                return ()
            return (scene.source,)
    return tuple(sorted(claim.key for claim in scene.claims if claim.facet == facet))


def undisclosed(scene: Scene, lists: Sequence[Disclosure]) -> Answer:
    """Whether an element of the scene is missing from all lists of a facet, surely or maybe."""
    matters = min(WORDS["data"].compare(scene.data, "personal"), personal_form(scene))
    shown = elements(scene, lists[0].facet)
    covered = (max(covers(scene, one, element) for one in lists) for element in shown)
    return max((min(matters, answer.negated()) for answer in covered), default=NO)


def claim(measure: Measure) -> Claim | None:
    """A measure as a claim; forms are not claimed."""
    return Claim(measure.facet, measure.key) if measure.facet and measure.key and measure.facet != "form" else None
