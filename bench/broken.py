"""Promises in; a Python function that says which of them a flow breaks out: what one would write without a tool."""

from collections.abc import Callable, Sequence

from bench.project import Facts
from bench.promises import PROMISES, Promise, conditions

Broken = Callable[[Facts], list[str]]


def rules() -> str:
    """One `if` per promise, in one function."""
    lines = [f"    if {_condition(each)}:\n        broken.append({each.section!r})" for each in PROMISES]
    return "\n".join(["def broken_by(flow):", "    broken = []", *lines, "    return broken"])


def compiled() -> Broken:
    """The rules, ready to run."""
    names: dict[str, Broken] = {}
    exec(rules(), names)
    return names["broken_by"]


def _condition(promise: Promise) -> str:
    asked = conditions(promise, _any, "not ", "flow.")
    if promise.needs:
        asked.append("not (" + " and ".join(_any("measures", group) for group in promise.needs) + ")")
    asked += ["not (" + " and ".join(_any("measures", (word,)) for word in group) + ")" for group in promise.unless]
    return " and ".join(asked)


def _any(fact: str, words: Sequence[str]) -> str:
    if len(words) == 1:
        return f"{words[0]!r} in flow.{fact}"
    return f"(not flow.{fact}.isdisjoint({tuple(words)!r}))"
