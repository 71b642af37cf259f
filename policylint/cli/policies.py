"""Policy files and an option in; the policies in them with their texts, or a refusal with a place, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from policylint.citation.texts import Citations, PolicyText, cite
from policylint.cli.refusal import CannotCheck
from policylint.config.settings import Settings
from policylint.model.build import Vocation, build
from policylint.model.values import Policy
from policylint.rule.registry import PluginError
from policylint.rule.registry import load as load_registry
from policylint.source.files import read
from policylint.source.mistake import Mistake, MistakeKind
from policylint.source.policy_texts import Shelf, Unreadable, read_policy_text
from policylint.source.text import SourceText, Span
from policylint.syntax.parser import parse

_FATAL = (MistakeKind.SYNTAX, MistakeKind.DUPLICATE_NAME)
"""What makes it doubtful which clause says what. Whether the names in it exist does not matter to its text."""


class NotUnderstood(CannotCheck):
    """Part of the input was not understood: exit status 3."""

    exit_code = 3


@dataclass(frozen=True)
class Policies:
    """The policies of some files, and the files."""

    all: tuple[Policy, ...]
    sources: dict[str, SourceText]

    def at(self, span: Span) -> str:
        """A place, for the beginning of a line of output."""
        line, column = self.sources[span.path].position(span.start)
        return f"{span.path}:{line}:{column}"


def read_policies(files: Sequence[Path], settings: Settings, only: str | None = None) -> Policies:
    """Read policy files; a mistake in one of them (or in the `only` one that is wanted) is an error with its place."""
    reading = read(files, (), settings.root)
    sources = {text.path: text for text in reading.texts}
    parsed = [parse(text) for text in reading.texts]
    try:
        registry = load_registry(settings.plugins)
    except PluginError as error:
        raise CannotCheck(str(error)) from error
    vocation = Vocation(registry.actions.keys(), registry.words())
    model, mistakes = build(parsed, registry.vocabulary, vocation, settings.owner)
    mistakes = (*reading.mistakes, *(each for file in parsed for each in file.mistakes), *mistakes)
    wanted = None if only is None else f"policy {only}"
    fatal = [each for each in mistakes if each.kind in _FATAL and wanted in (None, each.declaration)]
    if fatal:
        raise NotUnderstood("\n".join(_told(mistake, sources) for mistake in fatal))
    return Policies(model.policies, sources)


def _told(mistake: Mistake, sources: dict[str, SourceText]) -> str:
    source = sources.get(mistake.span.path)
    line, column = source.position(mistake.span.start) if source else (1, 1)
    first = mistake.first
    if first is not None and first.path in sources:
        where = f"{first.path}:{sources[first.path].position(first.start).line}"
        return f"{mistake.span.path}:{line}:{column}: {mistake.message} (the first one: {where})"
    return f"{mistake.span.path}:{line}:{column}: {mistake.message}"


def with_texts(policies: Policies, settings: Settings, text: Path | None) -> Citations:
    """The policies' texts: the named one, those in the named folder, or where the configuration looks for them."""
    all_ = policies.all
    if text is not None and not text.is_dir():
        if len(all_) != 1:
            raise CannotCheck(
                f"--text names one text, but there are {len(all_)} policies: name the folder of their texts"
            )
        found = read_policy_text(text) if text.is_file() else Unreadable(str(text), "there is no such file")
        if isinstance(found, Unreadable):
            raise CannotCheck(f"{found.path}: cannot read this text: {found.reason}")
        return Citations(all_, {all_[0].name: PolicyText(found)})
    folders = (*([text] if text else []), *settings.text_folders)
    citations = cite(all_, Shelf(folders=folders))
    for policy in all_:
        if policy.text is None:
            wanted = 'add `text "…"` to it, or use --text'
            raise CannotCheck(f"{policies.at(policy.span)}: the policy `{policy.name}` names no text: {wanted}")
        unreadable = citations.unreadable.get(policy.name)
        if unreadable:
            raise CannotCheck(f"{policies.at(policy.text.span)}: cannot read `{unreadable.path}`: {unreadable.reason}")
        if policy.name not in citations.texts:
            where = Shelf(folders=folders).places
            problem = f"the text `{policy.text.text}` is not at hand ({where}): use --text, or set `policy-texts`"
            raise CannotCheck(f"{policies.at(policy.text.span)}: {problem}")
    return citations


def existing(files: Sequence[Path]) -> None:
    """Refuse files that are not there, or are no policies."""
    for file in files:
        if not file.is_file():
            raise CannotCheck(f"there is no file {str(file)!r}")
        if file.suffix != ".policy":
            raise CannotCheck(f"{str(file)!r} is no policy file: its name does not end with `.policy`")


TEXT = click.option(
    "--text", type=click.Path(path_type=Path), help="The policy's text (.txt, .md or .html), or the folder it lies in."
)
CONFIG = click.option("--config", type=click.Path(path_type=Path), help="Use this configuration file.")
