"""A workload in; Cedar out: promises are `forbid`s, and those that hold of a flow the reasons of its denial."""

import json
from collections.abc import Sequence
from typing import Any

from bench.peers.plain_sets import tally
from bench.project import SETS
from bench.promises import PROMISES, Promise, conditions
from bench.task import CannotMeasure, Task
from bench.workload import Workload

_BATCH = 1000


def policies() -> str:
    """All promises."""
    return "\n".join(_forbid(promise) for promise in PROMISES)


def evaluate(workload: Workload) -> Task:
    """A thousand flows per call, with policies and entities that are parsed already."""
    try:
        from cedarpy import Entities, PolicySet, is_authorized_batch
    except ImportError as error:
        raise CannotMeasure(f"cedarpy is not installed: {error}") from error
    parsed, nobody = PolicySet.from_str(policies()), Entities.from_json_str("[]")
    requests = [_request(raw) for raw in workload.raw_facts()]
    batches = [requests[start : start + _BATCH] for start in range(0, len(requests), _BATCH)]

    def run() -> list[Any]:
        return [answer for batch in batches for answer in is_authorized_batch(batch, parsed, nobody)]

    def outcome(answers: list[Any]) -> dict[str, int]:
        errors = [error for answer in answers for error in answer.diagnostics.errors]
        if errors:
            raise ValueError(f"Cedar: {errors[0]}")
        return tally([list(answer.diagnostics.id_annotations_by_reason.values()) for answer in answers])

    return Task(run, outcome)


def _request(raw: dict[str, Any]) -> dict[str, Any]:
    context = json.dumps({key: value for key, value in raw.items() if key in (*SETS, "youngest", "days")})
    return {"principal": 'Flow::"it"', "action": 'Action::"judge"', "resource": 'Policy::"acme"', "context": context}


def _forbid(promise: Promise) -> str:
    asked = conditions(promise, _any, "!", "context.")
    if promise.needs:
        asked.append(f"!({' && '.join(_any('measures', group) for group in promise.needs)})")
    unless = " || ".join(
        "(" + " && ".join(_any("measures", (word,)) for word in group) + ")" for group in promise.unless
    )
    exception = f" unless {{ {unless} }}" if unless else ""
    return f'@id("{promise.section}") forbid(principal, action, resource) when {{ {" && ".join(asked)} }}{exception};'


def _any(fact: str, words: Sequence[str]) -> str:
    if len(words) == 1:
        return f"context.{fact}.contains({json.dumps(words[0])})"
    return f"context.{fact}.containsAny({json.dumps(list(words))})"
