"""How long a flow's item is kept: the flow's own `keep`, or the receiving service's default."""

from __future__ import annotations

from .project import Project
from .shapes import Flow, Item, Keep, Period
from .three import MAYBE, NO
from .words import NOTHING_KNOWN


def kept(project: Project, flow: Flow, item: Item | None) -> Period | None:
    """'`keep` on a service is the default for flows into it that say nothing themselves.'"""
    if flow.keep:
        return flow.keep
    service = project.services.get(flow.receiver)
    return default(project, service.keeps, item) if service else None


def default(project: Project, keeps: tuple[Keep, ...], item: Item | None) -> Period | None:
    """'The receiving service's `keep` with the deepest DATA at or above it …, else the one
    without DATA.'
    """
    words = project.words
    data = words.word("data", item.name) if item else NOTHING_KNOWN
    relevant: list[Keep] = []
    for keep in keeps:
        answer = MAYBE
        if keep.data is not None:
            answer = words.compare("data", data, words.word("data", keep.data))
            if answer == MAYBE:
                return None  # 'an item too coarse to tell has none declared'
        if answer != NO:
            relevant.append(keep)
    return deepest(project, relevant)


def deepest(project: Project, keeps: list[Keep]) -> Period | None:
    """Find the keep that is below all others; two that say different things for the same
    say nothing.
    """
    for keep in keeps:
        if all(as_deep(project, keep, other) for other in keeps):
            same = {other.period for other in keeps if as_deep(project, other, keep)}
            return keep.period if len(same) == 1 else None
    return None


def as_deep(project: Project, one: Keep, other: Keep) -> bool:
    """A keep without DATA lies above all others."""
    if other.data is None:
        return True
    return one.data is not None and project.words.below("data", one.data, other.data)
