"""A project in; its files as texts, in one of three layouts, out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from random import Random

from bench import ours
from bench.project import Flow, Node, Project
from bench.promises import policy_text

_WIDTH = 100
_HANG = " " * 11
_LEADERS = {"py": "#", "ts": "//"}
_CODE = {
    "py": "def handle(event: dict[str, str]) -> None:\n    queue.put(event)\n",
    "ts": "export function handle(event: Event) {\n  queue.put(event);\n}\n",
}

Texts = Iterator[tuple[str, str]]


def canonical(project: Project, per_file: int) -> Texts:
    """`.flow` files exactly as `policylint fmt` writes them."""
    yield from _declarations(project, per_file, _flow)


def free(project: Project, per_file: int) -> Texts:
    """`.flow` files as people write them: several clauses on a line, lists over several lines, comments."""
    random = Random(len(project.flows))
    yield from _declarations(project, per_file, lambda flow: _freely(flow, random))


def annotated(project: Project, per_file: int) -> Texts:
    """Source files, Python and TypeScript in turn, with the flows of a service in its own folder."""
    yield "acme.policy", policy()
    yield "nodes.flow", _nodes(project.nodes, in_source=True)
    by_home: dict[str, list[Flow]] = {}
    for flow in project.flows:
        by_home.setdefault(_home(flow), []).append(flow)
    number = 0
    for home, flows in by_home.items():
        for group in _groups(flows, per_file):
            number += 1
            language = "py" if number % 2 else "ts"
            yield f"src/{home}/part_{number}.{language}", _source(group, home, language)


LAYOUTS: dict[str, Callable[[Project, int], Texts]] = {"canonical": canonical, "free": free, "annotated": annotated}


def policy() -> str:
    """The policy, laid out."""
    return ours.canonical("acme.policy", policy_text())


def confirm_canonical(path: str, text: str) -> None:
    """Refuse a text that the formatter would change."""
    if ours.canonical(path, text) != text:
        raise ValueError(f"{path} is not in the layout that `policylint fmt` writes")


def _declarations(project: Project, per_file: int, write: Callable[[Flow], str]) -> Texts:
    yield "acme.policy", policy()
    yield "nodes.flow", _nodes(project.nodes)
    for number, group in enumerate(_groups(project.flows, per_file)):
        yield f"flows/{number // 100}/part_{number}.flow", "\n".join(map(write, group))


def _groups(flows: Sequence[Flow], size: int) -> Iterator[list[Flow]]:
    rest = iter(flows)
    while group := list(islice(rest, size)):
        yield group


def _home(flow: Flow) -> str:
    """Acme's own service, whose source declares the flow."""
    if flow.receiver.own or isinstance(flow.sender, str):
        return flow.receiver.name
    return flow.sender.name


# Nodes


def _nodes(nodes: Iterable[Node], in_source: bool = False) -> str:
    kinds: dict[str, list[str]] = {}
    for node in nodes:
        kinds.setdefault(node.kind, []).append(_node(node, in_source))
    # Not all fit on a line where numbers are large.
    return ours.canonical("nodes.flow", "\n".join("".join(lines) for lines in kinds.values()))


def _node(node: Node, in_source: bool) -> str:
    if node.kind == "party":
        clauses = [f"is {node.roles}", f"in {node.place}", f"with {', '.join(node.safeguards)}"]
    else:
        clauses = [f"of {node.party}", f"in {node.place}"]
        clauses += [f"keep {node.keep}"] if node.keep else []
        clauses += [f'at "src/{node.name}/**"'] if in_source and node.own else []
    return f'{node.kind} {node.name} "{node.label}" {{ {"  ".join(clauses)} }}\n'


# Flows


def _flow(flow: Flow) -> str:
    lines = [_head(flow)]
    for keyword, names in flow.body.clauses().items():
        lines += _wrapped(f"  {keyword:8}", names)
    return "\n".join((*lines, "}\n"))


def _head(flow: Flow) -> str:
    return f'flow {flow.name} from {flow.sender_name} to {flow.receiver.name} "{flow.label}" {{'


def _wrapped(begun: str, names: Sequence[str]) -> Iterator[str]:
    """A clause in lines that are no longer than they may be."""
    line = f"{begun} {names[0]}"
    for name in names[1:]:
        if len(line) + 2 + len(name) + (name is not names[-1]) > _WIDTH:
            yield line + ","
            line = _HANG + name
        else:
            line += f", {name}"
    yield line


def _freely(flow: Flow, random: Random) -> str:
    clauses = list(flow.body.clauses().items())
    random.shuffle(clauses)
    pieces = [_head(flow)]
    for index, (keyword, names) in enumerate(clauses):
        between = ",\n      " if random.random() < 0.3 else ", "
        start = "\n  " if index % 3 == 0 or random.random() < 0.4 else "  "
        pieces.append(f"{start}{keyword} {between.join(names)}")
        if random.random() < 0.1:
            pieces.append(f"  # see ticket {random.randint(1, 999)}\n ")
    return "".join(pieces) + " }\n"


def _source(flows: Sequence[Flow], home: str, language: str) -> str:
    leader = _LEADERS[language]
    parts = [f"{leader} Part of {home}.\n"]
    for flow in flows:
        sender = "here" if flow.sender_name == home else flow.sender_name
        receiver = "here" if flow.receiver.name == home else flow.receiver.name
        first, *lines = _flow(flow).splitlines()
        first = f'flow {flow.name} from {sender} to {receiver} "{flow.label}" {{'
        comment = "\n".join([f"{leader} policylint: {first}", *(f"{leader} {line}" for line in lines)])
        parts.append(f"{comment}\n{_CODE[language]}")
    return "\n".join(parts)
