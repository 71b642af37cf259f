"""Where data travels, against the graph library networkx: the same subjects, by paths as short as any."""

from collections.abc import Iterator, Mapping

import networkx as nx
from hypothesis import HealthCheck, given, settings

from policylint.graph.travel import Travel
from policylint.model.build import Model, Vocation, build
from policylint.model.flow import Flow
from policylint.model.values import Node
from policylint.source.text import SourceText
from policylint.syntax.parser import parse
from policylint.verdict.actions import ACTIONS
from policylint.vocabulary.words import shipped
from tests.reference.projects import projects

Stop = tuple[str, str]
"""A flow and a kind of data that it carries."""


def model(files: Mapping[str, str]) -> Model:
    parsed = [parse(SourceText(path, text.removeprefix("\ufeff"), path)) for path, text in sorted(files.items())]
    return build(parsed, shipped(), Vocation(ACTIONS.keys(), {}), None)[0]


def arrives(receiver: Node, sender: Node) -> bool:
    if {receiver.kind, sender.kind} - {"service", "party"}:
        return False
    if receiver.name == sender.name:
        return True
    return receiver.kind != sender.kind and receiver.party is not None and receiver.party == sender.party


def edges(project: Model) -> Iterator[tuple[Stop, Stop]]:
    related = project.words["data"].related
    for before in project.flows:
        for after in project.flows:
            if after.subjects or not arrives(before.receiver, after.sender):
                continue
            for one in before.items:
                for other in after.items:
                    known = one.data.key is not None and other.data.key is not None
                    same = one.data.identity == other.data.identity
                    if same or (known and related(str(one.data.key), str(other.data.key))):
                        yield (before.name, one.data.identity), (after.name, other.data.identity)


def stops(flow: Flow) -> set[Stop]:
    return {(flow.name, item.data.identity) for item in flow.items}


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects())
def test_subjects_travel_as_far_and_by_paths_as_short_as_in_a_graph(files: Mapping[str, str]) -> None:
    project = model(files)
    travel = Travel(project.words, project.flows, project.nodes)
    graph: nx.DiGraph[Stop] = nx.DiGraph(edges(project))
    graph.add_nodes_from(stop for flow in project.flows for stop in stops(flow))
    for flow in project.flows:
        if flow.subjects or flow.sender.kind not in ("service", "party"):
            continue
        for stop in stops(flow):
            sources = [other for other in project.flows if other.subjects]
            lengths = {
                subject: min(
                    nx.shortest_path_length(graph, source, stop)
                    for other in sources
                    if subject in other.subjects
                    for source in stops(other)
                    if nx.has_path(graph, source, stop)
                )
                for other in sources
                if any(nx.has_path(graph, source, stop) for source in stops(other))
                for subject in other.subjects
            }
            assert travel.subjects(flow, stop[1]) == set(lengths)
            for subject, length in lengths.items():
                path = travel.path(flow, stop[1], subject)
                assert path is not None
                assert path.length == len(path.steps()) == length + 1
