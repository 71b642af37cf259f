"""The words of the key `policies` in; the files that they name out."""

from collections.abc import Sequence
from glob import glob
from importlib import import_module
from pathlib import Path

from policylint.config.error import ConfigurationError
from policylint.source.files import shown
from policylint.source.witness import looked_at

SUFFIX = ".policy"


def policy_files(words: Sequence[str], file: Path, plugins: Sequence[str] = ()) -> tuple[Path, ...]:
    """The files, each once; a word that names none is an error. Paths are relative to the configuration file."""
    found: dict[Path, None] = {}
    for word in words:
        is_name = not word.endswith(SUFFIX) and not any(sign in word for sign in "/\\*?[")
        found |= dict.fromkeys([_pack(word, file, plugins)] if is_name else _matches(word, file))
    return tuple(found)


def _matches(word: str, file: Path) -> list[Path]:
    try:
        _look_through(word, file.parent)
        paths = [file.parent / match for match in sorted(glob(word, root_dir=file.parent, recursive=True))]
    except ValueError:  # what no path can hold
        paths = []
    for path in paths:
        if path.is_symlink():
            looked_at(path)
    matches = [path for path in paths if path.name.endswith(SUFFIX) and path.is_file()]
    if not matches:
        raise ConfigurationError(f"{shown(file)}: `policies` names {word!r}, but {_lacking(word, paths)}")
    return matches


def _look_through(word: str, folder: Path) -> None:
    """Note the folders in which another match may turn up."""
    parts = Path(word).parts
    for count in range(len(parts)):
        for match in glob(str(Path(*parts[:count])), root_dir=folder, recursive=True) if count else (".",):
            looked_at(folder / match)


def _lacking(word: str, paths: Sequence[Path]) -> str:
    if any(path.is_dir() for path in paths):
        return f"that is a folder: write `{word.rstrip('/')}/*{SUFFIX}`"
    return f"the name of a policy file ends with `{SUFFIX}`" if paths else "no such file is there"


def _pack(name: str, file: Path, plugins: Sequence[str]) -> Path:
    """A policy that comes with policylint, or with a plug-in."""
    path = Path(import_module("policylint_policies").__path__[0]) / f"{name}{SUFFIX}"
    if path.is_file():
        return path
    from policylint.rule.registry import PluginError, load  # 200 ms with all rules, and few name such a policy

    try:
        packs = load(plugins).policies
    except PluginError as error:
        raise ConfigurationError(f"{shown(file)}: {error}") from error
    if name not in packs:
        whose = "policylint and its plug-ins" if plugins else "policylint"
        known = ", ".join(packs)
        raise ConfigurationError(
            f"{shown(file)}: `policies` names {name!r}, but the policies that come with {whose} are: {known}"
        )
    return packs[name]
