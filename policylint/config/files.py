"""A folder or a configuration file in; the file that holds there and those that it extends, read and checked, out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from policylint.config.error import ConfigurationError
from policylint.source.files import shown
from policylint.source.witness import looked_at

FILE = "policylint.toml"
PROJECT = "pyproject.toml"


class Written(NamedTuple):
    """A configuration file and what it says, by the keys as they are written."""

    file: Path
    values: Mapping[str, Any]


def find(start: Path) -> Path | None:
    """The nearest configuration file, from a folder upwards."""
    for folder in (start, *start.parents):
        own = folder / FILE
        looked_at(own)
        if own.is_file():
            return own
        project = folder / PROJECT
        looked_at(project)
        if project.is_file() and _table(project) is not None:
            return project
    return None


def chain(file: Path) -> tuple[Written, ...]:
    """A configuration file, then the one that it extends, and so on; raises `ConfigurationError`."""
    files: list[Written] = []
    seen: list[Path] = []
    while True:
        files.append(_read(file))
        seen.append(file.resolve())
        extends = files[-1].values.get("extends")
        if extends is None:
            return tuple(files)
        base = file.parent / extends
        looked_at(base)  # before a link is followed, which may lead somewhere else next time
        if not base.is_file():
            raise ConfigurationError(f"{shown(file)}: `extends` names {extends!r}, but no such file is there")
        if base.resolve() in seen:
            raise ConfigurationError(f"{shown(file)}: `extends` leads back to {extends!r}: take one of the two out")
        file = Path(base.resolve())


def _read(file: Path) -> Written:
    table = _table(file)
    if table is None:
        raise ConfigurationError(f"{shown(file)}: there is no `[tool.policylint]`: add it, or name another file")
    from policylint.config.schema import validated  # 20 ms; a project without configuration needs none

    return Written(file, validated(table, shown(file)))


def _table(file: Path) -> Mapping[str, Any] | None:
    """What a file says; None for a `pyproject.toml` that does not speak of policylint."""
    import tomllib  # many projects have no configuration

    looked_at(file)
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigurationError(f"cannot read the configuration {shown(file)}: {reason}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"cannot read the configuration {shown(file)}: it is not UTF-8") from error
    except RecursionError as error:
        raise ConfigurationError(f"cannot read the configuration {shown(file)}: it is nested too deeply") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"cannot read the configuration {shown(file)}: it is no TOML: {error}") from error
    if file.name != PROJECT:
        return content
    tool = content.get("tool", {})
    table = tool.get("policylint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigurationError(f"{shown(file)}: `tool.policylint` is no table: write `[tool.policylint]` above it")
    return table
