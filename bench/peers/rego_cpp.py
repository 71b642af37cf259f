"""A workload in; rego-cpp (Rego in C++) out, asked once per flow."""

from bench.peers import rego
from bench.peers.plain_sets import tally
from bench.task import CannotMeasure, Task
from bench.workload import Workload

_ENTRY = "promises/broken"


def evaluate(workload: Workload) -> Task:
    """A call per flow, of policies that are compiled, with inputs that are its own: each of the two is faster so."""
    try:
        from regopy import Input, Interpreter
    except ImportError as error:
        raise CannotMeasure(f"rego-cpp is not installed: {error}") from error
    compiler, engine = Interpreter(), Interpreter()
    compiler.add_module("promises.rego", rego.policy())
    policies = compiler.build(None, [_ENTRY])
    inputs = [Input(each) for each in rego.inputs(workload)]

    def run() -> list[list[str]]:
        found = []
        for each in inputs:
            engine.set_input(each)
            found.append(engine.query_bundle_entrypoint(policies, _ENTRY)[0][0])
        return found

    return Task(run, tally)
