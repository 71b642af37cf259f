"""Paths and options in; the settings, rules and day that hold for them, or a refusal, out."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from policylint.check import Checked
from policylint.cli.refusal import CannotCheck
from policylint.config.rules import check_words, first_unknown, tuned, unknown
from policylint.config.settings import Settings, load
from policylint.rule.registry import Registry
from policylint.rule.registry import load as load_registry
from policylint.source.files import shown
from policylint.vocabulary.words import EARLIEST


class Project(NamedTuple):
    """What has to be known before anything is checked."""

    settings: Settings
    registry: Registry
    day: date


def project(paths: tuple[Path, ...], config: Path | None, as_of: str | None = None) -> Project:
    """The project that the first path lies in, with the configuration in order, or a refusal."""
    settings = load(folder_of(paths), existing(config))
    registry = load_registry(settings.plugins)
    check_words(registry, settings)
    return Project(settings, tuned(registry, settings), day_of(as_of, settings))


def present(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The paths, or the current folder without any; one that is not there is bad usage."""
    lost = next((path for path in paths if not path.exists() and not path.is_symlink()), None)
    if lost is not None:
        raise CannotCheck(f"there is no file or folder {str(lost)!r}")
    return paths or (Path(),)


def folder_of(paths: tuple[Path, ...]) -> Path:
    """The folder whose configuration holds: the first path, or the one that it lies in."""
    return paths[0] if paths[0].is_dir() else paths[0].parent


def existing(config: Path | None) -> Path | None:
    """A configuration file that was named; one that is not there is bad usage."""
    if config is not None and not config.is_file():
        raise CannotCheck(f"there is no configuration file {str(config)!r}")
    return config


def day_of(as_of: str | None, settings: Settings) -> date:
    """The day as of which to check: the option's, else the configured one, else today."""
    try:
        day = date.fromisoformat(as_of) if as_of else settings.as_of or date.today()
    except ValueError:
        raise CannotCheck(f"--as-of wants a day such as 2027-01-31, not {as_of!r}") from None
    if day < EARLIEST:
        raise CannotCheck(f"the places and lists that ship with policylint begin on {EARLIEST}; {day} lies before that")
    return day


def with_options(settings: Settings, registry: Registry, options: Mapping[str, Iterable[str]]) -> Settings:
    """The settings with the words of the options `--select`, `--extend-select` and `--ignore`."""
    words = {key: _words(values) for key, values in options.items()}
    for key, given in words.items():
        wrong = first_unknown(registry, given)
        if wrong is not None:
            raise CannotCheck(f"--{key} names {unknown(registry, wrong)}")
    return settings._replace(
        select=words["select"] or settings.select,
        extend_select=settings.extend_select + words["extend-select"],
        ignore=settings.ignore + words["ignore"],
    )


def _words(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(","))


def confirm_owner(settings: Settings, checked: Checked) -> None:
    """Refuse an `owner` that nobody declares: services without `of` would belong to nobody."""
    owner = checked.model.nodes.get(settings.owner or "")
    if settings.owner and (owner is None or owner.kind != "party"):
        file = shown(settings.origins["owner"][-1]) if "owner" in settings.origins else "the configuration"
        raise CannotCheck(f"{file}: `owner` is {settings.owner!r}, but no such party is declared")
