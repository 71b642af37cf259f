"""A scale in; Fides' `evaluate` on equivalent manifests, against policylint on the same flows, out."""

from collections.abc import Iterator, Mapping

from bench.agree import confirm
from bench.contest import Result, compete
from bench.promises import PROMISES
from bench.scale import Scale
from bench.table import RATES, Table, rates

_OURS = "policylint, 30 promises"
_PER_SYSTEM = 5


def tables(scale: Scale) -> Iterator[Table]:
    """The fair figure first: the parent lookup of Fides as shipped walks all systems for every word."""
    from bench.peers.fides import EXACT

    workload = scale.workload(scale.systems * _PER_SYSTEM)
    exact = {
        "Fides, 4 promises, lookup remembered": ("fides:remembered_exact", workload),
        "Fides, 4 promises, as shipped": ("fides:shipped_exact", workload),
    }
    contenders = {
        _OURS: ("policylint_itself:evaluate", workload),
        **exact,
        "Fides, 30 promises without what it cannot say, lookup remembered": ("fides:remembered", workload),
        "Fides, 30 promises without what it cannot say, as shipped": ("fides:shipped", workload),
        "Fides, reading its manifests (YAML, pydantic)": ("fides:reading", workload),
        "policylint, text to findings": ("policylint_itself:check", workload),
    }
    results = compete(contenders, 1)
    sections = {promise.section for promise in EXACT}
    agreed = confirm({name: _only(results[name], sections) for name in (_OURS, *exact)}, _OURS)
    results = compete(contenders, scale.rounds - 1, results)
    note = (
        f"{scale.systems} systems with {_PER_SYSTEM} flows each; as shipped, time grows with the square. Fides says "
        f"promises {', '.join(sorted(sections))} exactly: {agreed} It has no word for actions other than use, "
        f"recipients, places, transfers, safeguards and other measures, ages, periods; of the other "
        f"{len(PROMISES) - len(EXACT)} it is given data, uses and subjects only, and finds far more."
    )
    yield Table("Fides", note, RATES, rates(results, _OURS))


def _only(result: Result, sections: set[str]) -> Result:
    counted: Mapping[str, int] = result.outcome or {}
    kept = {section: count for section, count in counted.items() if section in sections}
    return Result(result.size, result.rounds, outcome=kept, reason=result.reason)
