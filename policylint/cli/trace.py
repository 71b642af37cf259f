"""`policylint trace FLOW`: show every promise that was considered for a flow, and why it is broken or kept."""

import sys
from importlib import import_module
from pathlib import Path

import click

from policylint.check import Checked, check
from policylint.cli.project import confirm_owner, present, project
from policylint.cli.refusal import CannotCheck
from policylint.config.settings import ConfigurationError
from policylint.model.flow import Flow
from policylint.model.values import Policy
from policylint.report.trace import Traced
from policylint.rule.judging import world_of
from policylint.rule.registry import PluginError
from policylint.verdict.trace import trace
from policylint.vocabulary.words import nearest

_FORMATS = {"text": "policylint.report.trace", "json": "policylint.report.trace_json"}
_MOST_NAMES = 12


@click.command("trace")
@click.argument("flow")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--policy", help="Consider this policy only.")
@click.option("--all", "everything", is_flag=True, help="Show obligations on other actions and other data too.")
@click.option("--output-format", "output", type=click.Choice(list(_FORMATS)), default="text", show_default=True)
@click.option("--config", type=click.Path(path_type=Path), help="Use this configuration file.")
@click.option("--as-of", metavar="DATE", help="The day whose adequacy lists and memberships hold. [default: today]")
def command(
    flow: str,
    paths: tuple[Path, ...],
    policy: str | None,
    everything: bool,
    output: str,
    config: Path | None,
    as_of: str | None,
) -> None:
    """Show every obligation and list that was considered for a FLOW.

    Says which policies govern the flow and why, whose data it carries and how that came there, the answer of each
    comparison, and what makes the verdict. PATHS are those of `check`: the current folder without any.

    Exit status: 0 done, 2 no such flow or policy, 3 part of the input was not understood.
    """
    paths = present(paths)
    try:
        settings, registry, day = project(paths, config, as_of)
        checked = check(paths, settings, registry, day)
    except (ConfigurationError, PluginError) as error:
        raise CannotCheck(str(error)) from error
    confirm_owner(settings, checked)
    wanted, policies = _flow(flow, checked), _policies(policy, checked)
    traced = Traced(
        trace(world_of(checked.model, day), wanted, policies, registry.actions), checked, registry, everything
    )
    click.echo(import_module(_FORMATS[output]).render(traced))
    if checked.not_understood:
        click.echo("policylint: part of the input was not understood: `policylint check` says what", err=True)
        sys.exit(3)


def _flow(word: str, checked: Checked) -> Flow:
    name = word.removeprefix("flow ")
    flows = {flow.name: flow for flow in checked.model.flows}
    if name not in flows:
        raise CannotCheck(f"there is no flow {name!r}" + _known(name, flows))
    return flows[name]


def _policies(name: str | None, checked: Checked) -> tuple[Policy, ...]:
    policies = {policy.name: policy for policy in checked.model.policies}
    if name is None:
        return tuple(policies.values())
    if name not in policies:
        raise CannotCheck(f"there is no policy {name!r}" + _known(name, policies))
    return (policies[name],)


def _known(word: str, names: dict[str, Flow] | dict[str, Policy]) -> str:
    """The end of a sentence that says what is there instead."""
    near = nearest(word, names)
    if near:
        return f"; did you mean {' or '.join(map(repr, near))}?"
    shown = sorted(names)[:_MOST_NAMES]
    more = ", …" if len(names) > len(shown) else ""
    return f": there are {', '.join(shown)}{more}" if shown else ": there is none at all"
