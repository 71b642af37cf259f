"""A workload in; the `evaluate` of Fides 2.78.2 as contenders out: as shipped, and with its parent lookup remembered.

Fides knows kinds of data, one use and subjects. It has no word for recipients, actions, places, transfers, safeguards
and other measures, ages or periods, so only four of the thirty promises can be said exactly. The others are given as
near as they can be said (their data, uses and subjects), which finds many more violations.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import Any

from bench import ours
from bench.environment import UNPACKED
from bench.promises import PROMISES, Promise
from bench.task import CannotMeasure, Task
from bench.workload import Workload

_PER_SYSTEM = 5
_NEEDED = {
    "fides.common.utils": ("echo_green", "echo_red", "handle_cli_response", "pretty_echo"),
    "fides.core": ("api",),
    "fides.core.api_helpers": ("get_server_resource", "get_server_resources"),
    "fides.core.parse": ("parse",),
    "fides.core.utils": ("get_all_level_fields",),
}
"""What `evaluate.py` imports of the rest of Fides and never calls here; in its place stands nothing."""
_VIOLATION = re.compile(r"Declaration \((f\d+)\S*\) of system \(\S+\) failed rule \((\S+)\)")


def sayable(promise: Promise) -> bool:
    """Whether Fides can say a promise exactly."""
    beyond_it = promise.needs or promise.unless or promise.under or promise.beyond
    return promise.action == "use" and not beyond_it and promise.patterns.keys() <= {"of", "for", "from"}


EXACT = tuple(promise for promise in PROMISES if sayable(promise))


def remembered_exact(workload: Workload) -> Task:
    """Four promises, with each key's parents looked up once."""
    return _task(workload, EXACT, remembers=True)


def remembered(workload: Workload) -> Task:
    """Thirty promises as near as can be, with each key's parents looked up once."""
    return _task(workload, PROMISES, remembers=True)


def shipped_exact(workload: Workload) -> Task:
    """Four promises, as shipped."""
    return _task(workload, EXACT, remembers=False)


def shipped(workload: Workload) -> Task:
    """Thirty promises as near as can be, as shipped: every lookup walks all systems."""
    return _task(workload, PROMISES, remembers=False)


def reading(workload: Workload) -> Task:
    """Its manifests, read as Fides reads them: yaml.safe_load, and pydantic models."""
    import yaml
    from fideslang import Taxonomy

    text = yaml.safe_dump(_manifests(workload, PROMISES))
    return Task(lambda: Taxonomy(**yaml.safe_load(text)), lambda _: None)


def _task(workload: Workload, promises: Iterable[Promise], remembers: bool) -> Task:
    fides = _fides()
    from fideslang import Taxonomy

    taxonomy = fides.merge_taxonomies(Taxonomy(**_manifests(workload, promises)), fides.DEFAULT_TAXONOMY)
    plain = fides.get_fides_key_parent_hierarchy

    def run() -> Any:
        if remembers:
            known = cache(lambda key: plain(taxonomy, key))
            fides.get_fides_key_parent_hierarchy = lambda taxonomy, fides_key: known(fides_key)
        return fides.execute_evaluation(taxonomy)

    return Task(run, _broken)


def _broken(evaluation: Any) -> dict[str, int]:
    """How many flows break each promise that can be said exactly."""
    found = {match.groups() for each in evaluation.violations if (match := _VIOLATION.search(each.detail))}
    return {each.section: count for each in EXACT if (count := sum(rule == each.section for _, rule in found))}


def _fides() -> Any:
    path = UNPACKED / "fides" / "fides" / "core" / "evaluate.py"
    if not path.exists():
        raise CannotMeasure("the wheel of ethyca-fides 2.78.2 could not be downloaded")
    for name, needed in _NEEDED.items():
        stub = ModuleType(name)
        vars(stub).update(dict.fromkeys(needed))
        sys.modules[name] = stub
    spec = spec_from_file_location("fides_evaluate", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# The same content in Fides' words


def _manifests(workload: Workload, promises: Iterable[Promise]) -> dict[str, Any]:
    flows = list(workload.document()["flow"].items())
    systems = [flows[start : start + _PER_SYSTEM] for start in range(0, len(flows), _PER_SYSTEM)]
    return {
        "data_category": [*map(_term, ["personal", *map(_category, ours.words("data")[1:])])],
        "data_use": [*map(_term, ours.words("purpose"))],
        "data_subject": [{"fides_key": word} for word in ours.words("subject")],
        "policy": [{"fides_key": "acme", "rules": [_rule(promise) for promise in promises]}],
        "system": [
            {
                "fides_key": f"system_{number}",
                "system_type": "Service",
                "privacy_declarations": [each for name, flow in group for each in _declarations(name, flow)],
            }
            for number, group in enumerate(systems)
        ],
    }


def _declarations(name: str, flow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A declaration has one use, so a flow becomes as many as it has purposes."""
    items = [item.partition(" as ") for item in flow["data"]]
    categories = [_category(word) for word, _, form in items if form in ("", "pseudonymised")]
    subjects = [who.partition(" ")[0] for who in flow["subject"]]
    for purpose in flow["purpose"]:
        yield {
            "name": f"{name}.{purpose}",
            "data_categories": categories,
            "data_use": purpose,
            "data_subjects": subjects,
        }


def _rule(promise: Promise) -> dict[str, Any]:
    uses = promise.patterns.get("for") or [word for word in ours.words("purpose") if "." not in word]
    people = promise.patterns.get("from", ("anyone",))
    return {
        "name": promise.section,
        "data_categories": _any(map(_category, promise.patterns.get("of", ("personal",)))),
        "data_uses": _any(uses),
        "data_subjects": _any(ours.words("subject") if people == ("anyone",) else people),
    }


def _any(values: Iterable[str]) -> dict[str, Any]:
    return {"matches": "ANY", "values": list(values)}


def _term(key: str) -> dict[str, Any]:
    parent = key.rpartition(".")[0]
    return {"fides_key": key, **({"parent_key": parent} if parent else {})}


def _category(word: str) -> str:
    """Fides takes a key's parent from the key itself, so everything personal begins with it."""
    is_personal = word != "personal" and "personal" in ours.above("data", word)
    return f"personal.{word}" if is_personal else word
