"""`policylint init`: write a first configuration, an example to start from, and the pre-commit hook."""

from importlib.resources import files
from pathlib import Path

import click

from policylint.cli.refusal import CannotCheck
from policylint.config.settings import find
from policylint.source.files import shown
from policylint.source.writing import create_files

_HOOK = Path(".pre-commit-config.yaml")
_WRITTEN = {
    Path("policylint.toml"): "policylint.toml",
    Path("privacy/example.flow"): "example.flow",
    Path("privacy/example.policy"): "example.policy",
    _HOOK: "pre-commit-config.yaml",
}


@click.command("init")
@click.argument("folder", default=Path(), type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write a policylint.toml, an example of flows and a policy, and a pre-commit hook into FOLDER.

    Nothing is overwritten. Where there is a pre-commit configuration already, the lines to add to it are printed.

    Exit status: 0 done, 2 refused, and nothing written.
    """
    if not folder.is_dir():
        raise CannotCheck(f"there is no folder {str(folder)!r}")
    _refuse_if_configured(folder)
    has_hooks = _is_there(folder / _HOOK)
    texts = {folder / path: _first(name) for path, name in _WRITTEN.items() if not (path == _HOOK and has_hooks)}
    present = next((path for path in texts if _is_there(path)), None)
    if present is not None:
        raise CannotCheck(f"{shown(present)} is there already: move it away, or go on with it; nothing was written")
    try:
        create_files(texts)
    except OSError as error:
        what = f"cannot write {shown(Path(error.filename or folder))}: {(error.strerror or str(error)).lower()}"
        raise CannotCheck(f"{what}; nothing was written") from error
    for path in texts:
        click.echo(f"wrote {shown(path)}")
    if has_hooks:
        click.echo(f"{shown(folder / _HOOK)} is there already; add this to it:\n\n{_first(_WRITTEN[_HOOK])}")
    click.echo("Now run `policylint check`; `policylint explain RULE` tells about a finding.")


def _refuse_if_configured(folder: Path) -> None:
    here = folder.resolve()
    file = find(here)
    if file is not None and file.parent == here:
        raise CannotCheck(f"{shown(file)} configures policylint already: go on with it; nothing was written")


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _first(name: str) -> str:
    return (files("policylint.config") / "first" / name).read_text(encoding="utf-8")
