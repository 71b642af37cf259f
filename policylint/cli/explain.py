"""`policylint explain RULE`: print a rule's page."""

from pathlib import Path

import click

from policylint.cli.check import CannotCheck
from policylint.config.settings import load
from policylint.rule.registry import load as load_registry
from policylint.vocabulary.words import nearest


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Explain a RULE, by its code or name: what it finds, why it matters, what to write instead."""
    registry = load_registry(load(Path()).plugins)
    found = registry.find(rule)
    if found is None:
        near = nearest(rule, registry.words())
        raise CannotCheck(f"there is no rule {rule!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    click.echo(found.page.read_text(encoding="utf-8").rstrip())
