"""A project that can be checked in; its files mended where that is safely mechanical, and the last check of it, out."""

import os
from collections.abc import Callable, Sequence, Set
from pathlib import Path

import click

from policylint.check import Checked
from policylint.cli.fixable import fixable, is_below
from policylint.finding.finding import Fix
from policylint.fix.apply import apply
from policylint.fix.repetitions import repetitions
from policylint.source.rewriting import original, rewrite
from policylint.source.text import SourceText
from policylint.syntax.parser import parse
from policylint.vocabulary.spelling import spelled

_ROUNDS = 10
"""A fix may open the way for another; more rounds than this would mean that two undo each other."""


def check_and_fix(check: Callable[[], Checked], paths: Sequence[Path], selected: Set[str]) -> Checked:
    """Check and fix until nothing is left to fix. Only files at or below the paths are written."""
    given = [os.path.realpath(path) for path in paths]
    files: set[str] = set()
    number = 0
    for _ in range(_ROUNDS):
        checked = check()
        found = [finding.fix for finding in fixable(checked, paths, selected).findings if finding.fix]
        before = number
        for path, source in checked.sources.items():
            if is_below(os.path.realpath(path), given):
                done = _mend(source, [fix for fix in found if fix.span.path == path])
                number += done
                files |= {path} if done else set()
        if number == before:
            break
    else:
        checked = check()
    if number:
        click.echo(f"{_counted(number, 'fix', 'fixes')} in {_counted(len(files), 'file', 'files')}", err=True)
    return checked


def _mend(source: SourceText, found: Sequence[Fix]) -> int:
    """Mend a file, say what was done, and count it."""
    fixes = [*found, *repetitions(source, spelled)]
    text, applied = apply(source.text, fixes)
    if not applied or len(parse(SourceText(source.path, text)).mistakes) > len(parse(source).mistakes):
        return 0
    try:
        before = original(Path(source.path))
        if before.text != source.text:
            reason = "it is not all UTF-8, or was changed meanwhile"
            raise OSError(0, reason)
        rewrite(before, text)
    except OSError as error:
        click.echo(f"{source.path}: not fixed: {(error.strerror or str(error)).lower()}", err=True)
        return 0
    for fix in applied:
        line, column = source.position(fix.span.start)
        click.echo(f"{source.path}:{line}:{column}: fixed: {fix.title}", err=True)
    return len(applied)


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
