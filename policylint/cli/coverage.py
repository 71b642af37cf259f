"""`policylint coverage`: lay a policy beside its text, and show what is enforced and what nobody has looked at."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

import click

from policylint.citation.coverage import Coverage, coverage
from policylint.cli.policies import CONFIG, TEXT, Policies, existing, read_policies, with_texts
from policylint.cli.refusal import CannotCheck
from policylint.config.settings import ConfigurationError, Settings, load
from policylint.model.values import Policy
from policylint.source.files import read

_FORMATS: Mapping[str, tuple[str, str]] = {
    "table": ("policylint.report.coverage_table", "render"),
    "json": ("policylint.report.coverage_json", "render"),
    "markdown": ("policylint.report.coverage_table", "render_markdown"),
    "html": ("policylint.report.coverage_html", "render"),
}


@click.command("coverage")
@click.argument("policy")
@click.option("--output-format", "output", type=click.Choice(list(_FORMATS)), default="table", show_default=True)
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit with status 1 where less of the text is covered.",
)
@TEXT
@CONFIG
def command(policy: str, output: str, fail_under: float | None, text: Path | None, config: Path | None) -> None:
    """Show for each passage of a POLICY's text which clauses cite it and what they enforce.

    POLICY is a policy file, or the name of a policy: of this project, of its configuration, or that comes with
    policylint. The text is looked for beside the file, then in the folders of `policy-texts`.

    Exit status: 0 done, 1 less than --fail-under is covered, 2 no policy or no text, 3 the policy was not understood.
    """
    file = Path(policy)
    try:
        settings = load(file.parent if file.is_file() else Path(), config)
        policies, chosen = _chosen(policy, settings)
    except ConfigurationError as error:
        raise CannotCheck(str(error)) from error
    alone = Policies((chosen,), policies.sources)
    laid = coverage(chosen, with_texts(alone, settings, text), policies.sources[chosen.span.path].text)
    click.echo(_rendered(laid, output))
    if fail_under is not None and laid.totals.percent < fail_under:
        click.echo(f"policylint: less than {fail_under:g} % of the text is covered", err=True)
        sys.exit(1)


def _chosen(word: str, settings: Settings) -> tuple[Policies, Policy]:
    """The policy that is meant; one file may hold several, and then the name says which."""
    file = Path(word)
    if file.is_file() or file.suffix == ".policy" or "/" in word:
        existing((file,))
        policies = read_policies((file,), settings)
        found = policies.all
        if len(found) != 1:
            names = ", ".join(policy.name for policy in found) or "none"
            raise CannotCheck(f"{word!r} holds {len(found)} policies ({names}): name the policy instead of the file")
        return policies, found[0]
    project = [Path(text.path) for text in read((Path(),), settings.exclude, settings.root).texts]
    own = [path for path in (*project, *settings.policy_files) if path.suffix == ".policy"]
    policies = read_policies(own, settings, word)
    named = next((policy for policy in policies.all if policy.name == word), None)
    if named is not None:
        return policies, named
    folder = Path(import_module("policylint_policies").__path__[0])
    if not (folder / f"{word}.policy").is_file():
        known = sorted({policy.name for policy in policies.all} | {path.stem for path in folder.glob("*.policy")})
        raise CannotCheck(f"there is no policy {word!r}; the policies at hand are: {', '.join(known)}")
    policies = read_policies((folder / f"{word}.policy",), settings)
    return policies, policies.all[0]


def _rendered(laid: Coverage, output: str) -> str:
    module, function = _FORMATS[output]
    render: Callable[[Coverage], str] = getattr(import_module(module), function)
    try:
        return render(laid)
    except ModuleNotFoundError as error:
        raise CannotCheck(str(error)) from error
