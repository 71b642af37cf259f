"""The words of a command line in; what was said the last time, where nothing has changed since, or the command run.

Nothing is imported here that saying it again does not need: that is most of the time that it takes.
"""

import os
import sys
from time import perf_counter

BEGAN = perf_counter()
"""When the run began."""


def main() -> None:
    """Run the command line."""
    words = sys.argv[1:]
    session = None
    if words[:1] == ["check"] and "--no-cache" not in words and not os.environ.get("POLICYLINT_NO_CACHE"):
        from policylint.cache.run import Replay, Session, look_up

        found = look_up(words)
        if isinstance(found, Replay) and sys.stdout is not None and sys.stderr is not None:
            _say(found.out, found.err)
            if "--profile" in words:
                looked = (perf_counter() - BEGAN) * 1000
                print(f"cache: nothing has changed, and the same was said after {looked:.1f} ms", file=sys.stderr)
            sys.exit(found.status)
        session = Session(words, None if isinstance(found, Replay) else found)

    from policylint.cli.main import main as run

    run(session)


def _say(out: bytes, err: bytes) -> None:
    try:
        sys.stdout.buffer.write(out)
        sys.stdout.buffer.flush()
        sys.stderr.buffer.write(err)
        sys.stderr.buffer.flush()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
