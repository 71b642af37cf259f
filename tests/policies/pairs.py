"""An obligation in; scenes that break it, each with scenes that differ in one fact and do not, out.

Each condition gets its turn: for every pattern a scene that misses it alone, for every need one that meets it, for
every exception one that makes it hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policylint.model.values import Condition, Measure, Obligation, Pattern
from policylint.vocabulary.answer import NO, YES, Answer
from tests.policies.meaning import all_hold, breaks, does, holds, meets
from tests.policies.moves import Goal, Hints, hints, moves, solve
from tests.policies.scene import End, Scene


@dataclass(frozen=True)
class Pair:
    """A scene that breaks an obligation, and one that differs from it in one fact and does not.

    `aim` is the condition whose turn it is, `fact` what was changed for it.
    """

    aim: str
    broken: Scene
    fact: str
    kept: Scene


@dataclass(frozen=True)
class Derived:
    """All pairs of an obligation, and the conditions for which there is none."""

    pairs: tuple[Pair, ...]
    lacking: tuple[str, ...]


def derive(obligation: Obligation, bound: str) -> Derived:
    """All pairs of an obligation."""
    known, start = hints(obligation), _start(obligation, bound)
    pairs: list[Pair] = []
    lacking: list[str] = []
    for aim, reached, variants in _aims(obligation):
        pair = next(filter(None, (_pair(obligation, start, known, aim, reached, more) for more in variants)), None)
        if pair:
            pairs.append(pair)
        else:
            lacking.append(aim)
    return Derived(tuple(pairs), tuple(lacking))


def _start(obligation: Obligation, bound: str) -> Scene:
    desk, own = End("own", ("collaboration",)), End("own", ("crm",))
    match obligation.action:
        case "operation":
            return Scene(bound, None, End("own"))
        case "collection":
            return Scene(bound, End("person"), own)
        case "sharing" | "sale" | "transfer":
            return Scene(bound, desk, End("other", ("third_party",)))
    return Scene(bound, desk, own)


def _pair(
    obligation: Obligation, start: Scene, known: Hints, aim: str, reached: Goal, more: Sequence[Goal]
) -> Pair | None:
    broken = solve(start, [*_breaking(obligation), *more], known)
    if broken is None or breaks(broken, obligation) is not YES:
        return None
    for move in moves(broken, known):
        if reached(move.scene) and breaks(move.scene, obligation) is NO:
            return Pair(aim, broken, move.fact, move.scene)
    return None


def _breaking(obligation: Obligation) -> Iterator[Goal]:
    """All that has to be so for an obligation to be broken, one by one."""
    for action in (obligation.action, "sharing") if obligation.action == "sale" else (obligation.action,):
        yield _doing(action, YES)
    for pattern in obligation.patterns:
        yield holding(pattern, obligation.patterns, YES)
        # Who, of what age, where: steps on the way to the whole pattern, each of them one fact.
        for wider in (_wider(pattern, age=None, place=None), _wider(pattern, place=None)) if pattern.people else ():
            yield holding(wider, (), YES)
    for all_of in obligation.unless:
        yield _excusing(all_of, NO)
    if obligation.needs:
        yield lambda scene: min(meets(scene, group) for group in obligation.needs) is NO


def _aims(obligation: Obligation) -> Iterator[tuple[str, Goal, list[list[Goal]]]]:
    """Each condition, when a near scene has had its turn, and what a broken scene may need beforehand."""
    for group in obligation.needs:
        others = [_meeting(other, YES) for other in obligation.needs if other is not group]
        for measure in group:
            yield f"needs {measure.key}", holding(measure, (), YES), [[*others, _meeting(group, NO)]]
    for position, pattern in enumerate(obligation.patterns, 1):
        for name, narrow in names(pattern):
            matched = holding(narrow, obligation.patterns, YES)
            yield f"{position}. {name}", holding(pattern, obligation.patterns, NO), [[matched]]
    for position, all_of in enumerate(obligation.unless, 1):
        for name, these in _ways(all_of):
            ready = [[holding(one, these, YES) for one in these if one is not last] for last in these]
            yield f"unless {position}. {name}", _excusing(these, YES), [[], *ready]
    if obligation.action in ("collection", "sharing", "sale", "transfer"):
        yield obligation.action, _doing(obligation.action, NO), [[]]
    if obligation.action == "sale":
        yield "for nothing", lambda scene: does(scene, "sharing") is YES and does(scene, "sale") is NO, [[]]


def _ways(all_of: Sequence[Condition]) -> Iterator[tuple[str, Sequence[Condition]]]:
    """The ways in which an exception holds: by each of the names that one of its conditions gives."""
    for at, condition in enumerate(all_of):
        for name, narrow in names(condition):
            yield name, [*all_of[:at], narrow, *all_of[at + 1 :]]


def names(condition: Condition) -> Iterator[tuple[str, Condition]]:
    """A condition narrowed down to each of its alternatives."""
    if isinstance(condition, Measure):
        yield str(condition.key), condition
    else:
        yield from pattern_names(condition)


def pattern_names(pattern: Pattern) -> Iterator[tuple[str, Pattern]]:
    """A pattern narrowed down to each of its alternatives; a place outside of several is outside of all of them."""
    word = pattern.preposition
    if word in ("outside", "beyond"):
        yield word, pattern
        return
    for term in pattern.terms:
        yield f"{word} {term}", pattern._replace(terms=(term,))
    for measure in pattern.measures:
        yield f"{word} {measure.key}", pattern._replace(measures=(measure,))
    for target in pattern.targets:
        yield f"{word} {target.recipient or target.node}", pattern._replace(targets=(target,))
    for person in pattern.people:
        yield f"{word} {person.term} in {person.place}", pattern._replace(people=(person,))


def holding(condition: Condition, beside: Sequence[Condition], wanted: Answer) -> Goal:
    """A scene of which a condition holds, or does not."""
    return lambda scene: holds(scene, condition, beside) is wanted


def _doing(action: str, wanted: Answer) -> Goal:
    return lambda scene: does(scene, action) is wanted


def _meeting(group: Sequence[Measure], wanted: Answer) -> Goal:
    return lambda scene: meets(scene, group) is wanted


def _excusing(all_of: Sequence[Condition], wanted: Answer) -> Goal:
    return lambda scene: all_hold(scene, all_of) is wanted


def _wider(pattern: Pattern, **without: None) -> Pattern:
    return pattern._replace(people=tuple(person._replace(**without) for person in pattern.people))
