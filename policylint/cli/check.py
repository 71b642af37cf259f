"""`policylint check`: check paths and print what was found."""

import sys
from datetime import date
from pathlib import Path

import click

from policylint.check import Checked, check
from policylint.cli.output import Target, TargetType, planned, write
from policylint.config.settings import ConfigurationError, Settings, load
from policylint.finding.finding import Severity
from policylint.report.formats import FORMATS
from policylint.rule.registry import PluginError, Registry, UnknownRuleError
from policylint.rule.registry import load as load_registry
from policylint.vocabulary.words import EARLIEST


class CannotCheck(click.ClickException):
    """Bad usage or configuration: one sentence, exit status 2."""

    exit_code = 2


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--output-format",
    "output",
    type=TargetType(),
    multiple=True,
    help=f"How to report, and perhaps into which file; may be repeated: {', '.join(FORMATS)}. [default: full]",
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule at the end.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings only, and no line of counts.")
@click.option("--config", "config", type=click.Path(path_type=Path), help="Use this configuration file.")
@click.option(
    "--select", multiple=True, metavar="RULES", help="Run these rules only: codes, names or prefixes, with commas."
)
@click.option("--extend-select", multiple=True, metavar="RULES", help="Run these rules too.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Do not run these rules.")
@click.option(
    "--as-of", metavar="DATE", help="The day whose adequacy lists, memberships and waivers hold. [default: today]"
)
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]), help="The least severity for exit status 1."
)
@click.option(
    "--fix",
    is_flag=True,
    help="Mend what is safely mechanical: misspelt words, repetitions in lists, expired and unused waivers.",
)
@click.option(
    "--stdin-filename", type=click.Path(path_type=Path), help="With `-`: the file that standard input stands for."
)
def command(
    paths: tuple[Path, ...],
    output: tuple[Target, ...],
    statistics: bool,
    quiet: bool,
    config: Path | None,
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    as_of: str | None,
    fail_on: str | None,
    fix: bool,
    stdin_filename: Path | None,
) -> None:
    """Check flows and annotations against policies.

    PATHS are files and folders (the current folder without any). `-` reads standard input in place of the file that
    --stdin-filename names, inside its project.

    Exit status: 0 nothing found, 1 findings, 2 could not check, 3 part of the input was not understood, 4 internal
    error.
    """
    targets = planned(output)
    try:
        paths, buffer = _input(paths, stdin_filename)
        if fix and buffer:
            raise CannotCheck("--fix mends files: it does not go with `-`")
        settings = load(_start(paths), _existing(config))
        registry = load_registry(settings.plugins)
        day = _day(as_of, settings)
        chosen = _with_options(settings, select, extend_select, ignore)
        checked = _fixed(paths, chosen, registry, day) if fix else check(paths, chosen, registry, day, buffer)
    except (ConfigurationError, PluginError) as error:
        raise CannotCheck(str(error)) from error
    except UnknownRuleError as error:
        raise CannotCheck(f"there is no rule {error.args[0]!r}: `policylint rules` lists them") from error
    _check_owner(settings, checked)
    written = write(targets, checked, registry, statistics=statistics, quiet=quiet)
    status = _status(checked, fail_on or settings.fail_on, registry)
    sys.exit(status if written else max(status, 2))


def _fixed(paths: tuple[Path, ...], settings: Settings, registry: Registry, day: date) -> Checked:
    from policylint.cli.fixing import check_and_fix

    selected = registry.selected(settings.select, settings.extend_select, settings.ignore)
    return check_and_fix(lambda: check(paths, settings, registry, day), paths, selected)


def _input(paths: tuple[Path, ...], stdin_filename: Path | None) -> tuple[tuple[Path, ...], tuple[Path, str] | None]:
    if Path("-") not in paths:
        if stdin_filename is not None:
            raise CannotCheck("--stdin-filename goes with `-` as the path")
        paths = paths or (Path(),)
        lost = next((path for path in paths if not path.exists() and not path.is_symlink()), None)
        if lost is not None:
            raise CannotCheck(f"there is no file or folder {str(lost)!r}")
        return paths, None
    if paths != (Path("-"),) or stdin_filename is None:
        raise CannotCheck("`-` stands alone, with --stdin-filename for the file it stands for")
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotCheck(f"standard input is not UTF-8: {error.reason} at byte {error.start}") from error
    settings = load(stdin_filename.parent)
    project = settings.root if settings.file else stdin_filename.parent
    return (project,), (stdin_filename, text)


def _start(paths: tuple[Path, ...]) -> Path:
    """The folder whose configuration holds: the first path, or the one that it lies in."""
    return paths[0] if paths[0].is_dir() else paths[0].parent


def _existing(config: Path | None) -> Path | None:
    if config is not None and not config.is_file():
        raise ConfigurationError(f"there is no configuration file {str(config)!r}")
    return config


def _day(as_of: str | None, settings: Settings) -> date:
    try:
        day = date.fromisoformat(as_of) if as_of else settings.as_of or date.today()
    except ValueError:
        raise CannotCheck(f"--as-of wants a day such as 2027-01-31, not {as_of!r}") from None
    if day < EARLIEST:
        raise CannotCheck(f"the places and lists that ship with policylint begin on {EARLIEST}; {day} lies before that")
    return day


def _with_options(
    settings: Settings, select: tuple[str, ...], extend_select: tuple[str, ...], ignore: tuple[str, ...]
) -> Settings:
    from dataclasses import replace

    return replace(
        settings,
        select=_words(select) or settings.select,
        extend_select=settings.extend_select + _words(extend_select),
        ignore=settings.ignore + _words(ignore),
    )


def _words(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(","))


def _check_owner(settings: Settings, checked: Checked) -> None:
    owner = checked.model.nodes.get(settings.owner or "")
    if settings.owner and (owner is None or owner.kind != "party"):
        raise CannotCheck(f"{settings.file}: `owner` is {settings.owner!r}, but no such party is declared")


def _status(checked: Checked, fail_on: str, registry: Registry) -> int:
    """The highest status that applies."""
    open_ = [finding for finding in checked.findings if not finding.suppressed]
    severities = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}[fail_on]
    status = 1 if any(finding.severity in severities for finding in open_) else 0
    if not checked.model.flows:
        click.echo("policylint: no flow was found, so nothing was checked", err=True)
        status = 2
    return 3 if checked.not_understood else status
