"""A scale in; how long thirty promises take for all flows, against policy engines, out. First all have to agree."""

from collections.abc import Iterator, Mapping

from bench.agree import confirm
from bench.contest import Result, compete
from bench.generate import REPEATED, Manner
from bench.scale import Scale
from bench.table import RATES, Table, rates
from bench.workload import Workload

_WHOLE, _ALONE = "policylint, text to findings", "policylint, evaluation alone"
_ENGINES = {
    "OPA, a call per flow": "opa:one_by_one",
    "OPA, one call for all": "opa:at_once",
    "regorus": "regorus:evaluate",
    "Cedar": "cedar:evaluate",
    "naive Python sets": "plain_sets:evaluate",
}
_SLOW = {"rego-cpp": "rego_cpp:evaluate"}
"""Engines that are given fewer flows."""
_NOTE = (
    "Engines are timed on evaluation alone: they are given flat facts, encoded beforehand, with actions (sharing, "
    "sale, transfer …), all broader words and periods in days worked out, which policylint does itself. "
)


def tables(scale: Scale) -> Iterator[Table]:
    """Two tables per manner of project."""
    for title, manner in (("bodies repeated", REPEATED), ("every line distinct", Manner(distinct=True))):
        workload = scale.workload(scale.flows, manner)
        ours = {_WHOLE: "policylint_itself:check", _ALONE: "policylint_itself:evaluate"}
        results, agreed = _compared(ours | _ENGINES, workload, scale.rounds)
        slow = {_ALONE: ours[_ALONE], **_SLOW}
        of_few, agreed_of_few = _compared(slow, scale.workload(scale.slow_flows, manner), scale.rounds)
        results |= {name: of_few[name] for name in _SLOW}
        agreed = f"{agreed} Of fewer flows: {agreed_of_few}"
        whole = {name: result for name, result in results.items() if name != _ALONE}
        note = _NOTE + agreed if manner is REPEATED else agreed
        yield Table(f"Text to findings: {title}", note, RATES, rates(whole, _WHOLE))
        alone = {name: result for name, result in results.items() if name != _WHOLE}
        yield Table(f"Evaluation alone: {title}", "The same project.", RATES, rates(alone, _ALONE))


def _compared(contenders: Mapping[str, str], workload: Workload, rounds: int) -> tuple[dict[str, Result], str]:
    """What was measured, and the sentence that all agree."""
    entered = {name: (contender, workload) for name, contender in contenders.items()}
    results = compete(entered, 1)
    agreed = confirm(results, _ALONE)
    return compete(entered, rounds - 1, results), agreed
