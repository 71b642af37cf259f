"""Names of plug-ins in; the rules and actions they bring, checked against each other, out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

import pluggy

from policylint.model.values import Obligation
from policylint.rule.description import API, Disclosures, Obligations, Rule
from policylint.rule.hooks import PROJECT, Hooks
from policylint.verdict.actions import ACTIONS, Action

FIRST = "policylint_rules"
"""The rules that come with policylint: the first plug-in, loaded like any other."""


class UnknownRuleError(Exception):
    """A word that selects no rule."""


class PluginError(Exception):
    """A plug-in that cannot be used: policylint does not check with less than it was told to."""


@dataclass(frozen=True)
class Registry:
    """All rules by code, and all actions by name."""

    rules: Mapping[str, Rule]
    actions: Mapping[str, Action]

    def find(self, word: str) -> Rule | None:
        """The rule with a code or name."""
        return self.rules.get(word.upper()) or next((rule for rule in self.rules.values() if rule.name == word), None)

    def words(self) -> Mapping[str, str]:
        """Codes and names of rules, each with the code."""
        return {**{code: code for code in self.rules}, **{rule.name: code for code, rule in self.rules.items()}}

    def rule_for(self, obligation: Obligation) -> Rule:
        """The rule that reports an obligation: the most particular one of those that govern it."""
        governing = [
            (rule.governs.rank, rule)
            for rule in self.rules.values()
            if isinstance(rule.governs, Obligations) and rule.governs.cover(obligation)
        ]
        return max(governing, key=lambda pair: pair[0])[1]

    def rule_for_list(self, facet: str) -> Rule:
        """The rule that reports what is not disclosed in a facet."""
        return next(rule for rule in self.rules.values() if rule.governs == Disclosures(facet))

    def selected(self, select: Sequence[str], extend: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
        """The codes of the rules that run: by code, name or the beginning of a code.

        Without `select` these are all that are not opt-in.
        Raises `UnknownRuleError` for a word that selects nothing.
        """
        chosen = self._matching(select) if select else {code for code, rule in self.rules.items() if not rule.opt_in}
        return frozenset((chosen | self._matching(extend)) - self._matching(ignore))

    def _matching(self, words: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for word in words:
            prefix = word.upper()
            matches = {
                code
                for code, rule in self.rules.items()
                if word == "ALL" or rule.name == word or code.startswith(prefix)
            }
            if not matches or not prefix:
                raise UnknownRuleError(word)
            found |= matches
        return found


def load(plugins: Sequence[str]) -> Registry:
    """Load the rules that come with policylint, and the plug-ins of a configuration.

    Raises `PluginError` where one cannot be imported, is made for another version, brings nothing, or clashes with
    another.
    """
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    for name in dict.fromkeys((FIRST, *plugins)):
        manager.register(_imported(name), name)
    rules: dict[str, Rule] = {}
    for brought in reversed(manager.hook.policylint_rules()):
        for rule in brought:
            _check(rule, rules)
            rules[rule.code] = rule
    actions = dict(ACTIONS)
    for more in reversed(manager.hook.policylint_actions()):
        taken = next((name for name in more if name in actions), None)
        if taken:
            raise PluginError(f"two plug-ins bring the action `{taken}`: leave one of them out")
        actions.update(more)
    _check_governed(rules, actions)
    return Registry(dict(sorted(rules.items())), actions)


def _imported(name: str) -> ModuleType:
    try:
        module = import_module(name)
    except Exception as error:  # a plug-in may fail in any way at all; it is never left out in silence
        raise PluginError(f"the plug-in `{name}` cannot be loaded: {type(error).__name__}: {error}") from error
    wanted = getattr(module, "API", None)
    if wanted != API:
        raise PluginError(
            f"the plug-in `{name}` is made for API {wanted}; this is API {API}: install a version that fits"
        )
    if not any(hasattr(module, hook) for hook in ("policylint_rules", "policylint_actions")):
        raise PluginError(f"the plug-in `{name}` brings nothing: it has no function `policylint_rules`")
    return module


def _check(rule: object, rules: Mapping[str, Rule]) -> None:
    if not isinstance(rule, Rule):
        raise PluginError(f"a plug-in brings {rule!r} as a rule: decorate the function with `@rule(…)`")
    if rule.code in rules or any(rule.name == other.name for other in rules.values()):
        raise PluginError(f"two rules are called `{rule.code}` or `{rule.name}`: rename one of them")
    if not rule.page.is_file():
        raise PluginError(f"the rule `{rule.name}` has no page: write `{rule.page.name}` beside it")


def _check_governed(rules: Mapping[str, Rule], actions: Iterable[str]) -> None:
    """Every action needs rules that report its obligations, else a broken one would be silence."""
    for action in actions:
        for kind in ("forbid", "require"):
            covered = any(
                isinstance(rule.governs, Obligations)
                and rule.governs.stating is None
                and rule.governs.kind == kind
                and action in rule.governs.actions
                for rule in rules.values()
            )
            if not covered:
                raise PluginError(f"no rule reports `{kind} {action}`: add one that governs it")
