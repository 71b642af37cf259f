"""The policies that come with policylint, understood once; the real check of a small project against one of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from unittest.mock import patch

import policylint.check
from policylint.check import check_texts
from policylint.config.settings import Settings
from policylint.finding.finding import Finding
from policylint.model.build import Vocation, build
from policylint.model.values import Clause, Disclosure, Obligation, Policy
from policylint.rule.registry import load
from policylint.source.files import Reading
from policylint.source.mistake import Mistake
from policylint.source.policy_texts import Shelf
from policylint.source.text import SourceText
from policylint.syntax.parser import parse
from policylint.vocabulary.words import shipped

FOLDER = Path(__file__).parents[2] / "policies"
NAMES = ("jen", "jensii", "getjenny", "jiq", "jector")
DAY = date(2026, 1, 1)
"""The day of all checks, so that no later change of an adequacy list changes a pair."""

REGISTRY = load(())
WORDS = shipped()
_NO_SETTINGS = Settings(FOLDER)
_parse_once = cache(parse)


@dataclass(frozen=True)
class Shipped:
    """A policy with its file."""

    name: str

    @cached_property
    def source(self) -> SourceText:
        return SourceText(f"{self.name}.policy", (FOLDER / f"{self.name}.policy").read_text(encoding="utf-8"))

    @cached_property
    def understood(self) -> tuple[Policy, tuple[Mistake, ...]]:
        """The policy beside the one party that it binds, and what of it was not understood."""
        party = SourceText("parties.flow", f"party {self.name} {{ }}\n")
        files = [_parse_once(self.source), _parse_once(party)]
        vocation = Vocation(REGISTRY.actions.keys(), REGISTRY.words())
        model, mistakes = build(files, WORDS, vocation, None)
        return model.policies[0], (*files[0].mistakes, *mistakes)

    @property
    def policy(self) -> Policy:
        return self.understood[0]

    def check(self, flows: str) -> tuple[Finding, ...]:
        """What the real check finds in a project; only the parsing of the policy is kept from one check to the next."""
        reading = Reading((self.source, SourceText("project.flow", flows)), ())
        with patch.object(policylint.check, "parse_all", lambda texts: [_parse_once(text) for text in texts]):
            return check_texts(reading, _NO_SETTINGS, REGISTRY, DAY, Shelf()).findings

    def said(self, part: Obligation | Disclosure) -> str:
        """An obligation or a list as the file has it, in one line."""
        lines = self.source.text[part.span.start : part.span.end].splitlines()
        return " ".join(" ".join(line.partition("#")[0].split()) for line in lines)


@cache
def policy(name: str) -> Shipped:
    return Shipped(name)


def numbered(name: str, clauses: Sequence[Clause]) -> list[str]:
    """An id such as `jen:5-1#1` for each part of a policy, given the clauses that the parts belong to."""
    seen: Counter[str] = Counter()
    ids: list[str] = []
    for clause in clauses:
        seen[clause.section] += 1
        ids.append(f"{name}:{clause.section}#{seen[clause.section]}")
    return ids
