"""A scene in; the scenes that differ from it in one fact out, those that a promise speaks of first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from policylint.model.period import Period
from policylint.model.values import Condition, Disclosure, Measure, Obligation, Pattern, Subject
from policylint.syntax.tree import Age
from tests.policies.meaning import claim
from tests.policies.scene import ADULT, OWN, Claim, End, Scene
from tests.policies.shipped import WORDS

_DATA = ("contact.email", "communication.correspondence", "device.ip_address", "special.health")
_PURPOSES = ("service.support", "marketing.direct.email", "improvement.ai_training", "analytics.reporting.ads")
_SUBJECTS = ("visitor", "customer", "employee", "user.end_user", "vulnerable")
_PLACES = ("CA", "US", "DE", "GB", "BR", "IN")
_FORMS = ("identified", "aggregated", "anonymised", "pseudonymised", "deidentified", "aggregated.linked")
_KIND = "crm"
_ROLES = ("third_party", "processor", "subprocessor", "client", "independent_controller", "authority", "affiliate")


Goal = Callable[[Scene], bool]
"""What a scene has to be like."""


@dataclass(frozen=True)
class Move:
    """One changed fact."""

    fact: str
    scene: Scene


@dataclass(frozen=True)
class Hints:
    """What a promise speaks of: the values worth trying first."""

    terms: dict[str, tuple[str, ...]]
    people: tuple[Subject, ...]
    claims: tuple[Claim, ...]
    recipients: tuple[str, ...]
    periods: tuple[Period, ...]


def hints(*parts: Obligation | Disclosure) -> Hints:
    """All values that promises name."""
    conditions = [condition for part in parts for condition in _conditions(part)]
    patterns = [one for one in conditions if isinstance(one, Pattern)]
    measures = [one for one in conditions if isinstance(one, Measure)]
    measures += [measure for one in patterns for measure in one.measures]
    named: dict[str, list[str]] = {"form": [each.key for each in measures if each.facet == "form" and each.key]}
    for pattern in patterns:
        facet = {"of": "data", "as": "form", "for": "purpose", "into": "place", "outside": "place"}
        if pattern.preposition in facet:
            named.setdefault(facet[pattern.preposition], []).extend(term for term in pattern.terms if term)
    targets = [target for one in patterns for target in one.targets]
    for part in parts:
        if isinstance(part, Disclosure):
            named.setdefault(part.facet, []).extend(term for term in part.terms if term)
            targets.extend(part.targets)
    people = [person for one in patterns for person in one.people]
    people += [Subject(target.subject) for target in targets if target.subject]
    claims = [Claim(facet, key) for facet in ("means", "basis") for key in named.get(facet, ())]
    return Hints(
        {facet: tuple(dict.fromkeys(keys)) for facet, keys in named.items()},
        tuple(dict.fromkeys(people)),
        tuple(dict.fromkeys([*claims, *(made for each in measures if (made := claim(each)))])),
        tuple(dict.fromkeys(target.recipient for target in targets if target.recipient)),
        tuple(dict.fromkeys(one.period for one in patterns if one.period)),
    )


def _conditions(part: Obligation | Disclosure) -> Iterator[Condition]:
    yield from part.patterns
    if isinstance(part, Obligation):
        yield from (measure for group in part.needs for measure in group)
        yield from (one for all_of in part.unless for one in all_of)


def moves(scene: Scene, known: Hints) -> Iterator[Move]:
    """All scenes that differ in one fact, as far as it is worth trying."""
    for fact, made in _moved(scene, known):
        if made != scene:
            yield Move(fact, made)


def _moved(scene: Scene, known: Hints) -> Iterator[tuple[str, Scene]]:
    yield from _claims(scene, known)
    yield from _other_claims(scene)
    yield from (("who receives", replace(scene, receiver=end)) for end in _ends(scene.receiver, known))
    there = (scene.receiver._replace(place=key) for key in _near("place", known))
    yield from (("where it goes", replace(scene, receiver=end)) for end in there)
    if scene.sender is None:
        return
    yield from (("how long it is kept", replace(scene, keep=period)) for period in _periods(known))
    yield from (("what is paid", replace(scene, paid=paid)) for paid in ("none", "money"))
    for fact, facet, put in _WORDS:
        yield from ((fact, put(scene, key)) for key in _near(facet, known))
    yield from (("how old they are", replace(scene, age=age)) for age in _ages(known))
    yield from (("where they are", replace(scene, home=key)) for key in _homes(known))
    sender = scene.sender
    yield from (("who sends", replace(scene, sender=end)) for end in _senders(sender, known))
    yield from (("where it comes from", replace(scene, sender=sender._replace(place=key))) for key in _PLACES)
    for fact, facet, put in _WORDS:
        yield from ((fact, put(scene, key)) for key in _far(facet, known))


_WORDS: Sequence[tuple[str, str, Callable[[Scene, str], Scene]]] = (
    ("which data", "data", lambda scene, key: replace(scene, data=key)),
    ("what for", "purpose", lambda scene, key: replace(scene, purpose=key)),
    ("whose data", "subject", lambda scene, key: replace(scene, subject=key)),
    ("in which form", "form", lambda scene, key: replace(scene, form=key)),
)
_USUAL = {"data": _DATA, "purpose": _PURPOSES, "subject": _SUBJECTS, "form": _FORMS, "place": _PLACES}


def _claims(scene: Scene, known: Hints) -> Iterator[tuple[str, Scene]]:
    for each in known.claims:
        if scene.sender is None and each.facet != "safeguard":
            continue
        what = f"`{each.key}`"
        if each in scene.claims:
            yield f"{what} is not claimed", replace(scene, claims=scene.claims - {each})
        else:
            yield f"{what} is claimed", scene.claiming(each)
            for below in _below(each.facet, each.key):
                yield f"`{below}` is claimed", scene.claiming(Claim(each.facet, below))


def _other_claims(scene: Scene) -> Iterator[tuple[str, Scene]]:
    """Another means or basis in place of the one that is claimed."""
    for each in sorted(scene.claims):
        if each.facet in ("means", "basis"):
            for key in WORDS[each.facet].terms:
                other = replace(scene, claims=scene.claims - {each})
                yield f"`{key}` instead of `{each.key}`", other.claiming(Claim(each.facet, key))


def _near(facet: str, known: Hints) -> Iterable[str]:
    """The values of a facet that are named, those below them, then the usual ones."""
    named = known.terms.get(facet, ())
    if facet == "subject":
        named = tuple(person.term for person in known.people if person.term and person.term != "anyone")
    concrete = [key for key in named if key in WORDS[facet].terms]
    below = [under for key in concrete for under in _below(facet, key)]
    return dict.fromkeys([*concrete, *below, *_USUAL[facet]])


def _far(facet: str, known: Hints) -> Iterator[str]:
    """All other values of a facet; then words of one's own, for where all words that ship are taken out again."""
    yield from WORDS[facet].terms
    if facet in OWN:
        yield from (f"{key}.other" for key in known.terms.get(facet, ()) if key in WORDS[facet].terms)


@cache
def _below(facet: str, key: str) -> tuple[str, ...]:
    """What lies below a term: of a group of places, some of its members."""
    order = WORDS[facet]
    found = [term for term in order.terms if term != key and key in order.above(term)]
    return tuple(found[:8] if facet == "place" else found)


def _ends(end: End, known: Hints) -> Iterator[End]:
    """Whom else a flow may go to."""
    kinds = [key for key in known.recipients if key in WORDS["recipient"].terms and not WORDS["recipient"].is_role(key)]
    roles = [key for key in known.recipients if WORDS["recipient"].is_role(key)]
    roles = list(dict.fromkeys([*roles, *(under for role in roles for under in _below("recipient", role)), *_ROLES]))
    for kind in dict.fromkeys([*kinds, _KIND]):
        yield end._replace(run="own", terms=(kind,))
    for role in roles:
        yield end._replace(run="other", terms=(role,))
        if end.run == "own":  # a service, or the bound party itself, may be called that too
            yield end._replace(terms=(role,))
    for role in roles:
        for kind in dict.fromkeys([*kinds, _KIND]):
            yield end._replace(run="other", terms=(role, kind))


def _senders(end: End, known: Hints) -> Iterator[End]:
    yield end._replace(run="person", terms=())
    yield from _ends(end, known)


def _periods(known: Hints) -> Iterator[Period]:
    for limit in known.periods:
        if limit.unit != "forever":
            yield Period(limit.amount + 1, limit.unit, limit.event)
            yield limit
    yield Period(1, "forever", None)


def _ages(known: Hints) -> Sequence[Age]:
    """The last year inside an age range and the first one outside it."""
    stated = [person.age for person in known.people if person.age]
    ends = [age.oldest for age in stated if age.oldest is not None]
    around = [Age(end, end) for end in ends] + [Age(end + 1, None) for end in ends]
    around += [Age(age.youngest, None) for age in stated if age.youngest]
    return [*around, ADULT]


def _homes(known: Hints) -> Iterable[str]:
    stated = [person.place for person in known.people if person.place]
    places = [key for key in stated if not WORDS["place"].terms[key].members]
    inside = [under for key in stated for under in _below("place", key)]
    return dict.fromkeys([*places, *inside, *_PLACES])


def solve(scene: Scene, goals: Sequence[Goal], known: Hints) -> Scene | None:
    """Change one fact after the other until all goals are reached; None where no single change helps any more."""
    unmet = [goal for goal in goals if not goal(scene)]
    while unmet:
        met = [goal for goal in goals if goal not in unmet]
        for move in moves(scene, known):
            # Those that are not met come first: most moves change nothing for them.
            gained = sum(goal(move.scene) for goal in unmet)
            if gained and sum(not goal(move.scene) for goal in met) < gained:
                scene = move.scene
                unmet = [goal for goal in goals if not goal(scene)]
                break
        else:
            return None
    return scene
