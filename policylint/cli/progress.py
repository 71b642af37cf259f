"""Work that may take long in; a line on the terminal that says what is under way, and goes when it is done, out."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from policylint.stages import Stages, stages

if TYPE_CHECKING:
    from threading import Event

_DELAY = 1.0
"""Seconds before anything is shown: most runs are over by then."""
_EVERY = 0.1
_SIGNS = "|/-\\"
_ERASE = "\r\x1b[K"


@contextmanager
def progress(*, quiet: bool) -> Iterator[None]:
    """Show it where standard error is a terminal that somebody looks at; standard output is not touched."""
    if quiet or not _is_watched():
        yield
        return
    from threading import Event, Thread

    over = Event()
    with stages() as watch:
        thread = Thread(target=_show, args=(watch, over), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _is_watched() -> bool:
    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    return is_terminal and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


def _show(watch: Stages, over: "Event") -> None:
    if over.wait(_DELAY):
        return
    turn = 0
    try:
        while not over.wait(_EVERY):
            sys.stderr.write(f"{_ERASE}{_SIGNS[turn % len(_SIGNS)]} policylint: {_current(watch)}")
            sys.stderr.flush()
            turn += 1
        sys.stderr.write(_ERASE)
        sys.stderr.flush()
    except OSError:
        return  # the terminal is gone; the work goes on


def _current(watch: Stages) -> str:
    try:
        return watch.current or "at work"
    except IndexError:  # the stage ended between two looks at it
        return "at work"
