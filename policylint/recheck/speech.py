"""The text of one file in; what it says to other files, wherever in it that stands, out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from policylint.graph.outline import Hop
from policylint.source.text import SourceText
from policylint.syntax.parser import parse_all
from policylint.syntax.sameness import bare
from policylint.syntax.tree import FlowBody, FlowDeclaration


class Speech(NamedTuple):
    """What a file says to others."""

    names: Sequence[object]
    """All that it declares besides flows, as it is written."""
    flows: Mapping[str, tuple[Hop, object]]
    """By name: where a flow starts and goes, and what it carries of whom. Why and how is nobody else's business."""


def speech(text: SourceText | None, here: str | None) -> Speech | None:
    """What a text says; None where it is not understood, or says `here` and it is not known what that stands for."""
    if text is None:
        return Speech((), {})
    (file,) = parse_all([text])
    flows = [each for each in file.declarations if isinstance(each, FlowDeclaration)]
    said = {flow.name.text: _said(flow, here) for flow in flows}
    if file.mistakes or len(said) < len(flows):
        return None
    known = {name: each for name, each in said.items() if each}
    if len(known) < len(said):
        return None
    return Speech([bare(each, str) for each in file.declarations if not isinstance(each, FlowDeclaration)], known)


def _said(flow: FlowDeclaration, here: str | None) -> tuple[Hop, object] | None:
    sender, receiver = (here if end.text == "here" else end.text for end in (flow.sender, flow.receiver))
    if sender is None or receiver is None:
        return None
    items, people = _carried(flow.body)
    return Hop(sender, receiver, not people), (items, people)


def _carried(body: FlowBody) -> tuple[Sequence[str], Sequence[object]]:
    """Kinds of data, and whose it is said to be."""
    words, shape = body.words(), body.shape
    return (
        tuple(words[data] for data, _ in shape.items),
        tuple((words[who], age, None if place is None else words[place]) for who, age, place in shape.subjects),
    )
