"""Promises in; the same in Rego out, and facts as Rego likes them: objects for sets, so that a look-up is one step.

`not input.fact in {…}` with a fact that is missing is true in regorus and undefined in OPA. Here every fact is there,
and `not input.place["EEA"]` asks for a key of an object, which both answer alike.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bench.project import SETS
from bench.promises import PROMISES, Promise, conditions
from bench.workload import Workload

QUERY = "data.promises.broken"


def policy() -> str:
    """All promises: `broken` is the set of sections that a flow breaks."""
    rules = "\n".join(rule for promise in PROMISES for rule in _rules(promise))
    return f"package promises\n\nimport rego.v1\n\n{rules}\n"


def inputs(workload: Workload) -> Iterator[dict[str, Any]]:
    """The facts of each flow."""
    for raw in workload.raw_facts():
        yield {key: dict.fromkeys(value, True) if key in SETS else value for key, value in raw.items()}


def encoded(workload: Workload) -> list[str]:
    """The facts of each flow as JSON: encoding them is not timed."""
    return [json.dumps(each) for each in inputs(workload)]


def _rules(promise: Promise) -> Iterator[str]:
    name = promise.section.replace(".", "_")
    body = conditions(promise, _any, "not ", "input.")
    if promise.needs:
        yield f"met_{name} if {{ {'; '.join(_any('measures', group) for group in promise.needs)} }}"
        body.append(f"not met_{name}")
    for group in promise.unless:
        yield f"excused_{name} if {{ {'; '.join(_any('measures', (word,)) for word in group)} }}"
    if promise.unless:
        body.append(f"not excused_{name}")
    yield f'broken contains "{promise.section}" if {{ {"; ".join(body)} }}'


def _any(fact: str, words: Sequence[str]) -> str:
    if len(words) == 1:
        return f'input.{fact}["{words[0]}"]'
    name = "any_" + words[0].replace(".", "_")
    return f"some {name} in {json.dumps(list(words))}; input.{fact}[{name}]"
