"""A folder or a configuration file in; the settings that hold there, each with the file it comes from, out."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from policylint.config.error import ConfigurationError
from policylint.config.files import Written, chain, find
from policylint.config.policies import policy_files
from policylint.finding.finding import Severity
from policylint.source.patterns import Exclusion
from policylint.triage.per_file import FileIgnore

__all__ = ["ConfigurationError", "FailOn", "Settings", "find", "load"]

FailOn = Literal["error", "warning", "never"]
ADDING = ("extend-select", "not-waivable", "per-file-ignores", "severity")
"""Keys to which a file adds what it extends; all others it replaces."""


class Settings(NamedTuple):
    """What a check is told. `root` is the folder of the project: paths that match `at` globs begin there."""

    root: Path
    file: Path | None = None
    owner: str | None = None
    policies: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    """Words for rules and the severity that these have, in the order in which they apply."""
    not_waivable: tuple[str, ...] = ()
    per_file_ignores: tuple[FileIgnore, ...] = ()
    exclude: tuple[Exclusion, ...] = ()
    baseline: Path | None = None
    as_of: date | None = None
    fail_on: FailOn = "error"
    text_folders: tuple[Path, ...] = ()
    """The folders with policies' texts. They may be missing: the texts are not everybody's to have."""
    policy_files: tuple[Path, ...] = ()
    """The files that `policies` names: packs that come with policylint by name, and globs."""
    honours_waivers: bool = True
    """Whether waivers hold; an audit wants to see everything."""
    jobs: int | None = None
    """How many processes judge; None: as many as are worth it."""
    origins: Mapping[str, tuple[Path, ...]] = MappingProxyType({})
    """The files that wrote each key, the one that is extended first."""
    extended: tuple[Path, ...] = ()
    """The files that `file` extends, directly or not, the nearest first."""


def load(start: Path, file: Path | None = None) -> Settings:
    """The settings for a folder, from its nearest configuration file or a given one.

    Raises `ConfigurationError` for a file that cannot be read, an unknown key, a value of the wrong kind, or a policy
    that does not exist.
    """
    file = file or find(start.resolve())
    if file is None:
        return Settings(start)
    files = chain(file)
    values: dict[str, Any] = {}
    origins: dict[str, tuple[Path, ...]] = {}
    for written in reversed(files):
        for key, value in _resolved(written).items():
            adds = key in ADDING and key in values
            values[key] = values[key] + value if adds else value
            origins[key] = (*origins.get(key, ()), written.file) if adds else (written.file,)
    return Settings(
        file.parent,
        file,
        **{_FIELDS.get(key, key.replace("-", "_")): value for key, value in values.items()},
        policy_files=policy_files(
            values.get("policies", ()), origins.get("policies", (file,))[0], values.get("plugins", ())
        ),
        origins=origins,
        extended=tuple(written.file for written in files[1:]),
    )


_FIELDS = {"policy-texts": "text_folders"}


def _resolved(written: Written) -> dict[str, Any]:
    """The values of one file, with paths and patterns that know its folder."""
    folder = written.file.parent
    values = {key: value for key, value in written.values.items() if key != "extends"}
    if "policy-texts" in values:
        values["policy-texts"] = tuple(folder / text for text in values["policy-texts"])
    if "baseline" in values:
        values["baseline"] = folder / values["baseline"]
    if "exclude" in values:
        values["exclude"] = tuple(Exclusion(pattern, folder) for pattern in values["exclude"])
    if "per-file-ignores" in values:
        ignores = values["per-file-ignores"].items()
        values["per-file-ignores"] = tuple(FileIgnore(Exclusion(glob, folder), rules) for glob, rules in ignores)
    if "severity" in values:
        values["severity"] = tuple((word, Severity(severity)) for word, severity in _ordered(values["severity"]))
    return values


def _ordered(severities: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """What is said of many rules before what is said of few: `ALL`, beginnings of codes, then codes and names."""
    return sorted(severities.items(), key=lambda pair: -1 if pair[0] == "ALL" else len(pair[0]))
