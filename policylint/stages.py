"""The functions that the work consists of in; how long each took, and which is under way, for whoever asks, out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import perf_counter
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Stages:
    """Seconds by stage; what one stage calls of another counts for that one only. `current` is the one under way."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._open: list[str] = []
        self._since = perf_counter()

    @property
    def current(self) -> str | None:
        """The stage that is under way."""
        return self._open[-1] if self._open else None

    def begin(self, name: str) -> None:
        """A stage begins."""
        self._count()
        self._open.append(name)

    def end(self) -> None:
        """The stage that is under way ends."""
        self._count()
        self._open.pop()

    def _count(self) -> None:
        now = perf_counter()
        if self._open:
            self.seconds[self._open[-1]] = self.seconds.get(self._open[-1], 0) + now - self._since
        self._since = now


_watching: list[Stages] = []


@contextmanager
def stages() -> Iterator[Stages]:
    """Watch the stages meanwhile."""
    watch = Stages()
    _watching.append(watch)
    try:
        yield watch
    finally:
        _watching.pop()


def stage(name: str) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Make a function a stage of that name."""

    def named(function: Callable[Given, Made]) -> Callable[Given, Made]:
        @wraps(function)
        def called(*given: Given.args, **named: Given.kwargs) -> Made:
            if not _watching:
                return function(*given, **named)
            watching = list(_watching)
            for watch in watching:
                watch.begin(name)
            try:
                return function(*given, **named)
            finally:
                for watch in watching:
                    watch.end()

        return called

    return named
