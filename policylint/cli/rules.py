"""`policylint rules`: list the rules, each with one sentence, as text or JSON."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from policylint.cli.project import existing
from policylint.cli.refusal import CannotCheck
from policylint.config.settings import ConfigurationError, load
from policylint.rule.description import Disclosures, Governs, Obligations, Rule
from policylint.rule.page import first_paragraph
from policylint.rule.registry import PluginError
from policylint.rule.registry import load as load_registry

VERSION = 1
"""Of the JSON; grows when a field changes its meaning or goes."""


@click.command("rules")
@click.option("--output-format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--config", type=click.Path(path_type=Path), help="Use this configuration file.")
def command(output: str, config: Path | None) -> None:
    """List all rules, those of the configured plug-ins too."""
    try:
        rules = list(load_registry(load(Path(), existing(config)).plugins).rules.values())
    except (ConfigurationError, PluginError) as error:
        raise CannotCheck(str(error)) from error
    click.echo(_text(rules) if output == "text" else _json(rules))


def _text(rules: Sequence[Rule]) -> str:
    codes, names = (max(len(getattr(rule, part)) for rule in rules) for part in ("code", "name"))
    return "\n".join(
        f"{rule.code:<{codes}}  {rule.name:<{names}}  {_summary(rule)}" + (" (opt-in)" if rule.opt_in else "")
        for rule in rules
    )


def _json(rules: Sequence[Rule]) -> str:
    return json.dumps({"version": VERSION, "rules": [_described(rule) for rule in rules]}, ensure_ascii=False, indent=1)


def _described(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": _summary(rule),
        "severity": rule.severity.value,
        "opt_in": rule.opt_in,
        "waivable": rule.waivable and not rule.closing,
        "governs": _governs(rule.governs),
        "plugin": rule.plugin,
        "page": str(rule.page),
    }


def _summary(rule: Rule) -> str:
    return first_paragraph(rule.page.read_text(encoding="utf-8"))


def _governs(governs: Governs) -> dict[str, Any] | None:
    """What is reported by the rule and by no other."""
    if isinstance(governs, Disclosures):
        return {"kinds": ["disclose"], "facet": governs.facet}
    if isinstance(governs, Obligations):
        kinds = [governs.kind] if governs.kind else ["forbid", "require"]
        return {"kinds": kinds, "actions": sorted(governs.actions), "stating": governs.stating}
    return None
