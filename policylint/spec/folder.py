"""A folder in; the plug-ins that lie in it, ready to be imported, out."""

import re
from pathlib import Path
from typing import NamedTuple

_PLUGIN = re.compile(r"^(API\b|def policylint_)", re.MULTILINE)


class Found(NamedTuple):
    """Names of modules and packages, and the folder that they are imported from."""

    names: tuple[str, ...]
    above: Path


def plugins_in(folder: Path) -> Found:
    """The plug-ins in a folder: itself, if it is one, else those right in it or in its `src`."""
    folder = folder.resolve()
    if _is_plugin(folder / "__init__.py"):
        return Found((folder.name,), folder.parent)
    inside = _names(folder)
    return Found(inside, folder) if inside else Found(_names(folder / "src"), folder / "src")


def _names(folder: Path) -> tuple[str, ...]:
    modules = [path.stem for path in folder.glob("*.py") if _is_plugin(path)]
    packages = [path.parent.name for path in folder.glob("*/__init__.py") if _is_plugin(path)]
    return tuple(sorted(name for name in {*modules, *packages} if name.isidentifier()))


def _is_plugin(path: Path) -> bool:
    """Whether a module looks like a plug-in; what else lies about is not imported."""
    return path.is_file() and bool(_PLUGIN.search(path.read_text(encoding="utf-8", errors="replace")))
