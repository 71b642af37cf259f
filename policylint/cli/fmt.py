"""`policylint fmt`: bring declarations into the one canonical form."""

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from policylint.cli.excluding import without_excluded
from policylint.cli.project import folder_of, present
from policylint.cli.refusal import CannotCheck
from policylint.config.settings import ConfigurationError, Settings, load
from policylint.source.files import read
from policylint.source.mistake import Mistake
from policylint.source.rewriting import Original, encoded, original, rewrite
from policylint.source.text import SourceText
from policylint.syntax.formatter import ChangedMeaningError, formatted
from policylint.syntax.parser import parse
from policylint.vocabulary.spelling import spelled

_STDIN = "stdin.flow"


class _Outcome(NamedTuple):
    """What became of one file; `after` is None where it could not be formatted."""

    before: Original
    after: str | None

    @property
    def changes(self) -> bool:
        return self.after is not None and self.after != self.before.text


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--check", is_flag=True, help="Write nothing; exit status 1 if a file would be reformatted.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change, and exit status 1 if anything.")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Use this configuration.")
@click.option("--force-exclude", is_flag=True, help="Leave out what is excluded even where it is named.")
@click.option("--stdin-filename", type=click.Path(path_type=Path), help="With `-`: the file that standard input is.")
def command(
    paths: tuple[Path, ...],
    check: bool,
    diff: bool,
    config: Path | None,
    force_exclude: bool,
    stdin_filename: Path | None,
) -> None:
    """Format flows, policies and annotations in place.

    PATHS are files and folders (the current folder without any). `-` formats standard input to standard output. In
    source files only the annotations are touched. A declaration that cannot be read is left as it is.

    Exit status: 0 formatted, 1 would be reformatted (--check, --diff), 2 could not read or write, 3 a declaration was
    not understood, 4 internal error.
    """
    if Path("-") in paths or stdin_filename:
        if paths != (Path("-"),):
            raise CannotCheck("`-` stands alone, with --stdin-filename for the file it stands for")
        sys.exit(_stream(stdin_filename or Path(_STDIN), check, diff))
    paths = present(paths)
    try:
        settings = load(folder_of(paths), config)
    except ConfigurationError as error:
        raise CannotCheck(str(error)) from error
    if force_exclude:
        paths = without_excluded(paths, settings)
    sys.exit(_files(paths, settings, check, diff))


def _files(paths: tuple[Path, ...], settings: Settings, check: bool, diff: bool) -> int:
    reading = read(paths, settings.exclude, settings.root)
    for mistake in reading.mistakes:
        click.echo(f"{mistake.span.path}: {mistake.message}", err=True)
    status = 3 if reading.mistakes else 0
    changed = unchanged = 0
    for text in reading.texts:
        try:
            outcome, of_file = _formatted(original(Path(text.path)))
            if outcome.changes and not (check or diff):
                rewrite(outcome.before, outcome.after or "")
        except OSError as error:
            click.echo(f"{text.path}: {(error.strerror or str(error)).lower()}", err=True)
            status = max(status, 2)
            continue
        status = max(status, of_file)
        changed += outcome.changes
        unchanged += not outcome.changes
        _show(outcome, text.path, check, diff)
    click.echo(_counted(changed, unchanged, would=check or diff), err=diff)
    return max(status, 1) if changed and (check or diff) else status


def _stream(path: Path, check: bool, diff: bool) -> int:
    content = sys.stdin.buffer.read()
    before = Original(path, content.decode("utf-8-sig", "surrogateescape"), content.startswith(b"\xef\xbb\xbf"))
    outcome, status = _formatted(before)
    if check or diff:
        _show(outcome, str(path), check, diff)
        return max(status, 1) if outcome.changes else status
    text = before.text if outcome.after is None else outcome.after
    sys.stdout.buffer.write(encoded(text, has_mark=before.has_mark))
    return status


def _formatted(before: Original) -> tuple[_Outcome, int]:
    """A file formatted, and the exit status that it asks for."""
    source = SourceText(before.path.as_posix(), before.text)
    mistakes = parse(source).mistakes
    for line in _complaints(source, mistakes):
        click.echo(line, err=True)
    try:
        return _Outcome(before, formatted(source.path, before.text, spelled)), 3 if mistakes else 0
    except ChangedMeaningError:
        click.echo(f"{source.path}: left as it is, formatting would have changed its meaning; please report", err=True)
        return _Outcome(before, None), 4


def _complaints(source: SourceText, mistakes: tuple[Mistake, ...]) -> Iterator[str]:
    for mistake in mistakes:
        line, column = source.position(mistake.span.start)
        yield f"{source.path}:{line}:{column}: left as it is: {mistake.message}"


def _show(outcome: _Outcome, path: str, check: bool, diff: bool) -> None:
    if not outcome.changes:
        return
    if diff:
        click.echo("".join(_diff(outcome.before.text, outcome.after or "", path)), nl=False)
    elif check:
        click.echo(f"Would reformat: {path}")


def _diff(before: str, after: str, path: str) -> Iterator[str]:
    for line in difflib.unified_diff(_lines(before), _lines(after), path, path):
        yield line.encode("utf-8", "replace").decode()
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """The lines of a text; what Python takes for an end of line besides is none in the language."""
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + [last] * bool(last)


def _counted(changed: int, unchanged: int, *, would: bool) -> str:
    done, left = ("would be reformatted", "already formatted") if would else ("reformatted", "left unchanged")
    parts = [f"{number} file{'s' * (number != 1)} {what}" for number, what in ((changed, done), (unchanged, left))]
    shown = [part for part, number in zip(parts, (changed, unchanged), strict=True) if number]
    return ", ".join(shown) or "no declarations were found"
