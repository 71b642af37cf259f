"""A run that is over in; where its time went, and what the cache saved, in lines for people, out."""

from collections.abc import Iterator
from time import perf_counter

from policylint.cache.run import Begun
from policylint.cli.entry import BEGAN
from policylint.stages import Stages

_ORDER = ("read", "parse", "resolve", "graph", "judge", "rules", "report")


def lines(watch: Stages, begun: object, files: int) -> Iterator[str]:
    """The stages in the order of the work."""
    total = perf_counter() - BEGAN
    counted = {"other": total - sum(watch.seconds.values())} | {name: watch.seconds.get(name, 0) for name in _ORDER}
    for name, seconds in (*counted.items(), ("total", total)):
        yield f"{name:<8}{seconds * 1000:>10.1f} ms{100 * seconds / total:>5.0f} %"
    yield f"cache: {_saved(begun, files)}"


def _saved(begun: object, files: int) -> str:
    if not isinstance(begun, Begun):
        return "not used"
    if begun.recalled is None:
        return "no earlier run of these words that still holds"
    return f"{files - len(begun.recalled.before)} of {files} files were not read again"
