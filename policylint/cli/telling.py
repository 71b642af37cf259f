"""A line or a report in; said on standard error or output, and noted for whoever wants to say it again, out."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

Said = list[tuple[int, bytes]]
"""What was said, piece by piece as it went out: 1 for standard output, 2 for standard error."""

_noting: list[Said] = []


@contextmanager
def noted() -> Iterator[Said]:
    """Note what is said meanwhile."""
    said: Said = []
    _noting.append(said)
    try:
        yield said
    finally:
        _noting.pop()


def tell(line: str) -> None:
    """Say a line on standard error."""
    click.echo(line, err=True)
    for said in _noting:
        said.append((2, _bytes(f"{line}\n", sys.stderr)))


def report(text: str) -> None:
    """Say a report, as it is, on standard output."""
    # Whether there are colours was decided already; click is not to take them away, or all that looks like one.
    click.echo(text, color=True, nl=False)
    for said in _noting:
        said.append((1, _bytes(text, sys.stdout)))


def _bytes(text: str, stream: object) -> bytes:
    return text.replace("\n", os.linesep).encode(getattr(stream, "encoding", None) or "utf-8", "backslashreplace")
