"""`policylint diff REF`: what changed in the flows themselves since a commit, for whoever reviews the change."""

import sys
from pathlib import Path

import click

from policylint.check import Checked, check
from policylint.cli.earlier import Earlier, Request, earlier
from policylint.cli.output import print_report
from policylint.cli.project import confirm_owner, present, project
from policylint.cli.refusal import CannotCheck
from policylint.config.settings import ConfigurationError
from policylint.report import difference_json, difference_markdown, difference_text
from policylint.report.difference import Difference, Placed
from policylint.rule.registry import PluginError
from policylint.source.files import shown
from policylint.triage.change import Change, Weight
from policylint.triage.model_changes import changes

_FORMATS = {
    "text": difference_text.render,
    "json": difference_json.render,
    "markdown": difference_markdown.render,
}


@click.command("diff")
@click.argument("ref")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--output-format", "output", type=click.Choice(list(_FORMATS)), default="text", help="How to report.")
@click.option("--config", type=click.Path(path_type=Path), help="Use this configuration file.")
@click.option(
    "--fail-on",
    type=click.Choice([*map(str, Weight), "never"]),
    default="never",
    help="The least weight of a change for exit status 1. [default: never]",
)
def command(ref: str, paths: tuple[Path, ...], output: str, config: Path | None, fail_on: str) -> None:
    """Say what changed in the data flows since the commit REF: new data, recipients, countries, wider purposes,
    longer retention, weaker bases, lost safeguards, and what became less.

    PATHS are files and folders (the current folder without any); they are compared with what they were at REF.

    Exit status: 0 compared, 1 a change of the weight that --fail-on names, 2 could not compare, 3 part of the input
    was not understood, now or then.
    """
    try:
        paths = present(paths)
        settings, registry, day = project(paths, config)
        checked = check(paths, settings, registry, day)
    except (ConfigurationError, PluginError) as error:
        raise CannotCheck(str(error)) from error
    confirm_owner(settings, checked)
    with earlier(ref, Request(paths, settings, config)) as then:
        found = _difference(checked, then)
    print_report(_FORMATS[output](found), output == "text")
    sys.exit(_status(found, checked, then, fail_on))


def _difference(checked: Checked, then: Earlier) -> Difference:
    # Where nothing of the project was there, everything in it is new.
    before = then.checked or checked._replace(sources={}, model=checked.model._replace(flows=(), nodes={}))
    placed = tuple(_placed(change, checked, before, then) for change in changes(before.model, checked.model))
    counts = (len(before.model.flows), len(checked.model.flows))
    return Difference(then.commit.called, then.commit.name, placed, *counts)


def _placed(change: Change, checked: Checked, before: Checked, then: Earlier) -> Placed:
    source = (before if change.is_gone else checked).sources.get(change.span.path)
    line = source.position(change.span.start).line if source else 1
    path = change.span.path
    return Placed(change, shown(Path(then.shown(path))) if change.is_gone else path, line)


def _status(found: Difference, checked: Checked, then: Earlier, fail_on: str) -> int:
    sides = (("now", checked), (f"at {found.reference}", then.checked))
    unclear = [when for when, side in sides if side and side.not_understood]
    for when in unclear:
        click.echo(f"policylint: part of the input was not understood {when}: changes may be missing", err=True)
    if unclear:
        return 3
    weights = [each.value for each in Weight]
    heavy = weights[: weights.index(fail_on) + 1] if fail_on in weights else []
    return 1 if any(found.weights[weight] for weight in heavy) else 0
