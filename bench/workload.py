"""A project in a folder in; its texts, facts and documents, as contenders in other processes need them, out."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.generate import REPEATED, Manner, generate
from bench.journeys import Hop
from bench.layouts import LAYOUTS, confirm_canonical
from bench.project import SETS, Facts, Flow, Project, facts

PER_FILE = 100
_FACTS, _DOCUMENT, _ABOUT = "facts.jsonl", "document.json", "about.json"


@dataclass(frozen=True)
class Workload:
    """A generated project on disk. `project/` in it is what policylint checks."""

    folder: Path
    flows: int
    files: int
    bytes: int
    distinct_lines: float
    """The share of clause lines that occur once."""

    @property
    def project(self) -> Path:
        """The folder that `policylint check` is given."""
        return self.folder / "project"

    def texts(self) -> list[tuple[str, str]]:
        """All files."""
        return [(path.name, path.read_text("utf-8")) for path in sorted(self.project.rglob("*")) if path.is_file()]

    def raw_facts(self) -> Iterator[dict[str, Any]]:
        """The facts of each flow, as JSON has them: lists of words."""
        with (self.folder / _FACTS).open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)

    def facts(self) -> list[Facts]:
        """The facts of each flow, with sets."""
        return [
            Facts(*(frozenset(raw[key]) if key in SETS else raw[key] for key in Facts._fields))
            for raw in self.raw_facts()
        ]

    def document(self) -> dict[str, Any]:
        """The whole project as nested dictionaries and lists, for the loaders' formats."""
        document: dict[str, Any] = json.loads((self.folder / _DOCUMENT).read_text("utf-8"))
        return document

    def hops(self) -> list[Hop]:
        """The flows, as far as subjects travel along them."""
        return [
            Hop(
                flow["from"],
                flow["to"],
                tuple(item.partition(" as ")[0] for item in flow["data"]),
                tuple(flow.get("subject", ())),
            )
            for flow in self.document()["flow"].values()
        ]

    def parties(self) -> dict[str, str]:
        """The party that runs each service."""
        return {name: service["of"] for name, service in self.document()["service"].items()}


def make(
    folder: Path, size: int, manner: Manner = REPEATED, layout: str = "canonical", per_file: int = PER_FILE
) -> Workload:
    """Generate a project and write it below a folder."""
    project = generate(size, 1, manner)
    target = folder / "project"
    files = length = 0
    clauses: dict[str, int] = {}
    for path, text in LAYOUTS[layout](project, per_file):
        if layout == "canonical" and files < 4:
            confirm_canonical(path, text)
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text, encoding="utf-8")
        files, length = files + 1, length + len(text)
        for line in text.splitlines() if path.startswith("flows/") else ():
            if line.startswith("  "):
                clauses[line] = clauses.get(line, 0) + 1
    _write_facts(folder, project)
    (folder / _DOCUMENT).write_text(json.dumps(document(project)), encoding="utf-8")
    once = sum(1 for times in clauses.values() if times == 1) / max(1, sum(clauses.values()))
    made = Workload(folder, size, files, length, once)
    about = {key: value for key, value in asdict(made).items() if key != "folder"}
    (folder / _ABOUT).write_text(json.dumps(about), encoding="utf-8")
    return made


def opened(folder: Path) -> Workload:
    """A workload that was made before."""
    return Workload(folder, **json.loads((folder / _ABOUT).read_text("utf-8")))


def _write_facts(folder: Path, project: Project) -> None:
    with (folder / _FACTS).open("w", encoding="utf-8") as lines:
        for flow in project.flows:
            raw = {k: sorted(v) if isinstance(v, frozenset) else v for k, v in facts(flow)._asdict().items()}
            lines.write(json.dumps(raw) + "\n")


def document(project: Project) -> dict[str, Any]:
    """The content of the `.flow` files, for formats that know mappings and lists."""
    return {
        "party": {node.name: _node(node) for node in project.nodes if node.kind == "party"},
        "service": {node.name: _node(node) for node in project.nodes if node.kind == "service"},
        "flow": {flow.name: _flow(flow) for flow in project.flows},
    }


def _node(node: Any) -> dict[str, Any]:
    if node.kind == "party":
        return {
            "label": node.label,
            "is": node.roles.split(", "),
            "in": [node.place],
            "with": list(node.safeguards),
        }
    keep = {"keep": node.keep} if node.keep else {}
    return {"label": node.label, "of": node.party, "in": [node.place], **keep}


def _flow(flow: Flow) -> dict[str, Any]:
    clauses: dict[str, Any] = {keyword: list(names) for keyword, names in flow.body.clauses().items()}
    for keyword in ("keep", "consideration"):
        if keyword in clauses:
            clauses[keyword] = clauses[keyword][0]
    return {"from": flow.sender_name, "to": flow.receiver.name, "label": flow.label, **clauses}
