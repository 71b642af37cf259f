"""`policylint rules`: list the rules."""

from pathlib import Path

import click

from policylint.config.settings import load
from policylint.rule.registry import load as load_registry


@click.command("rules")
def command() -> None:
    """List all rules, those of the configured plug-ins too."""
    for rule in load_registry(load(Path()).plugins).rules.values():
        click.echo(f"{rule.code}  {rule.name}" + ("  (opt-in)" if rule.opt_in else ""))
