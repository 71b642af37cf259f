"""A workload in; OPA out: the Go library in process, asked once per flow, or once for all of them."""

import json
import sys
from collections.abc import Callable
from typing import Any

from bench.environment import UNPACKED
from bench.peers import rego
from bench.peers.plain_sets import tally
from bench.task import CannotMeasure, Task
from bench.workload import Workload

_EACH = """package all

import rego.v1

broken := [found | some flow in input; found := data.promises.broken with input as flow]
"""


def one_by_one(workload: Workload) -> Task:
    """A call per flow."""
    ask, inputs = _engine(), [text.encode() for text in rego.encoded(workload)]
    return Task(lambda: [ask(b"promises.broken", each) for each in inputs], tally)


def at_once(workload: Workload) -> Task:
    """One call for all flows: no crossing from Python to Go and back for each."""
    ask, inputs = _engine(), f"[{','.join(rego.encoded(workload))}]".encode()
    return Task(lambda: ask(b"all.broken", inputs), tally)


def _engine() -> Callable[[bytes, bytes], Any]:
    """What evaluates a document with an input that is JSON already, which the binding's own method would encode."""
    sys.path.append(str(UNPACKED / "opa"))
    try:
        from opa_bindings import OpaEngine
    except (ImportError, OSError) as error:
        raise CannotMeasure(f"OPA's library does not load: {error}") from error
    engine = OpaEngine()
    engine.add_policy("promises.rego", rego.policy())
    engine.add_policy("all.rego", _EACH)
    evaluate = engine._lib.OpaEvalDocument

    def ask(path: bytes, encoded: bytes) -> Any:
        answer = engine._call(evaluate, path, encoded, 0, 0)
        return answer["result"][0]["expressions"][0]["value"]

    ask(b"promises.broken", json.dumps({}).encode())
    return ask
