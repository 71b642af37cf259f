"""Names of plug-ins in; all that they bring, checked against each other, out."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from policylint.frozen import Frozen
from policylint.model.values import Obligation
from policylint.rule.clashes import check_action, check_governed, check_rule, check_terms
from policylint.rule.description import Disclosures, Obligations, Rule
from policylint.rule.plugins import OURS, Plugins, Writer, guarded
from policylint.rule.plugins import PluginError as PluginError
from policylint.verdict.actions import ACTIONS, Action
from policylint.vocabulary.facet import Term
from policylint.vocabulary.words import Vocabulary, shipped

FIRST = (OURS, "policylint_policies")
"""What comes with policylint."""


class UnknownRuleError(Exception):
    """A word that selects no rule."""


class Registry(Frozen):
    """All rules by code, all actions by name, and what plug-ins add to vocabulary, policies, formats and importers."""

    rules: Mapping[str, Rule]
    actions: Mapping[str, Action]
    terms: tuple[tuple[str, Term], ...] = ()
    """Words of plug-ins, each with its facet."""
    policies: Mapping[str, Path] = MappingProxyType({})
    """The files of the policies that a configuration can name, those that come with policylint among them."""
    formats: Mapping[str, Writer] = MappingProxyType({})
    """The report formats of plug-ins."""
    importers: Mapping[str, Writer] = MappingProxyType({})
    """The importers of plug-ins, by the format that they read."""

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary that comes with policylint, with the words of plug-ins."""
        return shipped().with_terms(self.terms)

    def with_rules(self, rules: Mapping[str, Rule]) -> "Registry":
        """The same with other rules."""
        return Registry(rules, self.actions, self.terms, self.policies, self.formats, self.importers)

    @property
    def opt_in(self) -> frozenset[str]:
        """The rules that run only where they are asked for: a waiver of one that is not waives nothing."""
        return frozenset(code for code, rule in self.rules.items() if rule.opt_in)

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
    """Load what comes with policylint, and the plug-ins of a configuration.

    Raises `PluginError` where one cannot be imported, is made for another version, brings nothing, or clashes with
    another.
    """
    all_ = Plugins((*FIRST, *plugins))
    rules: dict[str, Rule] = {}
    for plugin, brought in all_.bring("policylint_rules", tuple):
        for each in brought:
            rule = check_rule(each, rules, plugin)
            rules[rule.code] = rule
    actions: dict[str, Action] = dict(ACTIONS)
    for plugin, more in all_.bring("policylint_actions", dict):
        for name, does in more.items():
            check_action(name, does, actions, plugin)
            actions[name] = guarded(plugin, name, does)
    check_governed(rules, actions)
    return Registry(
        dict(sorted(rules.items())),
        actions,
        _terms(all_),
        {name: _policy_file(name, *brought) for name, brought in _named(all_, "policylint_policies", "policy").items()},
        _writers(all_, "policylint_formats", "report format", "render"),
        _writers(all_, "policylint_importers", "importer", "convert"),
    )


def _terms(plugins: Plugins) -> tuple[tuple[str, Term], ...]:
    brought = [
        (plugin, facet, term)
        for plugin, facets in plugins.bring("policylint_terms", _by_facet)
        for facet, terms in facets.items()
        for term in terms
    ]
    return check_terms(brought, shipped()) if brought else ()


def _by_facet(brought: Mapping[str, Iterable[object]]) -> dict[str, tuple[object, ...]]:
    return {facet: tuple(terms) for facet, terms in brought.items()}


def _named(plugins: Plugins, hook: str, what: str) -> dict[str, tuple[str, str]]:
    """What several plug-ins bring by name, each with its plug-in; two of one name are refused."""
    found: dict[str, tuple[str, str]] = {}
    for plugin, more in plugins.bring(hook, dict):
        for name, value in more.items():
            if name in found:
                raise PluginError(f"the plug-in `{plugin}` brings the {what} `{name}`, which is there already")
            found[name] = plugin, value
    return dict(sorted(found.items()))


def _policy_file(name: str, plugin: str, path: str) -> Path:
    if not (Path(path).is_file() and str(path).endswith(".policy")):
        raise PluginError(f"the plug-in `{plugin}` brings the policy `{name}`, but {path} is no policy file")
    return Path(path)


def _writers(plugins: Plugins, hook: str, what: str, function: str) -> dict[str, Writer]:
    brought = _named(plugins, hook, what).items()
    return {name: Writer(what, name, plugin, module, function) for name, (plugin, module) in brought}
