"""A workload in; what a contender does with it, split into what is timed and what is not, out."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Task(NamedTuple):
    """`run` is timed; `outcome` turns what it returned into something to compare with what others found."""

    run: Callable[[], Any]
    outcome: Callable[[Any], Any] = lambda _: None
    repeats: bool = False
    """Whether to run a second time in the same process, to see what is remembered."""


class CannotMeasure(Exception):  # noqa: N818 - it is no error of anybody's
    """Why a contender does not run here, in one sentence."""
