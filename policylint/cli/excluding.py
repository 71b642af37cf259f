"""Paths that were given and settings in; the files that are left of them where `--force-exclude` is given out."""

import os
import sys
from pathlib import Path

from policylint.cli.fixable import is_below
from policylint.cli.telling import tell
from policylint.config.settings import Settings
from policylint.source.walk import walk


def without_excluded(paths: tuple[Path, ...], settings: Settings) -> tuple[Path, ...]:
    """The files at or below the paths that a search of the project would find; what lies outside it stays.

    Exits with status 0 where nothing is left: whoever passes the names of changed files, as pre-commit does, means the
    ones that are not excluded.
    """
    root = os.path.realpath(settings.root)
    given = [os.path.realpath(path) for path in paths]
    outside = [path for path, real in zip(paths, given, strict=True) if not is_below(real, [root])]
    found = (Path(each.path) for each in walk(settings.root, settings.exclude))
    left = [path for path in found if is_below(os.path.realpath(path), given)]
    if not outside and not left:
        tell("policylint: all that was named is excluded: nothing to do")
        sys.exit(0)
    return (*outside, *left)
