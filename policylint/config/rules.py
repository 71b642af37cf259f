"""Settings and all rules in; the rules as these settings want them, or the word that means none of them, out."""

from collections.abc import Mapping, Set

from policylint.config.error import ConfigurationError
from policylint.config.settings import Settings
from policylint.finding.finding import Severity
from policylint.rule.registry import Registry, UnknownRuleError
from policylint.source.files import shown
from policylint.source.patterns import Exclusion
from policylint.vocabulary.words import nearest


def tuned(registry: Registry, settings: Settings) -> Registry:
    """The rules with the configured severities, and not waivable where that is configured."""
    severities: dict[str, Severity] = {}
    for word, severity in settings.severity:
        severities |= dict.fromkeys(_codes(registry, word), severity)
    strict = {code for word in settings.not_waivable for code in _codes(registry, word)}
    rules = {
        code: rule._replace(severity=severities.get(code, rule.severity), waivable=rule.waivable and code not in strict)
        for code, rule in registry.rules.items()
    }
    return registry.with_rules(rules) if severities or strict else registry


def mistaken(registry: Registry) -> frozenset[str]:
    """The codes of the rules that report what was not understood."""
    return frozenset(code for code, rule in registry.rules.items() if rule.reports_mistakes)


def ignored_in_files(registry: Registry, settings: Settings) -> tuple[tuple[Exclusion, Set[str]], ...]:
    """Patterns, and the codes of the rules whose findings do not count in the files that match.

    INVARIANT: never a rule that reports what was not understood; other findings may be lacking because of it.
    """
    return tuple(
        (each.files, {code for word in each.rules for code in _codes(registry, word)} - mistaken(registry))
        for each in settings.per_file_ignores
    )


def check_words(registry: Registry, settings: Settings) -> None:
    """Raise `ConfigurationError` for the first word in a configuration that means no rule."""
    for key, words in _words(settings).items():
        word = first_unknown(registry, words)
        if word is not None:
            files = " or ".join(shown(file) for file in settings.origins.get(key, ()))
            raise ConfigurationError(f"{files}: `{key}` names {unknown(registry, word)}")


def unknown(registry: Registry, word: str) -> str:
    """A word that means no rule, and what may have been meant, for the end of a sentence."""
    near = nearest(word, registry.words())
    hint = f"did you mean {near[0]!r}?" if near else "`policylint rules` lists them"
    return f"{word!r}, but there is no such rule: {hint}"


def _words(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    return {
        "select": settings.select,
        "extend-select": settings.extend_select,
        "ignore": settings.ignore,
        "severity": tuple(word for word, _ in settings.severity),
        "not-waivable": settings.not_waivable,
        "per-file-ignores": tuple(word for each in settings.per_file_ignores for word in each.rules),
    }


def first_unknown(registry: Registry, words: tuple[str, ...]) -> str | None:
    """The first of some words that means no rule."""
    return next((word for word in words if not _is_known(registry, word)), None)


def _is_known(registry: Registry, word: str) -> bool:
    try:
        return bool(_codes(registry, word))
    except UnknownRuleError:
        return False


def _codes(registry: Registry, word: str) -> frozenset[str]:
    return registry.selected((word,), (), ())
