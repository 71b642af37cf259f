"""A scale in; how long text to facts takes, against Lark as it comes and against loaders of the same content, out."""

import sys
from collections.abc import Iterator, Mapping
from statistics import median

from bench.contest import Result, compete
from bench.generate import REPEATED, Manner
from bench.scale import Scale
from bench.table import RATES, Table, rates
from bench.workload import Workload

_OURS, _LARK = "policylint", "Lark default, cached tables"
_LAYOUTS = (
    ("canonical layout, bodies repeated", REPEATED, "canonical"),
    ("canonical layout, every line distinct", Manner(distinct=True), "canonical"),
    ("free layout, bodies repeated", REPEATED, "free"),
    ("annotated source, bodies repeated", REPEATED, "annotated"),
)
_NOTE = (
    "Cold: each round in a new process, with imports and the grammar's tables loaded and nothing of the project seen. "
    "policylint and Lark give declarations with the place of every name; loaders give dictionaries without places, "
    "and tree-sitter a tree with places of which nothing is read. "
)


def tables(scale: Scale) -> Iterator[Table]:
    """One table per layout."""
    for title, manner, layout in _LAYOUTS:
        workload = scale.workload(scale.flows, manner, layout)
        contenders = {
            _OURS: ("policylint_itself:parse", workload),
            _LARK: ("lark_default:build", workload),
        }
        if layout == "canonical":
            contenders |= _loaders(workload, scale.workload(scale.slow_flows, manner))
        results = compete(contenders, 1)
        _confirm(results)
        results = compete(contenders, scale.rounds - 1, results)
        again = results[_OURS]
        if again.reason:
            sys.exit(f"policylint cannot be measured: {again.reason}")
        warm = f"{again.size / median(again.again):,.0f}"
        note = f"{_described(workload)} A second pass of policylint in one process: {warm} flows/s."
        note = _NOTE + note if title == _LAYOUTS[0][0] else note
        yield Table(f"Text to facts: {title}", note, RATES, rates(results, _OURS))


def _confirm(results: Mapping[str, Result]) -> None:
    """End the run where not all that is there was read: as many declarations as Lark reads, or all flows."""
    declarations = results[_LARK].outcome
    wanted = {name: declarations if name in (_OURS, _LARK) else result.size for name, result in results.items()}
    read = {name: result.outcome for name, result in results.items() if not result.reason}
    different = {name: count for name, count in read.items() if count != wanted[name]}
    if different:
        sys.exit(f"contenders do not read the same, so nothing is timed: {different}, and not {wanted}")


def _described(workload: Workload) -> str:
    share = f", {workload.distinct_lines:.0%} of clause lines occur once" if workload.distinct_lines else ""
    return f"{workload.files} files, {workload.bytes / 1e6:.1f} MB{share}."


def _loaders(workload: Workload, small: Workload) -> dict[str, tuple[str, Workload]]:
    return {
        "PyYAML CSafeLoader": ("loaders:yaml_c", workload),
        "ruamel.yaml": ("loaders:ruamel", small),
        "python-hcl2": ("loaders:hcl", small),
        "tree-sitter-hcl": ("loaders:tree_sitter", workload),
        "rtoml": ("loaders:toml", workload),
        "json": ("loaders:json_", workload),
        "orjson": ("loaders:orjson", workload),
        "msgspec": ("loaders:msgspec", workload),
    }
