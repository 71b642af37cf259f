"""A workload in; the same grammar read by Lark as it comes, with its own tables kept, as a contender out."""

from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from lark import Lark

from bench import ours
from bench.task import Task
from bench.workload import Workload


def build(workload: Workload) -> Task:
    """Text to facts: what policylint would do without a fast path."""
    return _task(workload, ours.builder())


def trees(workload: Workload) -> Task:
    """Text to Lark's own trees, all kept: what memory is compared with."""
    return _task(workload, None)


def _task(workload: Workload, builder: Any) -> Task:
    chunks = [chunk.content for chunk in ours.declarations(workload.texts())]
    parser = _parser(builder)
    parser.parse("party warm_up { in AQ }")
    return Task(lambda: [parser.parse(chunk) for chunk in chunks], len)


@cache
def _parser(builder: Any) -> Lark:
    kept = Path(gettempdir(), f"bench-lark-{'trees' if builder is None else 'built'}.cache")
    return Lark(ours.grammar(), parser="lalr", lexer="contextual", transformer=builder, cache=str(kept))
