"""The words of a command line in; what was said the last time, where nothing has changed since, or the command run.

Nothing is imported here that saying it again does not need: that is most of the time that it takes.
"""

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from time import perf_counter

BEGAN = perf_counter()
"""When the run began."""


def process() -> None:
    """Run the command line as a process of its own: it ends at once, without taking apart all that it has made.

    Whoever registered something for the end, such as a plug-in or a measurement, has an end as Python makes it.
    """
    try:
        main()
    except SystemExit as ended:
        if isinstance(ended.code, int) and not atexit._ncallbacks() and _is_out():
            os._exit(ended.code)
        raise


def _is_out() -> bool:
    """Whether all that was said has been written."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):  # Python says so when it ends
        return False
    return True


def main() -> None:
    """Run the command line; raises `SystemExit` at the end."""
    gc.disable()  # a run is short and keeps what it builds; looking for garbage takes a quarter of its time
    words = sys.argv[1:]
    begun = None
    if words[:1] == ["check"] and "--no-cache" not in words and not os.environ.get("POLICYLINT_NO_CACHE"):
        from policylint.cache.run import Replay, look_up

        found = None
        with suppress(OSError):  # such as a folder that is gone: the command says what is wrong
            found = look_up(words)
        if not isinstance(found, Replay):
            begun = found
        elif sys.stdout is not None and sys.stderr is not None:
            _say(found.said)
            if "--profile" in words:
                looked = (perf_counter() - BEGAN) * 1000
                print(f"cache: nothing has changed, and the same was said after {looked:.1f} ms", file=sys.stderr)
            sys.exit(found.status)

    from policylint.cli.main import main as run

    run(begun)


def _say(said: Sequence[tuple[int, bytes]]) -> None:
    try:
        for number, piece in said:
            stream = sys.stdout if number == 1 else sys.stderr
            stream.buffer.write(piece)
            stream.buffer.flush()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        with suppress(OSError):
            sys.stdout.close()  # Python would try to write the rest once more when it ends
        print(f"Error: cannot write to standard output: {(error.strerror or str(error)).lower()}", file=sys.stderr)
        sys.exit(2)
