"""`policylint clean`: take the cache of a project away."""

from pathlib import Path

import click

from policylint.cache.folder import NAME, clean, nearest
from policylint.cli.project import present
from policylint.cli.refusal import CannotCheck
from policylint.source.files import shown
from policylint.source.walk import reason


@click.command("clean")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def command(path: Path | None) -> None:
    """Remove the cache that holds for PATH (the current folder without it): `.policylint_cache`.

    It is only there to be quick, and is made again by the next check.
    """
    (start,) = present((path,) if path else ())
    cache = nearest(str(start))
    if cache is None:
        click.echo(f"there is no {NAME}")
        return
    try:
        number = clean(cache)
    except OSError as error:
        raise CannotCheck(f"cannot remove {shown(Path(cache))!r}: {reason(error)}") from error
    click.echo(f"removed {shown(Path(cache))}: {number} {'entry' if number == 1 else 'entries'}")
