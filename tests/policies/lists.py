"""A list of a policy in; a scene that it covers, and one that differs in one fact and that no list covers, out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policylint.model.values import Disclosure
from policylint.vocabulary.answer import NO, YES
from tests.policies.meaning import covers, elements, personal_form, undisclosed
from tests.policies.moves import Goal, Hints, hints, moves, solve
from tests.policies.pairs import holding, pattern_names
from tests.policies.scene import Claim, End, Scene
from tests.policies.shipped import WORDS

CODES = {
    "data": "PL111",
    "purpose": "PL112",
    "recipient": "PL113",
    "means": "PL114",
    "place": "PL115",
    "basis": "PL116",
    "source": "PL117",
}


@dataclass(frozen=True)
class Covered:
    """A scene that a list covers, where possible that list alone, and one that no list covers for want of `fact`."""

    listed: Scene
    fact: str
    unlisted: Scene


def derive(one: Disclosure, lists: Sequence[Disclosure], bound: str) -> Covered | None:
    """A pair for a list among all lists of its facet."""
    known, start = hints(one), _start(one, bound)
    others = [other for other in lists if other is not one]
    choices = [] if any(_implies(other, one) for other in others) else [[*_personal(), *_alone(others)], _alone(others)]
    found = (_pair(solve(start, [*_covering(one), *more], known), lists, known) for more in (*choices, _personal(), []))
    return next(filter(None, found), None)


def by_name(one: Disclosure, bound: str) -> Iterator[tuple[str, Scene | None]]:
    """For each name in a list and in its patterns a scene that is covered by that name."""
    for term in one.terms:
        yield term or "", _covered(one._replace(terms=(term,)), bound)
    for target in one.targets:
        yield target.recipient or target.subject or "", _covered(one._replace(targets=(target,)), bound)
    for at, pattern in enumerate(one.patterns):
        for name, narrow in pattern_names(pattern):
            patterns = (*one.patterns[:at], narrow, *one.patterns[at + 1 :])
            yield name, _covered(one._replace(patterns=patterns), bound)


def _covered(one: Disclosure, bound: str) -> Scene | None:
    return solve(_start(one, bound), list(_covering(one)), hints(one))


def _implies(other: Disclosure, one: Disclosure) -> bool:
    """Whether a list plainly covers all that another one does: it names as much and asks for no more."""
    if not set(other.patterns) <= set(one.patterns):
        return False
    if one.targets:
        named = {target.recipient for target in other.targets}
        return all(target.recipient in named for target in one.targets)
    above = WORDS[one.facet].above
    return all(term and above(term) & set(other.terms) for term in one.terms)


def _start(one: Disclosure, bound: str) -> Scene:
    desk, own = End("own", ("collaboration",)), End("own", ("crm",))
    outsider = End("other", ("third_party.data_broker",))
    if one.facet == "source":
        return Scene(bound, End("person"), own)
    start = Scene(bound, desk, outsider if one.facet == "recipient" else own)
    named = one.terms[0] if one.terms else None
    return start.claiming(Claim(one.facet, named)) if named and one.facet in ("means", "basis") else start


def _pair(scene: Scene | None, lists: Sequence[Disclosure], known: Hints) -> Covered | None:
    if scene is None or undisclosed(scene, lists) is not NO:
        return None
    for move in moves(scene, known):
        if undisclosed(move.scene, lists) is YES:
            return Covered(scene, move.fact, move.scene)
    return None


def _covering(one: Disclosure) -> Iterator[Goal]:
    """All that has to be so for a list to cover what a scene shows, one by one."""
    plain = one._replace(patterns=())
    yield lambda scene: bool(elements(scene, one.facet))
    yield lambda scene: all(covers(scene, plain, element) is YES for element in elements(scene, one.facet))
    for pattern in one.patterns:
        yield holding(pattern, one.patterns, YES)


def _personal() -> list[Goal]:
    return [
        lambda scene: personal_form(scene) is YES,
        lambda scene: WORDS["data"].compare(scene.data, "personal") is YES,
    ]


def _alone(others: Sequence[Disclosure]) -> list[Goal]:
    return [_uncovered(other) for other in others]


def _uncovered(other: Disclosure) -> Goal:
    return lambda scene: all(covers(scene, other, element) is NO for element in elements(scene, other.facet))
