"""A function in; what it returns, worked out in another process that knows all that this one does, out."""

import os
import pickle
from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")

IS_POSSIBLE = hasattr(os, "fork")
"""Whether there is a way to go on in two processes with all that was made so far; on Windows there is none."""


def elsewhere(function: Callable[[], Made]) -> Callable[[], Made]:
    """Begin to work something out; the value is waited for when it is asked for, and an error is raised then."""
    try:
        reading, writing = os.pipe()
        child = os.fork()
    except OSError:  # no more of these are to be had
        return function
    if not child:
        os.close(reading)
        _answer(function, writing)
    os.close(writing)

    def value() -> Made:
        with os.fdopen(reading, "rb") as stream:
            answer = stream.read()
        os.waitpid(child, 0)
        if not answer:
            raise RuntimeError("another process ended before its work was done")
        is_made, made = pickle.loads(answer)  # from our own process, by a pipe that nobody else has
        if not is_made:
            raise made
        result: Made = made
        return result

    return value


def _told(error: Exception) -> bytes:
    """An error, by itself or, where it cannot be sent, in words."""
    try:
        answer = pickle.dumps((False, error))
        pickle.loads(answer)
    except Exception:
        answer = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer


def _answer(function: Callable[[], object], writing: int) -> None:
    """Write the value, or the error, and end; nothing that this process has opened is closed or written twice."""
    try:
        try:
            answer = pickle.dumps((True, function()), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            answer = _told(error)
        with os.fdopen(writing, "wb") as stream:
            stream.write(answer)
    finally:
        os._exit(0)
