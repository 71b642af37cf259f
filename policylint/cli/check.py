"""`policylint check`: check paths and print what was found."""

import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from policylint.check import Checked, check
from policylint.cli.accepted import covers, entries, since, tell_stale, with_baseline
from policylint.cli.earlier import Request
from policylint.cli.output import Target, TargetType, confirm, planned, write
from policylint.cli.project import confirm_owner, present, project, with_options
from policylint.cli.refusal import CannotCheck
from policylint.config.settings import ConfigurationError, Settings, load
from policylint.finding.finding import Severity
from policylint.report.formats import FORMATS
from policylint.rule.registry import PluginError, Registry
from policylint.source.walk import reason


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
    "--baseline",
    type=click.Path(path_type=Path),
    help="The file with the findings that were there before. [default: as configured, or policylint-baseline.json]",
)
@click.option("--no-baseline", is_flag=True, help="Accept nothing for being in a baseline.")
@click.option("--against", metavar="REF", help="Accept what was found at this commit of the git repository already.")
@click.option("--no-waivers", is_flag=True, help="Let no waiver hold, to see everything, as for an audit.")
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
    baseline: Path | None,
    no_baseline: bool,
    against: str | None,
    no_waivers: bool,
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
        if baseline and no_baseline:
            raise CannotCheck("--baseline and --no-baseline say the opposite: leave one of them out")
        if fix and buffer:
            raise CannotCheck("--fix mends files: it does not go with `-`")
        settings, registry, day = project(paths, config, as_of)
        confirm(targets, registry)
        options = {"select": select, "extend-select": extend_select, "ignore": ignore}
        request = Request(
            paths,
            settings,
            config,
            as_of,
            lambda each, rules: replace(with_options(each, rules, options), honours_waivers=not no_waivers),
        )
        chosen = request.tune(settings, registry)
        accepted = None if no_baseline else entries(settings, baseline)
        checked = _fixed(paths, chosen, registry, day) if fix else check(paths, chosen, registry, day, buffer)
    except (ConfigurationError, PluginError) as error:
        raise CannotCheck(str(error)) from error
    confirm_owner(settings, checked)
    if accepted is not None:
        checked = with_baseline(checked, accepted, registry)
    if against is not None:
        checked = since(checked, against, request, registry, quiet=quiet)
    if accepted and covers(paths, settings) and not (quiet or no_waivers or any(options.values())):
        tell_stale(checked, accepted)
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
        return present(paths), None
    if paths != (Path("-"),) or stdin_filename is None:
        raise CannotCheck("`-` stands alone, with --stdin-filename for the file it stands for")
    if stdin_filename.is_dir():
        raise CannotCheck(f"--stdin-filename wants a file, and {str(stdin_filename)!r} is a folder")
    text = _standard_input()
    settings = load(stdin_filename.parent)
    project = settings.root if settings.file else stdin_filename.parent
    return (project,), (stdin_filename, text)


def _standard_input() -> str:
    if sys.stdin is None:  # it was closed
        raise CannotCheck("there is no standard input")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotCheck(f"standard input is not UTF-8: {error.reason} at byte {error.start}") from error
    except OSError as error:
        raise CannotCheck(f"cannot read standard input: {reason(error)}") from error


def _status(checked: Checked, fail_on: str, registry: Registry) -> int:
    """The highest status that applies."""
    open_ = [finding for finding in checked.findings if finding.is_open]
    severities = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}[fail_on]
    status = 1 if any(finding.severity in severities for finding in open_) else 0
    if not checked.model.flows:
        click.echo("policylint: no flow was found, so nothing was checked", err=True)
        status = 2
    if checked.unseen:
        counted = Counter(finding.code for finding in checked.unseen)
        codes = ", ".join(f"{count} of {code}" for code, count in sorted(counted.items()))
        click.echo(f"policylint: part of the input was not understood; not shown, as configured: {codes}", err=True)
    return 3 if checked.not_understood else status
