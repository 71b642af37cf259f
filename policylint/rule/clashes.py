"""What plug-ins bring in; a refusal of what cannot stand beside the rest out: nothing is silently without effect."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policylint.model.policies import DISCLOSED
from policylint.rule.description import Disclosures, Obligations, Rule
from policylint.rule.plugins import PluginError
from policylint.vocabulary.facet import FACETS, MEASURES, Term
from policylint.vocabulary.words import Vocabulary

_CODE = re.compile(r"[A-Z]+[0-9]+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_WORD = re.compile(rf"{_NAME.pattern}(\.{_NAME.pattern})*")
_IDENTITIES = (None, "personal", "open", "none")


def check_rule(rule: object, rules: Mapping[str, Rule], plugin: str) -> Rule:
    """A rule that has a code, a name and a page, and shares none of them with another."""
    if not isinstance(rule, Rule):
        raise PluginError(f"the plug-in `{plugin}` brings {rule!r} as a rule: decorate the function with `@rule(…)`")
    if not _CODE.fullmatch(rule.code) or not _NAME.fullmatch(rule.name):
        raise PluginError(
            f"the rule `{rule.name}` has the code `{rule.code}`: a code is capitals and a number, as in `XX001`"
        )
    if rule.code in rules or any(rule.name == other.name for other in rules.values()):
        raise PluginError(f"two rules are called `{rule.code}` or `{rule.name}`: rename one of them")
    if not rule.page.is_file():
        raise PluginError(f"the rule `{rule.name}` has no page: write `{rule.page.name}` beside it")
    return rule


def check_action(name: str, does: object, actions: Mapping[str, object], plugin: str) -> None:
    """An action that can be written in a policy, and that nobody else brings."""
    if name in actions:
        raise PluginError(f"two plug-ins bring the action `{name}`: leave one of them out")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or not callable(does):
        raise PluginError(f"the plug-in `{plugin}` brings {name!r} as an action: give a name and its function")


def check_governed(rules: Mapping[str, Rule], actions: Iterable[str]) -> None:
    """Everything that policies can say is reported by one rule: by none would be silence, by two a matter of luck."""
    actions = list(actions)
    owners: dict[tuple[str, str, str | None], Rule] = {}
    for rule in rules.values():
        if isinstance(rule.governs, Disclosures) and rule.governs.facet not in DISCLOSED:
            raise PluginError(
                f"the rule `{rule.name}` governs the facet `{rule.governs.facet}`, which is never disclosed"
            )
        for claim in _claims(rule):
            kind, what, _ = claim
            if kind != "disclose" and what not in (*actions, ""):
                raise PluginError(f"the rule `{rule.name}` governs the action `{what}`, which nobody brings")
            other = owners.setdefault(claim, rule)
            if other is not rule:
                both = f"`{other.name}` and `{rule.name}`"
                raise PluginError(f"two rules report `{kind} {what}`, {both}: leave one of them out")
    for action in actions:
        for kind in ("forbid", "require"):
            if (kind, action, None) not in owners:
                raise PluginError(f"no rule reports `{kind} {action}`: add one that governs it")


def _claims(rule: Rule) -> Iterator[tuple[str, str, str | None]]:
    """What a rule reports, piece by piece; no action at all stands for all of them."""
    governs = rule.governs
    if isinstance(governs, Disclosures):
        yield "disclose", governs.facet, None
    elif isinstance(governs, Obligations):
        for kind in (governs.kind,) if governs.kind else ("forbid", "require"):
            yield from ((kind, action, governs.stating) for action in governs.actions or ("",))


def check_terms(brought: Sequence[tuple[str, str, object]], shipped: Vocabulary) -> tuple[tuple[str, Term], ...]:
    """Words with their facets, each new and each below a word that is there. `brought`: plug-in, facet, word."""
    found: dict[tuple[str, str], Term] = {}
    for plugin, facet, term in brought:
        if facet not in FACETS:
            raise PluginError(f"the plug-in `{plugin}` brings words of `{facet}`: the facets are {', '.join(FACETS)}")
        if not isinstance(term, Term) or not _WORD.fullmatch(term.key) or term.identity not in _IDENTITIES:
            raise PluginError(f"the plug-in `{plugin}` brings {term!r} as a word: give a `Term` whose key is a name")
        key = term.key.upper() if facet == "place" else term.key
        # A name means one thing among all measures.
        facets = MEASURES if facet in MEASURES else (facet,)
        if key != term.key or any((each, key) in found or shipped[each].find(key) for each in facets):
            raise PluginError(f"the plug-in `{plugin}` brings the word `{term.key}`, which is taken: choose another")
        found[facet, key] = term
    for (facet, key), term in found.items():
        for needed in (shipped[facet].prefix(key), *sorted(term.members)):
            if needed and not shipped[facet].find(needed) and (facet, needed) not in found:
                raise PluginError(f"the word `{key}` of a plug-in needs the {facet} term `{needed}`: bring that too")
    return tuple((facet, term) for (facet, _), term in found.items())
