"""Atoms: a flow in, every combination of its facts out, by brute force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from .keeping import kept
from .nodes import places
from .project import Project
from .scene import Atom, Scene
from .shapes import Flow, Item, Policy
from .travel import Key, Subjects, items_of
from .words import Word


def scenes(project: Project, policy: Policy, flow: Flow, travelled: dict[Key, Subjects]) -> Iterator[Scene]:
    """'All combinations of its data items, purposes, subjects and destination places.'"""
    purposes: Sequence[Word | None] = project.words.words("purpose", flow.purposes) or (None,)
    for number, item in enumerate(items_of(flow)):
        people = travelled[(flow.name, number)]
        for purpose, who, place in product(purposes, people, places(project, flow.receiver)):
            data, form = described(project, item)
            atom = Atom(data, form, purpose, who, place, kept(project, flow, item))
            yield Scene(project, policy, atom, about=flow)


def described(project: Project, item: Item | None) -> tuple[Word | None, Word | None]:
    """'`identified` (default)'; of an item that is not declared, nothing is known."""
    if item is None:
        return None, None
    words = project.words
    return words.word("data", item.name), words.word("form", item.form or "identified")


def operated(project: Project, policy: Policy, node: str) -> Iterator[Scene]:
    """'Operation obligations speak of each such … names, places and safeguards (at each place).'"""
    for place in places(project, node):
        yield Scene(project, policy, Atom(None, None, None, None, place, None), operated=node)
