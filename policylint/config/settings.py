"""A folder or a configuration file in; the settings that hold there out."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

FILE = "policylint.toml"
FailOn = Literal["error", "warning", "never"]


class ConfigurationError(Exception):
    """A configuration that cannot be used, in one sentence that says what to do."""


@dataclass(frozen=True)
class Settings:
    """What a check is told. `root` is the folder that globs and `exclude` are relative to."""

    root: Path
    file: Path | None = None
    owner: str | None = None
    policies: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    as_of: date | None = None
    fail_on: FailOn = "error"
    policy_texts: tuple[str, ...] = ()
    policy_files: tuple[Path, ...] = field(default=())
    """The files that `policies` names: packs that come with policylint by name, and globs from `root`."""

    @property
    def text_folders(self) -> tuple[Path, ...]:
        """The folders with policies' texts. They may be missing: the texts are not everybody's to have."""
        return tuple(self.root / folder for folder in self.policy_texts)


def find(start: Path) -> Path | None:
    """The nearest configuration file, from a folder upwards."""
    for folder in (start, *start.parents):
        own = folder / FILE
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and "policylint" in _read(project).get("tool", {}):
            return project
    return None


def load(start: Path, file: Path | None = None) -> Settings:
    """The settings for a folder, from its nearest configuration file or a given one.

    Raises `ConfigurationError` for a file that cannot be read, an unknown key, a value of the wrong kind, or a policy
    that does not exist.
    """
    file = file or find(start.resolve())
    if file is None:
        return Settings(start)
    content = _read(file)
    table = content.get("tool", {}).get("policylint", {}) if file.name == "pyproject.toml" else content
    from policylint.config.schema import validated  # pydantic takes 100 ms; a project without configuration needs none

    values = validated(table, file)
    root = file.parent
    return Settings(root, file, **values, policy_files=_policy_files(values.get("policies", ()), root, file))


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"cannot read the configuration {file}: {error}") from error


def _policy_files(policies: tuple[str, ...], root: Path, file: Path) -> tuple[Path, ...]:
    found: list[Path] = []
    for word in policies:
        if not word.endswith(".policy") and "/" not in word and "*" not in word:
            found.append(_pack(word, file))
            continue
        matches = sorted(path for path in root.glob(word) if path.is_file())
        if not matches:
            raise ConfigurationError(f"{file}: `policies` names {word!r}, but no such file is there")
        found += matches
    return tuple(found)


def _pack(name: str, file: Path) -> Path:
    from importlib import import_module

    folder = Path(import_module("policylint_policies").__path__[0])
    path = folder / f"{name}.policy"
    if not path.is_file():
        known = ", ".join(sorted(pack.stem for pack in folder.glob("*.policy")))
        raise ConfigurationError(
            f"{file}: `policies` names {name!r}, but the policies that come with policylint are: {known}"
        )
    return path
