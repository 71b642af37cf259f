"""`policylint test-rules DIR`: run the pages of the rules in a folder as tests."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from policylint.cli.refusal import CannotCheck
from policylint.report.summary import plural
from policylint.rule.description import Rule
from policylint.rule.page import PageError
from policylint.rule.registry import PluginError, Registry
from policylint.rule.registry import load as load_registry
from policylint.source.files import shown
from policylint.source.writing import replace_file
from policylint.spec.folder import plugins_in
from policylint.spec.run import failures, with_report


@click.command("test-rules")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help="First write into each page the report that its example really gives.")
def command(folder: Path, update: bool) -> None:
    """Run the pages of the rules in DIR as tests.

    DIR holds a plug-in: a package, or a module with its pages. Of each page the example must be found where it says so,
    the report must be the one that is printed, and what to write instead must be clean.

    Exit status: 0 all pages are kept, 1 some are not, 2 the plug-in cannot be loaded.
    """
    if not folder.is_dir():
        raise CannotCheck(f"there is no folder {str(folder)!r}")
    try:
        registry, rules = _loaded(folder)
    except PluginError as error:
        raise CannotCheck(str(error)) from error
    if not rules:
        raise CannotCheck(f"no rule lies in {str(folder)!r}: `policylint new rule NAME` writes one")
    if update:
        for rule in rules:
            _update(rule, registry)
    failed = sum(_failed(rule, registry) for rule in rules)
    click.echo(f"{plural(len(rules), 'page')}, {failed} not kept")
    sys.exit(1 if failed else 0)


def _loaded(folder: Path) -> tuple[Registry, Sequence[Rule]]:
    own = _below(folder, load_registry(()))
    if own:  # the rules that come with policylint: they are loaded always, and never twice
        return load_registry(()), own
    found = plugins_in(folder)
    hidden = next((name for name in found.names if name in sys.modules), None)
    if hidden:
        raise PluginError(f"policylint itself uses a module called `{hidden}`: rename the plug-in")
    sys.path.insert(0, str(found.above))
    registry = load_registry(found.names)
    return registry, _below(folder, registry)


def _below(folder: Path, registry: Registry) -> list[Rule]:
    return [rule for rule in registry.rules.values() if rule.page.resolve().is_relative_to(folder.resolve())]


def _update(rule: Rule, registry: Registry) -> None:
    try:
        text = with_report(rule, registry)
        if text != rule.page.read_text(encoding="utf-8"):
            replace_file(rule.page, text.encode())
            click.echo(f"{shown(rule.page)}: wrote the report")
    except PageError:
        pass  # the page is not whole yet: the test says what it lacks
    except OSError as error:
        raise CannotCheck(f"cannot write {shown(rule.page)}: {(error.strerror or str(error)).lower()}") from error


def _failed(rule: Rule, registry: Registry) -> bool:
    wrong = failures(rule, registry)
    click.echo(f"{'fail' if wrong else 'ok':<4}  {rule.code} {rule.name} ({shown(rule.page)})")
    for each in wrong:
        click.echo(f"      {each}")
    return bool(wrong)
