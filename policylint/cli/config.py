"""`policylint config`: show the configuration that holds for a path, and where each value of it was written."""

from pathlib import Path

import click

from policylint.cli.project import present, project
from policylint.report.settings import render, render_json
from policylint.source.files import shown


@click.command("config")
@click.option(
    "--for",
    "path",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="PATH",
    help="A file or folder. [default: the current folder]",
)
@click.option("--config", "file", type=click.Path(path_type=Path), help="Use this configuration file.")
@click.option("--output-format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of configuration files instead.")
def command(path: Path, file: Path | None, output: str, schema: bool) -> None:
    """Show every key, its value for PATH, and the file that wrote it.

    The nearest policylint.toml or pyproject.toml with [tool.policylint] holds, and what that extends.

    Exit status: 0 done, 2 the configuration cannot be used.
    """
    if schema:
        from policylint.config.schema import written_schema

        click.echo(written_schema(), nl=False)
        return
    settings = project(present((path,)), file).settings
    click.echo((render if output == "text" else render_json)(settings, shown(path)))
