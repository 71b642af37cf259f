"""A document's text in; loaders as contenders out: text to dictionaries, with no places and no words known."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

from bench.task import Task
from bench.workload import Workload


def _task(text: Any, load: Callable[[Any], Any]) -> Task:
    return Task(lambda: load(text), lambda document: len(document["flow"]))


def yaml_c(workload: Workload) -> Task:
    """PyYAML with libyaml."""
    import yaml

    return _task(_yaml(workload), lambda text: yaml.load(text, yaml.CSafeLoader))


def ruamel(workload: Workload) -> Task:
    """ruamel.yaml as it comes: pure Python, which keeps comments and places."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.load("warm: up")
    return _task(_yaml(workload), yaml.load)


def hcl(workload: Workload) -> Task:
    """python-hcl2: a Lark grammar too."""
    import hcl2

    hcl2.loads("warm = 1\n")  # builds its grammar
    return _task(_hcl(workload.document()), hcl2.loads)


def tree_sitter(workload: Workload) -> Task:
    """tree-sitter with its grammar of HCL, in C: a tree with all places, of which nothing is read yet."""
    import tree_sitter_hcl
    from tree_sitter import Language, Parser

    text, parser = _hcl(workload.document()).encode(), Parser(Language(tree_sitter_hcl.language()))
    return Task(lambda: parser.parse(text), _flows)


def toml(workload: Workload) -> Task:
    """rtoml, in Rust."""
    import rtoml

    return _task(rtoml.dumps(workload.document()), rtoml.loads)


def json_(workload: Workload) -> Task:
    """Python's own json."""
    return _task(json.dumps(workload.document(), indent=1), json.loads)


def orjson(workload: Workload) -> Task:
    """orjson, in Rust."""
    import orjson as library

    return _task(json.dumps(workload.document(), indent=1), library.loads)


def msgspec(workload: Workload) -> Task:
    """msgspec, in C, without a schema."""
    import msgspec as library

    return _task(json.dumps(workload.document(), indent=1), library.json.decode)


def _flows(tree: Any) -> int:
    """How many blocks of a tree are flows; none of one that was not understood."""
    blocks = () if tree.root_node.has_error else tree.root_node.named_child(0).named_children
    return sum(block.named_child(0).text == b"flow" for block in blocks)


def _yaml(workload: Workload) -> str:
    import yaml

    stream = StringIO()
    yaml.dump(workload.document(), stream, yaml.CSafeDumper, sort_keys=False, default_flow_style=None, width=100)
    return stream.getvalue()


def _hcl(document: dict[str, Any]) -> str:
    blocks = []
    for kind, named in document.items():
        for name, values in named.items():
            lines = "\n".join(f"  {key} = {json.dumps(value)}" for key, value in values.items())
            blocks.append(f'{kind} "{name}" {{\n{lines}\n}}\n')
    return "\n".join(blocks)
