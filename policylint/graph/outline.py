"""A model in; what each file of the project has to do with the others, and no more, out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from policylint.model.build import Model
from policylint.model.flow import Flow


class Hop(NamedTuple):
    """Where flows start and go, by the names of nodes."""

    sender: str
    receiver: str
    carries: bool
    """Whether they name no subjects, so that they carry on those whose data came to their sender."""


class FileOutline(NamedTuple):
    """What others have to know of a file; of one that declares nothing, nothing."""

    flows: tuple[str, ...] = ()
    """Their names."""
    hops: tuple[Hop, ...] = ()
    """Each once."""
    here: str | None = None
    """The service that `here` stands for, where the file says that."""
    names: bool = False
    """Whether it declares anything besides flows: what any other file may name."""


class Outline(NamedTuple):
    """How the files of a project hang together."""

    files: Mapping[str, FileOutline]
    """By path."""
    parties: Mapping[str, str]
    """The party that runs each service."""


def outline_of(model: Model) -> Outline:
    """The outline of a project."""
    placed: dict[str, list[Flow]] = {}
    for flow in model.flows:
        placed.setdefault(flow.path, []).append(flow)
    naming = set(_naming(model))
    files = {path: _file(placed.get(path, ()), path in naming) for path in {**placed, **dict.fromkeys(naming)}}
    parties = {name: node.party for name, node in model.nodes.items() if node.kind == "service" and node.party}
    return Outline(files, parties)


def _naming(model: Model) -> Iterator[str]:
    """The files that declare anything besides flows."""
    yield from (node.span.path for node in model.nodes.values() if node.span)
    yield from (span.path for span in model.own_terms.values())
    yield from (policy.span.path for policy in model.policies)


def _file(flows: Sequence[Flow], names: bool) -> FileOutline:
    hops = [Hop(flow.sender.name, flow.receiver.name, not flow.content.subjects) for flow in flows]
    return FileOutline(
        tuple([flow.name for flow in flows]), tuple(dict.fromkeys(hops)), next(_heres(flows), None), names
    )


def _heres(flows: Iterable[Flow]) -> Iterator[str]:
    for flow in flows:
        if flow.written.sends == "here":
            yield flow.sender.name
        if flow.written.receives == "here":
            yield flow.receiver.name
