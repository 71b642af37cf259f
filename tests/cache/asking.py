"""The command line as it is called, in this process: words in; bytes and exit status out."""

import io
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from policylint.cli.entry import main

Answer = tuple[bytes, bytes, object]


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def answer(*words: str) -> Answer:
    """What `policylint` says."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["policylint", *words])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        with pytest.raises(SystemExit) as ending:
            main()
    return out.buffer.getvalue(), err.buffer.getvalue(), ending.value.code  # type: ignore[attr-defined]


def settle(project: Path) -> None:
    """Make all files old enough to be recognised by their times; without this everything would be read anew."""
    past = time.time() - 60
    for path in (project, *project.rglob("*")):
        os.utime(path, (past, past))
