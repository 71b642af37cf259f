"""Settings in; what each key is and which file wrote it, as text and as JSON, out."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from policylint.config.settings import Settings
from policylint.report.harmless import harmless
from policylint.source.files import shown

VERSION = 1
"""Grows when a field changes its meaning or goes; new fields may come without."""


class Value(NamedTuple):
    """A key's value, ready for JSON, and the files that wrote it; without any it is what holds by default."""

    value: Any
    files: tuple[str, ...]


def values(settings: Settings) -> dict[str, Value]:
    """All keys, in the order of the documentation, with paths as they are seen from the current folder."""
    plain: dict[str, Any] = {
        "owner": settings.owner,
        "policies": list(settings.policies),
        "policy-texts": [shown(folder) for folder in settings.text_folders],
        "plugins": list(settings.plugins),
        "select": list(settings.select),
        "extend-select": list(settings.extend_select),
        "ignore": list(settings.ignore),
        "severity": {word: severity.value for word, severity in settings.severity},
        "not-waivable": list(settings.not_waivable),
        "per-file-ignores": _ignores(settings),
        "exclude": [each.pattern for each in settings.exclude],
        "baseline": shown(settings.baseline) if settings.baseline else None,
        "as-of": settings.as_of.isoformat() if settings.as_of else None,
        "fail-on": settings.fail_on,
    }
    files = {key: tuple(map(shown, origin)) for key, origin in settings.origins.items()}
    return {key: Value(value, files.get(key, ())) for key, value in plain.items()}


def _ignores(settings: Settings) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in settings.per_file_ignores:
        found.setdefault(each.files.pattern, []).extend(each.rules)
    return found


_DEFAULTS = {
    "owner": "the party that the policies bind",
    "policies": "those among the files",
    "policy-texts": "beside each policy",
    "select": "all rules that are not opt-in",
    "baseline": "none",
    "as-of": "today",
}


def render(settings: Settings, path: str) -> str:
    """For people: `key = value  # file`, in the words of a configuration file."""
    return "\n".join(harmless(line) for line in _lines(settings, path))


def _lines(settings: Settings, path: str) -> Iterator[str]:
    if settings.file is None:
        yield f"# no configuration file holds for {path}"
    else:
        extended = "".join(f", which extends {shown(file)}" for file in settings.extended)
        yield f"# for {path}: {shown(settings.file)}{extended}"
    for file in settings.policy_files:
        yield f"# policy file: {shown(file)}"
    told = [(_told(key, value.value), value.files) for key, value in values(settings).items()]
    width = min(60, max(len(text) for text, _ in told))
    for text, files in told:
        yield f"{text:{width}}  # {' and '.join(files) if files else 'default'}"


def _told(key: str, value: Any) -> str:
    if not value and key in _DEFAULTS:
        return f"{key}: {_DEFAULTS[key]}"
    if isinstance(value, dict):
        pairs = ", ".join(f"{json.dumps(name)} = {_quoted(each)}" for name, each in value.items())
        return f"{key} = {{ {pairs} }}" if value else f"{key} = {{}}"
    return f"{key} = {_quoted(value)}"


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def render_json(settings: Settings, path: str) -> str:
    """For programs."""
    content = {
        "version": VERSION,
        "for": path,
        "file": shown(settings.file) if settings.file else None,
        "extends": [shown(file) for file in settings.extended],
        "policy_files": [shown(file) for file in settings.policy_files],
        "values": {key: {"value": value.value, "from": list(value.files)} for key, value in values(settings).items()},
    }
    return json.dumps(content, indent=2, ensure_ascii=False)
