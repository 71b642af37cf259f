"""`policylint check`: check paths and print what was found."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from policylint.cache.run import Begun, Recalled
from policylint.check import Checked, check, check_texts
from policylint.cli.accepted import covers, entries, since, tell_stale, with_baseline
from policylint.cli.earlier import Request
from policylint.cli.excluding import without_excluded
from policylint.cli.fixable import fixable
from policylint.cli.output import Target, TargetType, confirm, planned, write
from policylint.cli.progress import progress
from policylint.cli.project import confirm_owner, present, project, with_options
from policylint.cli.refusal import CannotCheck
from policylint.cli.telling import noted, tell
from policylint.config.settings import ConfigurationError, Settings, load
from policylint.finding.finding import Severity
from policylint.report.formats import FORMATS
from policylint.rule.registry import PluginError, Registry
from policylint.source.policy_texts import Shelf
from policylint.source.walk import reason
from policylint.source.witness import watched
from policylint.stages import stages

if TYPE_CHECKING:
    from policylint.triage.baseline import Entry


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
@click.option("--force-exclude", is_flag=True, help="Leave out what is excluded even where it is named.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Judge in N processes, where the system can go on in several. [default: what the number of flows is worth]",
)
@click.option("--profile", is_flag=True, help="Say on standard error where the time went, and what the cache saved.")
@click.option("--no-cache", is_flag=True, help="Look at everything anew, and keep nothing for the next run.")
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """Check flows and annotations against policies.

    PATHS are files and folders (the current folder without any). `-` reads standard input in place of the file that
    --stdin-filename names, inside its project.

    Exit status: 0 nothing found, 1 findings, 2 could not check, 3 part of the input was not understood, 4 internal
    error.
    """
    asked = _Asked(**options)
    with watched() as seen, noted() as said, stages() as watch:
        outcome = _checked(asked, context.obj)
    if isinstance(context.obj, Begun) and asked.repeatable and outcome.written:
        from policylint.cli.remembering import remember

        remember(context.obj, outcome.settings, outcome.checked, seen, said, outcome.status)
    if asked.profile:
        from policylint.cli.profiling import lines

        for line in lines(watch, context.obj, len(outcome.checked.reading.files)):
            click.echo(line, err=True)
    sys.exit(outcome.status)


class _Asked(NamedTuple):
    """The words and options of the command line."""

    paths: tuple[Path, ...]
    output: tuple[Target, ...]
    statistics: bool
    quiet: bool
    config: Path | None
    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    as_of: str | None
    fail_on: str | None
    fix: bool
    baseline: Path | None
    no_baseline: bool
    against: str | None
    no_waivers: bool
    stdin_filename: Path | None
    force_exclude: bool
    jobs: int | None
    profile: bool
    no_cache: bool

    @property
    def rules(self) -> dict[str, tuple[str, ...]]:
        """What is said of rules."""
        return {"select": self.select, "extend-select": self.extend_select, "ignore": self.ignore}

    @property
    def repeatable(self) -> bool:
        """Whether the answer lies in the files that are looked at, and is all that the run does."""
        only_says = not self.fix and all(target.file is None for target in self.output)
        if os.environ.get("GITHUB_STEP_SUMMARY"):  # which the format `github` writes to
            only_says = only_says and all(target.format != "github" for target in self.output)
        return only_says and not self.no_cache and self.against is None and Path("-") not in self.paths


class _Outcome(NamedTuple):
    """A check that is over and reported."""

    checked: Checked
    settings: Settings
    registry: Registry
    status: int
    written: bool


def _checked(asked: _Asked, begun: object) -> _Outcome:
    targets = planned(asked.output)
    try:
        paths, buffer = _input(asked.paths, asked.stdin_filename)
        if asked.baseline and asked.no_baseline:
            raise CannotCheck("--baseline and --no-baseline say the opposite: leave one of them out")
        if asked.fix and buffer:
            raise CannotCheck("--fix mends files: it does not go with `-`")
        settings, registry, day = project(paths, asked.config, asked.as_of)
        if asked.force_exclude and not buffer:
            paths = without_excluded(paths, settings)
        confirm(targets, registry)
        request = Request(
            paths,
            settings,
            asked.config,
            asked.as_of,
            lambda each, rules: with_options(each, rules, asked.rules)._replace(
                honours_waivers=not asked.no_waivers, jobs=asked.jobs
            ),
        )
        chosen = request.tune(settings, registry)
        accepted = None if asked.no_baseline else entries(settings, asked.baseline)
        look = partial(_look, paths, chosen, registry, day, buffer, asked, begun)
        checked = _fixed(look, paths, _selected(chosen, registry)) if asked.fix else look()
    except (ConfigurationError, PluginError) as error:
        raise CannotCheck(str(error)) from error
    confirm_owner(settings, checked)
    checked = fixable(_compared(checked, asked, request, registry, accepted), paths, _selected(chosen, registry))
    written = write(targets, checked, registry, statistics=asked.statistics, quiet=asked.quiet)
    status = _status(checked, asked.fail_on or settings.fail_on, registry)
    return _Outcome(checked, settings, registry, status if written else max(status, 2), written)


def _compared(
    checked: Checked, asked: _Asked, request: Request, registry: Registry, accepted: "Sequence[Entry] | None"
) -> Checked:
    """What was found, beside what was there before."""
    if accepted is not None:
        checked = with_baseline(checked, accepted, registry)
    if asked.against is not None:
        checked = since(checked, asked.against, request, registry, quiet=asked.quiet)
    is_whole = covers(request.paths, request.settings) and not (asked.no_waivers or any(asked.rules.values()))
    if accepted and is_whole and not asked.quiet:
        tell_stale(checked, accepted)
    return checked


def _look(
    paths: tuple[Path, ...],
    settings: Settings,
    registry: Registry,
    day: date,
    buffer: tuple[Path, str] | None,
    asked: _Asked,
    begun: object,
) -> Checked:
    with progress(quiet=asked.quiet):
        if isinstance(begun, Begun) and begun.recalled and asked.repeatable:
            return _again(begun.recalled, settings, registry, day)
        return check(paths, settings, registry, day, buffer)


def _again(recalled: Recalled, settings: Settings, registry: Registry, day: date) -> Checked:
    """Check what an earlier run has checked before: as little of it as is enough."""
    from policylint.recheck.changed import recheck
    from policylint.recheck.memory import decoded

    if recalled.memory:
        checked = recheck(decoded(recalled.memory), recalled.before, recalled.reading, settings, registry, day)
        if checked:
            return checked
    return check_texts(recalled.reading, settings, registry, day, Shelf(folders=settings.text_folders))


def _fixed(look: Callable[[], Checked], paths: tuple[Path, ...], selected: frozenset[str]) -> Checked:
    from policylint.cli.fixing import check_and_fix

    return check_and_fix(look, paths, selected)


def _selected(settings: Settings, registry: Registry) -> frozenset[str]:
    return registry.selected(settings.select, settings.extend_select, settings.ignore)


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
    if not checked.flows:
        tell("policylint: no flow was found, so nothing was checked")
        status = 2
    if checked.unseen:
        counted = Counter(finding.code for finding in checked.unseen)
        codes = ", ".join(f"{count} of {code}" for code, count in sorted(counted.items()))
        tell(f"policylint: part of the input was not understood; not shown, as configured: {codes}")
    return 3 if checked.not_understood else status
