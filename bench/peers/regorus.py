"""A workload in; regorus (Rego in Rust) out, asked once per flow."""

from bench.peers import rego
from bench.peers.plain_sets import tally
from bench.task import CannotMeasure, Task
from bench.workload import Workload


def evaluate(workload: Workload) -> Task:
    """A call per flow, with an input that is JSON already."""
    try:
        from hobofan_regorus import Engine
    except ImportError as error:
        raise CannotMeasure(f"regorus is not installed: {error}") from error
    engine, inputs = Engine(), rego.encoded(workload)
    engine.add_policy("promises.rego", rego.policy())

    def run() -> list[set[str]]:
        found = []
        for each in inputs:
            engine.set_input_json(each)
            found.append(engine.eval_rule(rego.QUERY))
        return found

    return Task(run, tally)
