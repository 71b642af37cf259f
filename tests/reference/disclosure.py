"""Disclosures: a project in, the findings of `disclose` out, one per flow, policy and facet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .acting import governs
from .actions import collection
from .atoms import scenes
from .findings import Verdict, found
from .matching import matches
from .nodes import is_subject, not_bound, operator
from .project import Project
from .scene import Scene
from .shapes import Clause, Flow, Obligation, Policy
from .three import NO, YES, Answer, every, opposite, some
from .travel import Key, Subjects
from .words import Word

Covered = Callable[[str], Answer]
Element = tuple[Answer, Covered]  # is there such an element, and does a name cover it

CODES = {
    "data": "PL111",
    "purpose": "PL112",
    "recipient": "PL113",
    "means": "PL114",
    "place": "PL115",
    "basis": "PL116",
    "source": "PL117",
}


def undisclosed(project: Project, travelled: dict[Key, Subjects]) -> Iterator[Verdict]:
    """'A policy silent on a facet reports nothing there.'"""
    for policy in project.policies:
        for facet, code in CODES.items():
            lists = lists_of(policy, facet)
            for flow in project.flows if lists else ():
                answer = uncovered(project, policy, flow, facet, travelled)
                if answer != NO:
                    yield found(code, f"flow {flow.name}", answer, policy, lists[0][0])


def lists_of(policy: Policy, facet: str) -> list[tuple[Clause, Obligation]]:
    """'No policy's words are ever used for another's.'"""
    return [
        (clause, obligation)
        for clause in policy.clauses
        for obligation in clause.obligations
        if obligation.kind == "disclose" and obligation.about == facet
    ]


def uncovered(project: Project, policy: Policy, flow: Flow, facet: str, travelled: dict[Key, Subjects]) -> Answer:
    """'Every element of a governed flow's atoms in that facet has to be covered by one of
    its lists.'
    """
    governed = governs(project, policy, flow)
    lists = [obligation for _, obligation in lists_of(policy, facet)]
    return some(
        every((governed, is_personal(scene), there, opposite(covered(scene, lists, covers))))
        for scene in scenes(project, policy, flow, travelled)
        for there, covers in ELEMENTS[facet](scene)
    )


def covered(scene: Scene, lists: list[Obligation], covers: Covered) -> Answer:
    """'Covered by one of its lists whose PATTERN matches that atom.'"""
    return some(every((some(covers(name) for name in one.names), matches(scene, one.parts))) for one in lists)


def is_personal(scene: Scene) -> Answer:
    """'Only personal atoms count (form not personal, or data below `nonpersonal` or
    `system`: nothing).'
    """
    compare = scene.words.compare
    return every(
        (
            scene.words.identity(scene.atom.form),
            opposite(compare("data", scene.atom.data, Word("nonpersonal"))),
            opposite(compare("data", scene.atom.data, Word("system"))),
        )
    )


def fact(scene: Scene, facet: str, declared: Word | None) -> Element:
    """'Elements: each data item, purpose, destination place.'"""
    words = scene.words
    return YES, lambda name: words.compare(facet, declared, words.word(facet, name))


def claim(scene: Scene, facet: str, texts: tuple[str, ...]) -> list[Element]:
    """'Each claimed means and basis': a measure is covered by a name it is at or below."""
    return [(YES, measure_covered(scene, facet, word)) for word in scene.words.words(facet, texts)]


def measure_covered(scene: Scene, facet: str, word: Word) -> Covered:
    """Compare as a measure: no maybe but for words that are not known."""

    def answer(text: str) -> Answer:
        compared = scene.words.compare(facet, word, scene.words.word(facet, text))
        known = word.known and scene.words.word(facet, text).known
        return NO if known and compared != YES else compared

    return answer


def receiver(scene: Scene) -> list[Element]:
    """'The receiver, where a party that is not bound runs it.'"""
    project, node = scene.project, scene.flow.receiver
    there = every(
        (
            opposite(is_subject(project, node)),
            not_bound(project, scene.policy.binds, operator(project, node)),
        )
    )
    return [(there, lambda name: scene.is_named(node, name))]


def source(scene: Scene) -> list[Element]:
    """'The sender of a collection.'"""
    return [(collection(scene), lambda name: scene.is_named(scene.flow.sender, name))]


ELEMENTS: Mapping[str, Callable[[Scene], list[Element]]] = {
    "data": lambda scene: [fact(scene, "data", scene.atom.data)],
    "purpose": lambda scene: [fact(scene, "purpose", scene.atom.purpose)],
    "place": lambda scene: [fact(scene, "place", scene.atom.place)],
    "means": lambda scene: claim(scene, "means", scene.flow.means),
    "basis": lambda scene: claim(scene, "basis", scene.flow.basis),
    "recipient": receiver,
    "source": source,
}
