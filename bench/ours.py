"""Texts in; what policylint makes of them out. The only module here that knows policylint's inside."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from policylint.cache.seal import folder_of_user
from policylint.check import check_texts
from policylint.cli.project import Project as Checking
from policylint.cli.project import project as checking
from policylint.finding.finding import Certainty
from policylint.graph.travel import Travel
from policylint.model.build import Model, Vocation, build
from policylint.rule.judging import judge
from policylint.source.files import Reading
from policylint.source.text import Chunk, SourceText
from policylint.syntax.builder import Builder
from policylint.syntax.formatter import formatted
from policylint.syntax.parser import File, chunks, parse_all
from policylint.vocabulary.words import shipped

DAY = date(2026, 11, 22)
Texts = Sequence[tuple[str, str]]
"""Paths, each with the file's text."""


# Words


@cache
def above(facet: str, word: str) -> frozenset[str]:
    """The words that a word lies at or below."""
    return shipped()[facet].above(word)


def words(facet: str) -> list[str]:
    """The words of a facet."""
    return list(shipped()[facet].terms)


def canonical(path: str, text: str) -> str:
    """A text as `policylint fmt` writes it."""
    return formatted(path, text, lambda place: place.upper())


# Stages. Each is given what the one before it made, and times nothing.


def sources(texts: Texts) -> list[SourceText]:
    """What the parser is given."""
    return [SourceText(path, text, path) for path, text in texts]


def parsed(texts: Sequence[SourceText]) -> list[File]:
    """Text to facts."""
    return parse_all(texts)


def declared(files: Sequence[File]) -> int:
    """How many declarations were read; raises where one was not."""
    if any(file.mistakes for file in files):
        raise ValueError("policylint did not understand the generated project")
    return sum(len(file.declarations) for file in files)


def model(files: Sequence[File]) -> Model:
    """Facts to meaning."""
    registry = _checking().registry
    vocation = Vocation(registry.actions.keys(), registry.words())
    made, mistakes = build(files, registry.vocabulary, vocation, None)
    if mistakes:
        raise ValueError(f"policylint did not understand the generated project: {mistakes[0].message}")
    return made


def judged(made: Model) -> Any:
    """Meaning to verdicts: all promises for all flows."""
    return judge(made, (), _checking().registry, DAY)


def broken(verdicts: Any) -> dict[str, int]:
    """How many flows break each promise for certain; raises where an answer is maybe."""
    breaches = [each for found in verdicts.judged.breaches.values() for each in found]
    if any(each.certainty is not Certainty.CERTAIN for each in breaches):
        raise ValueError("a promise may be broken: the generated project does not declare every fact")
    return dict(Counter(each.clause.section for each in breaches))


def checked(texts: Sequence[SourceText]) -> Any:
    """Text to findings: all rules that run by default."""
    settings, registry, _ = _checking()
    return check_texts(Reading(tuple(texts), ()), settings, registry, DAY)


def found(result: Any) -> dict[str, int]:
    """How many flows break each promise, as findings say it."""
    return dict(Counter(each.clause for each in result.findings if each.clause))


def travelled(made: Model) -> int:
    """How many subjects came to all items of all flows that name none."""
    travel = Travel(made.words, made.flows, made.nodes)
    return sum(mark.bit_count() for flow in made.flows if not flow.subjects for mark in travel.marks(flow))


@cache
def _checking() -> Checking:
    """Settings and rules of a folder without a configuration."""
    return checking((Path("/"),), None, DAY.isoformat())


def warm_up() -> None:
    """Load all that is loaded once per process: rules, words, the grammar's tables. Nothing of a project is known.

    What the parser said of it in an earlier round is forgotten, too.
    """
    for known in Path(folder_of_user()).glob("known-*"):
        known.unlink()
    texts = sources([("warm-up.flow", 'party warm_up "Warm-up" { is client  in AQ }\n')])
    checked(texts)


# The same, read by Lark as it comes


def declarations(texts: Texts) -> list[Chunk]:
    """The declarations of texts, unread: what Lark is given one by one."""
    return [chunk for source in sources(texts) for chunk in chunks(source)]


def grammar() -> str:
    """The grammar's text."""
    return Path(import_module("policylint_grammar").__path__[0], "policylint.lark").read_text(encoding="utf-8")


def builder() -> Builder:
    """What makes declarations of what Lark matched."""
    return Builder()


# The command


def command(*arguments: str) -> list[str]:
    """`policylint check`, as a shell would start it."""
    return [str(Path(sys.executable).with_name("policylint")), "check", *arguments]


@cache
def knows(option: str) -> bool:
    """Whether `policylint check` has an option; ends the run where the command does not even start."""
    listed = subprocess.run(command("--help"), capture_output=True, encoding="utf-8", check=False)
    if listed.returncode:
        sys.exit(f"policylint does not start: {listed.stderr.strip().splitlines()[-1]}")
    return option in listed.stdout
