"""The path that is shown is the first of the shortest, whatever was looked for before."""

from collections import deque
from collections.abc import Mapping, Sequence
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylint.graph.travel import Travel
from policylint.model.values import Node, Subject
from tests.graph.test_travel import model
from tests.reference.projects import projects

Names = tuple[str, ...]


def searched(travel: Travel, sender: Node, data: str, subject: Subject) -> Names:
    """The names of the flows of a path, by a search from its end that knows of no other one."""
    queue: deque[tuple[Node, str, Names]] = deque([(sender, data, ())])
    seen: set[tuple[str, str]] = set()
    while queue:
        node, kind, names = queue.popleft()
        for flow, item in sorted(travel.routes.feeding(node, kind), key=lambda pair: (pair[0].name, pair[1])):
            if subject in flow.subjects:
                return (flow.name, *names)
            if not flow.subjects and (flow.sender.name, item) not in seen:
                seen.add((flow.sender.name, item))
                queue.append((flow.sender, item, (flow.name, *names)))
    return ()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(), st.randoms(use_true_random=False))
def test_a_path_is_found_as_by_a_search_of_its_own(files: Mapping[str, str], random: Random) -> None:
    project = model(files)
    travel = Travel(project.words, project.flows, project.nodes)
    subjects = sorted({subject for flow in project.flows for subject in flow.subjects}, key=str)
    asked = [
        (flow, item.data.identity, subject) for flow in project.flows for item in flow.items for subject in subjects
    ]
    random.shuffle(asked)
    for flow, data, subject in asked:
        found = travel.path(flow, data, subject)
        names: Sequence[str] = [step.flow.name for step in found.steps()] if found else ()
        expected = searched(travel, flow.sender, data, subject)
        assert tuple(names) == ((*expected, flow.name) if expected else ())
