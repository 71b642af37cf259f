"""A project that can be checked in; its files mended where that is safely mechanical, and the last check of it, out."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from pathlib import Path

import click

from policylint.check import Checked
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
        found = list(_fixes(checked, selected))
        before = number
        for path, source in checked.sources.items():
            if _is_below(os.path.realpath(path), given):
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


def _fixes(checked: Checked, selected: Set[str]) -> Iterator[Fix]:
    for finding in checked.findings:
        fix = finding.fix
        # A waiver looks unused too when its rule did not run, or not on everything.
        if fix and not finding.suppressed and (fix.rule is None or _had_its_say(fix.rule, checked, selected)):
            yield fix


def _had_its_say(rule: str, checked: Checked, selected: Set[str]) -> bool:
    return rule in selected and not checked.not_understood


def _is_below(path: str, given: Iterable[str]) -> bool:
    return any(path == above or path.startswith(above.rstrip(os.sep) + os.sep) for above in given)


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
