"""`policylint baseline`: accept what is there, so that only what is new fails; and forget what is no longer needed."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from policylint.check import Checked, check
from policylint.cli.accepted import covers, load, mistaken, place
from policylint.cli.output import print_report
from policylint.cli.project import confirm_owner, present, project
from policylint.cli.refusal import CannotCheck
from policylint.config.settings import ConfigurationError, Settings
from policylint.report.harmless import harmless
from policylint.report.summary import plural
from policylint.rule.registry import PluginError
from policylint.source.files import shown
from policylint.source.writing import replace_file
from policylint.triage.baseline import Entry, entry, shares, written


class NotUnderstood(CannotCheck):
    """Part of the input was not understood: exit status 3."""

    exit_code = 3


class _State(NamedTuple):
    """A project as it is, the file of its baseline, and what that holds."""

    paths: tuple[Path, ...]
    settings: Settings
    checked: Checked
    file: Path
    entries: tuple[Entry, ...]
    never: frozenset[str]
    """The codes of rules whose findings no baseline takes."""


@click.group("baseline")
def command() -> None:
    """Accept the findings that are there, so that only new ones fail.

    A baseline is a file beside the configuration, to be committed and reviewed: one line per finding. Findings are
    known again by what they mean: moving or renaming files, blank lines and another order change nothing.
    """


def _options(function: Callable[..., None]) -> Callable[..., None]:
    """What all commands about a baseline take."""
    for option in (
        click.option(
            "--as-of", metavar="DATE", help="The day whose lists, memberships and waivers hold. [default: today]"
        ),
        click.option("--config", type=click.Path(path_type=Path), help="Use this configuration file."),
        click.option(
            "--baseline",
            type=click.Path(path_type=Path),
            help="The file of the baseline. [default: as configured, or policylint-baseline.json]",
        ),
        click.argument("paths", nargs=-1, type=click.Path(path_type=Path)),
    ):
        function = option(function)
    return function


@command.command("create")
@_options
def create(paths: tuple[Path, ...], baseline: Path | None, config: Path | None, as_of: str | None) -> None:
    """Add all findings that are not in the baseline yet. Nothing is taken out.

    What is waived, and what was not understood, is left out.

    Exit status: 0 done, 2 could not, 3 part of the input was not understood: what was found besides is added.
    """
    state = _state(paths, baseline, config, as_of, must_exist=False)
    missing = shares(state.entries, state.checked.findings).missing
    new = [entry(finding) for finding in missing if finding.code not in state.never]
    if new or not state.file.exists():
        _write(state.file, [*state.entries, *new])
    click.echo(f"{shown(state.file)}: {plural(len(new), 'finding')} added, {len(state.entries)} there before")
    _tell_stale(state)
    if len(new) < len(missing):
        count = plural(len(missing) - len(new), "finding")
        raise NotUnderstood(
            f"{count} of what was not understood cannot be accepted, for it may hide others: "
            "repair that, and create again"
        )


@command.command("prune")
@_options
def prune(paths: tuple[Path, ...], baseline: Path | None, config: Path | None, as_of: str | None) -> None:
    """Take out the entries that no finding needs any more. Nothing is added.

    PATHS have to hold the whole project: what is not checked is not found.

    Exit status: 0 done, 2 could not, 3 part of the input was not understood: nothing is taken out.
    """
    state = _state(paths, baseline, config, as_of)
    if state.checked.not_understood:
        raise NotUnderstood(
            "nothing was taken out: part of the input was not understood, so findings may be missing; "
            "`policylint check` shows what to repair"
        )
    root = state.settings.root
    if not covers(state.paths, state.settings):
        raise CannotCheck(
            f"nothing was taken out, for only a part was checked: name the whole project, {shown(root)!r}"
        )
    found = shares(state.entries, state.checked.findings)
    if found.stale:
        _write(state.file, found.used)
    removed = f"{len(found.stale)} stale {'entry' if len(found.stale) == 1 else 'entries'} removed"
    click.echo(f"{shown(state.file)}: {removed}, {len(found.used)} left")


@command.command("show")
@_options
@click.option("--output-format", "output", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
def show(paths: tuple[Path, ...], baseline: Path | None, config: Path | None, as_of: str | None, output: str) -> None:
    """List what is accepted, and which entries are stale.

    Exit status: 0 shown, 2 could not, 3 part of the input was not understood: entries may only look stale.
    """
    state = _state(paths, baseline, config, as_of)
    found = shares(state.entries, state.checked.findings)
    stale_ones = len(found.stale)
    stale = list(found.stale)
    listed = [(each, _take(each, stale)) for each in state.entries]
    print_report(_as_json(listed) if output == "json" else _as_text(state, listed), output == "text")
    if state.checked.not_understood:
        raise NotUnderstood("part of the input was not understood: entries may only look stale")
    if stale_ones and not covers(state.paths, state.settings):
        click.echo("policylint: only a part of the project was checked: entries may only look stale", err=True)


def _state(
    paths: tuple[Path, ...], baseline: Path | None, config: Path | None, as_of: str | None, *, must_exist: bool = True
) -> _State:
    try:
        paths = present(paths)
        settings, registry, day = project(paths, config, as_of)
        file = place(settings, baseline)
        entries = load(file) if must_exist or file.exists() else ()
        checked = check(paths, settings, registry, day)
    except (ConfigurationError, PluginError) as error:
        raise CannotCheck(str(error)) from error
    confirm_owner(settings, checked)
    if not checked.model.flows:
        raise CannotCheck("no flow was found, so nothing was checked: name the folder with the flows")
    return _State(paths, settings, checked, file, entries, frozenset(mistaken(registry)))


def _write(file: Path, entries: Sequence[Entry]) -> None:
    try:
        replace_file(file, written(entries).encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CannotCheck(f"cannot write the baseline {shown(file)!r}: {reason}; it is as it was") from error


def _tell_stale(state: _State) -> None:
    stale = len(shares(state.entries, state.checked.findings).stale)
    if stale:
        what = "1 entry is stale" if stale == 1 else f"{stale} entries are stale"
        click.echo(f"{what}: `policylint baseline prune` removes them")


def _take(each: Entry, stale: list[Entry]) -> bool:
    """Whether an entry is stale; of entries that are alike as many as there are stale ones."""
    if each not in stale:
        return False
    stale.remove(each)
    return True


def _as_text(state: _State, listed: Sequence[tuple[Entry, bool]]) -> str:
    lines = []
    for each, is_stale in listed:
        clause = f" [{each.policy}:{each.clause}]" if each.policy and each.clause else ""
        text = f"{each.code} {each.declaration or '-'}: {each.message}{clause}"
        lines.append(f"{'stale' if is_stale else 'found':5}  {each.fingerprint}  {harmless(text, 1000)}")
    stale = sum(is_stale for _, is_stale in listed)
    return "\n".join([*lines, f"{shown(state.file)}: {plural(len(listed), 'finding')}, {stale} stale"])


def _as_json(listed: Sequence[tuple[Entry, bool]]) -> str:
    findings: list[dict[str, Any]] = [{**each._asdict(), "stale": is_stale} for each, is_stale in listed]
    return json.dumps({"version": 1, "findings": findings}, indent=2, ensure_ascii=False)
