"""Subjects and ages travel: flows in, the subjects of every data item out."""

from __future__ import annotations

from collections.abc import Mapping

from .nodes import is_subject, kind, operator
from .project import Project
from .shapes import Flow, Item, Who
from .three import MAYBE, NO, YES, Answer, every, some, truth

Key = tuple[str, int]  # a flow's name and the number of its item
Subjects = frozenset[Who | None]


def items_of(flow: Flow) -> list[Item | None]:
    """Give the items of a flow; none is one that is not declared."""
    return list(flow.data) or [None]


def subjects(project: Project) -> Mapping[Key, Subjects]:
    """'A flow whose sender is not a subject and that names none has the subjects of the data …'

    A flow into which no known subjects came has none; its items' subjects are then not declared.
    """
    found = {key: starting(project, flow) for key, flow in keys(project)}
    spread(project, found)
    return {key: known or frozenset([None]) for key, known in found.items()}


def keys(project: Project) -> list[tuple[Key, Flow]]:
    """List every item of every flow."""
    return [((flow.name, number), flow) for flow in project.flows for number in range(len(items_of(flow)))]


def starting(project: Project, flow: Flow) -> Subjects:
    """Give the subjects that a flow says itself, or that its sender is."""
    if flow.subjects:
        return frozenset(flow.subjects)
    if is_subject(project, flow.sender) == YES:
        return frozenset([Who(flow.sender)])
    return frozenset()


def spread(project: Project, found: dict[Key, Subjects]) -> None:
    """'Along declared flows that carry the same data …, cycles included': until nothing changes."""
    edges = {key: feeding(project, key, flow) for key, flow in keys(project) if not starting(project, flow)}
    changed = True
    while changed:
        changed = False
        for key, sources in edges.items():
            arriving = [found[source] for source, sure in sources if sure == YES]
            more = frozenset[Who | None]().union(found[key], *arriving)
            changed = changed or more != found[key]
            found[key] = more


def feeding(project: Project, key: Key, flow: Flow) -> list[tuple[Key, Answer]]:
    """List the items that this one continues, certainly or maybe."""
    item = items_of(flow)[key[1]]
    return [
        (source, continues)
        for source, other in keys(project)
        if (continues := carries_on(project, other, items_of(other)[source[1]], flow, item)) != NO
    ]


def carries_on(project: Project, first: Flow, its: Item | None, then: Flow, item: Item | None) -> Answer:
    """'An item continues an item of another flow when that flow arrives where this one starts …'"""
    return every((arrives(project, first.receiver, then.sender), same_data(project, its, item)))


def arrives(project: Project, receiver: str, sender: str) -> Answer:
    """'What reaches a party has reached each service it runs, what reaches a service … its
    party.'
    """
    if "subject" in (kind(project, receiver), kind(project, sender)):
        return NO  # 'Nothing travels through a subject.'
    if "unknown" in (kind(project, receiver), kind(project, sender)):
        return NO  # nothing is known of what goes on from there
    if receiver == sender:
        return YES
    kinds = {kind(project, receiver), kind(project, sender)}
    if kinds != {"party", "service"}:
        return NO  # 'two services of one party are apart'
    return truth(operator(project, receiver) == operator(project, sender))


def same_data(project: Project, one: Item | None, other: Item | None) -> Answer:
    """'One of the two is equal to, coarser or finer than the other.'"""
    if one is None or other is None:
        return MAYBE
    if one.name == other.name:
        return YES
    words = project.words
    first, second = words.words("data", (one.name, other.name))
    if not first.known or not second.known:
        return MAYBE
    return truth(words.below("data", first.text, second.text) or words.below("data", second.text, first.text))


def reached(project: Project, flow: Flow, item: Item | None) -> Answer:
    """Say whether an item ever reached the sender, by a flow other than this one."""
    return some(
        carries_on(project, other, its, flow, item)
        for other in project.flows
        if other is not flow
        for its in items_of(other)
    )


def origins(project: Project, flow: Flow, number: int) -> list[Flow]:
    """List the flows from a subject that an item came from, over any number of hops."""
    by_name = {one.name: one for one in project.flows}
    todo, seen, found = [(flow.name, number)], {(flow.name, number)}, []
    while todo:
        key = todo.pop()
        one = by_name[key[0]]
        if is_subject(project, one.sender) == YES:
            found.append(one)
            continue
        for source, sure in feeding(project, key, one):
            if sure == YES and source not in seen:
                seen.add(source)
                todo.append(source)
    return found


__all__ = ["MAYBE", "Subjects", "items_of", "origins", "reached", "subjects"]
