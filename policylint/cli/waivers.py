"""`policylint waivers`: list all waivers, with what they are worth and whose they are."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from policylint.check import Checked, check
from policylint.cli.project import confirm_owner, present, project
from policylint.report.waivers import Row, render, render_json
from policylint.rule.registry import Registry
from policylint.source.blame import blame


@click.command("waivers")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--output-format", "output", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--config", type=click.Path(path_type=Path), help="Use this configuration file.")
@click.option("--as-of", metavar="DATE", help="The day as of which they hold or are over. [default: today]")
def command(paths: tuple[Path, ...], output: str, config: Path | None, as_of: str | None) -> None:
    """List every waiver with its reason, its end, its owner (who wrote it, as git knows) and what it covers.

    PATHS are files and folders (the current folder without any).

    Exit status: 0 done, 2 could not check, 3 part of the input was not understood, 4 internal error.
    """
    paths = present(paths)
    settings, registry, day = project(paths, config, as_of)
    checked = check(paths, settings, registry, day)
    confirm_owner(settings, checked)
    rows = sorted(_rows(checked, registry), key=lambda row: (row.use.waiver.span.path, row.position))
    click.echo(render(rows, day) if output == "table" else render_json(rows, day))
    if checked.not_understood:
        click.echo("policylint: part of the input was not understood: `policylint check` says what", err=True)
        sys.exit(3)


def _rows(checked: Checked, registry: Registry) -> Iterator[Row]:
    placed = [(use, checked.sources[use.waiver.span.path].position(use.waiver.span.start)) for use in checked.waivers]
    files = {use.waiver.span.path for use, _ in placed}
    owners = {path: blame(path, {at.line for use, at in placed if use.waiver.span.path == path}) for path in files}
    for use, at in placed:
        rule = registry.rules.get(use.waiver.rule or "")
        yield Row(use, rule.name if rule else None, at, owners[use.waiver.span.path].get(at.line))
