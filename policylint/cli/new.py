"""`policylint new rule NAME`: write the module and the page of a new rule, to be filled in."""

import keyword
import re
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import click

from policylint.cli.refusal import CannotCheck
from policylint.config.settings import ConfigurationError, load
from policylint.rule.registry import PluginError, Registry
from policylint.rule.registry import load as load_registry
from policylint.spec.scaffold import module, page

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"[A-Z]+[0-9]+")
_TITLE = re.compile(r"^# ([A-Z]+[0-9]+) ")


@click.group("new")
def command() -> None:
    """Write the beginnings of something new."""


@command.command("rule")
@click.argument("name")
@click.option("--code", help="The rule's code. [default: the first that is free of XX001, XX002, …]")
@click.option("--into", "folder", type=click.Path(path_type=Path), default=Path(), help="The folder to write to.")
def rule(name: str, code: str | None, folder: Path) -> None:
    """Write NAME.py and NAME.md: a rule that is a plug-in by itself, and its page.

    The NAME says what is wrong, and reads after "allow": unlabelled_flow. Nothing is overwritten.
    """
    name = name.replace("-", "_")
    try:
        registry = load_registry(load(Path()).plugins)
    except (ConfigurationError, PluginError) as error:
        raise CannotCheck(str(error)) from error
    files = {folder / f"{name}.py", folder / f"{name}.md"}
    _check_name(name, files, registry)
    code = _code(code, folder, registry)
    _write({folder / f"{name}.py": module(name, code), folder / f"{name}.md": page(name, code)})
    for path in sorted(files):
        click.echo(f"wrote {path}")
    click.echo(f"fill in both, then run: policylint test-rules {folder} --update")


def _check_name(name: str, files: set[Path], registry: Registry) -> None:
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise CannotCheck(f"a rule cannot be called {name!r}: use small letters, digits and `_`, as in unlabelled_flow")
    if registry.find(name.replace("_", "-")):
        raise CannotCheck(f"there is a rule {name.replace('_', '-')!r} already: choose another name")
    there = next((path for path in sorted(files) if path.exists() or path.is_symlink()), None)
    if there:
        raise CannotCheck(f"{str(there)!r} is there already, and is not overwritten")
    if find_spec(name):
        raise CannotCheck(f"there is a Python module {name!r}, which the rule would hide: choose another name")


def _code(code: str | None, folder: Path, registry: Registry) -> str:
    taken = set(registry.rules)
    for path in folder.glob("*.md"):
        with suppress(OSError, UnicodeDecodeError):
            title = _TITLE.match(path.read_text(encoding="utf-8"))
            taken |= {title[1]} if title else set()
    if code is None:
        return next(free for number in range(1, 1000) if (free := f"XX{number:03}") not in taken)
    if not _CODE.fullmatch(code):
        raise CannotCheck(f"a code is capitals and a number, as in XX001, and not {code!r}")
    if code in taken:
        raise CannotCheck(f"there is a rule with the code {code} already: choose another")
    return code


def _write(files: Mapping[Path, str]) -> None:
    """Write all of them, or none."""
    written: list[Path] = []
    try:
        for path, text in files.items():
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                written.append(path)
                stream.write(text)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise CannotCheck(f"cannot write {str(path)!r}: {(error.strerror or str(error)).lower()}") from error
