"""`policylint import FORMAT FILE…`: write declarations for what others wrote down about their systems."""

from collections.abc import Iterator
from pathlib import Path

import click

from policylint.cli.output import print_report
from policylint.cli.project import existing
from policylint.cli.refusal import CannotCheck
from policylint.config.settings import load
from policylint.interop.importers import Imported, RefusedInputError, imported, importers
from policylint.report.summary import plural
from policylint.rule.registry import load as load_registry
from policylint.source.files import LARGEST, shown
from policylint.source.text import SourceText
from policylint.source.walk import reason
from policylint.source.writing import create_files, replace_file


@click.command("import")
@click.argument("format", metavar="FORMAT")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file. [default: standard output]")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@click.option("--config", type=click.Path(path_type=Path), help="Use this configuration file.")
def command(format: str, files: tuple[Path, ...], output: Path | None, force: bool, config: Path | None) -> None:
    """Write the declarations that FILEs of another format come to.

    The format that comes with policylint is `fides`: manifests with systems and datasets, in YAML. A plug-in may bring
    others. What has no words here is a `# TODO` at its place.

    Exit status: 0 done, 2 refused, and nothing written.
    """
    registry = load_registry(load(Path(), existing(config)).plugins)
    known = importers(registry)
    if format not in known:
        raise CannotCheck(f"there is no importer for {format!r}; there are {', '.join(known)}")
    if output and not force and (output.exists() or output.is_symlink()):
        raise CannotCheck(f"{shown(output)} is there already: name another file, or overwrite it with --force")
    try:
        done = imported(known[format], list(_texts(files)), registry)
    except RefusedInputError as error:
        raise CannotCheck(str(error)) from error
    _write(done, output)
    where = f" in {shown(output)}" if output else ""
    left = plural(done.todos, "TODO")
    click.echo(f"{left} left{where}" if done.todos else f"everything was imported{where}", err=True)


def _texts(files: tuple[Path, ...]) -> Iterator[SourceText]:
    for file in files:
        try:
            if not file.is_file():
                raise CannotCheck(f"there is no file {str(file)!r}: name the files themselves, not their folder")
            if file.stat().st_size > LARGEST:
                raise CannotCheck(f"{shown(file)} has more than {LARGEST // 2**20} MB: import it in parts")
            yield SourceText(shown(file), file.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError as error:
            raise CannotCheck(f"cannot read {shown(file)}: it is not UTF-8") from error
        except OSError as error:
            raise CannotCheck(f"cannot read {shown(file)}: {reason(error)}") from error


def _write(done: Imported, output: Path | None) -> None:
    if output is None:
        print_report(done.text.removesuffix("\n"), for_people=False)
        return
    try:
        if output.exists():
            replace_file(output, done.text.encode())
        else:
            create_files({output: done.text})
    except OSError as error:
        raise CannotCheck(f"cannot write {shown(output)}: {reason(error)}; nothing was written") from error
