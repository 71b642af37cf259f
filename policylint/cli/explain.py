"""`policylint explain RULE|POLICY:SECTION`: print a rule's page, or what a clause says and who reports it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from policylint.citation.texts import cite
from policylint.cli.project import existing
from policylint.cli.refusal import CannotCheck
from policylint.config.settings import ConfigurationError, Settings, load
from policylint.model.build import Vocation, build
from policylint.model.values import Policy
from policylint.report.clause import render
from policylint.rule.registry import PluginError, Registry
from policylint.rule.registry import load as load_registry
from policylint.source.files import read
from policylint.source.policy_texts import Shelf
from policylint.source.text import SourceText
from policylint.syntax.parser import parse
from policylint.vocabulary.words import nearest

_MOST_NAMES = 12


@click.command("explain")
@click.argument("what", metavar="RULE|POLICY:SECTION")
@click.option("--config", type=click.Path(path_type=Path), help="Use this configuration file.")
def command(what: str, config: Path | None) -> None:
    """Explain a rule, or a clause of a policy.

    A RULE is given by its code or name: what it finds, why it matters, what to write instead. Of a clause is said what
    it means, what it cites, what it obliges to, and which rules report that; the POLICY is one of this project, or one
    that comes with policylint or a plug-in.

    Exit status: 0 done, 2 there is no such rule or clause.
    """
    try:
        settings = load(Path(), existing(config))
        registry = load_registry(settings.plugins)
    except (ConfigurationError, PluginError) as error:
        raise CannotCheck(str(error)) from error
    click.echo(_clause(what, settings, registry) if ":" in what else _page(what, registry))


def _page(word: str, registry: Registry) -> str:
    found = registry.find(word)
    if found is None:
        near = nearest(word, registry.words())
        raise CannotCheck(f"there is no rule {word!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    return found.page.read_text(encoding="utf-8").rstrip()


def _clause(what: str, settings: Settings, registry: Registry) -> str:
    name, _, section = what.partition(":")
    policies, sources = _read((Path(), *settings.policy_files), settings, registry)
    if name not in policies and name in registry.policies:
        policies, sources = _read((registry.policies[name],), settings, registry)
    policy = policies.get(name)
    if policy is None:
        raise CannotCheck(f"there is no policy {name!r}" + _instead(name, {*policies, *registry.policies}))
    clauses = {clause.section: clause for clause in policy.clauses}
    if section not in clauses:
        raise CannotCheck(f"the policy {name!r} has no clause {section!r}" + _instead(section, clauses))
    citations = cite((policy,), Shelf(folders=settings.text_folders))
    clause = clauses[section]
    return render(policy, clause, sources[policy.span.path], citations.citation(clause), registry)


def _read(
    paths: Sequence[Path], settings: Settings, registry: Registry
) -> tuple[dict[str, Policy], dict[str, SourceText]]:
    """The policies among all that is read; what was not understood is for `check` to say."""
    reading = read(paths, settings.exclude, settings.root)
    files = [parse(text) for text in reading.texts]
    vocation = Vocation(registry.actions.keys(), registry.words())
    model, _ = build(files, registry.vocabulary, vocation, settings.owner)
    return {policy.name: policy for policy in model.policies}, {text.path: text for text in reading.texts}


def _instead(word: str, known: Iterable[str]) -> str:
    """The end of a sentence that says what is there."""
    names = sorted(known)
    near = nearest(word, names)
    near = near or [name for name in names if name.startswith(word)][:_MOST_NAMES]
    if near:
        return f"; did you mean {' or '.join(map(repr, near))}?"
    more = ", …" if len(names) > _MOST_NAMES else ""
    return f": there are {', '.join(names[:_MOST_NAMES])}{more}" if names else ": there is none at all"
