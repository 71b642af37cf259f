"""The raw table of a configuration file in; its values, every key known and every type right, out.

The same table of keys makes the JSON Schema that editors complete and check `policylint.toml` with: `schema.json`,
beside this. The values are checked by the engine of pydantic alone: its models take 60 ms more to load.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from pydantic_core import CoreSchema, SchemaValidator, ValidationError, core_schema

from policylint.config.error import ConfigurationError

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _day(value: object) -> date:
    """A day as TOML has it, or in quotes; nothing that merely could be read as one, such as a number of seconds."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return date.fromisoformat(value)
    raise ValueError


_TEXT = core_schema.str_schema(strict=True, min_length=1)
_TEXTS = core_schema.tuple_variable_schema(_TEXT)
_DAY = core_schema.no_info_before_validator_function(_day, core_schema.date_schema())


class Key(NamedTuple):
    """What a key holds, what it is for, and what holds without it, where that can be written."""

    kind: CoreSchema
    about: str
    default: Any = None


TABLE: Mapping[str, Key] = {
    "extends": Key(_TEXT, "A configuration file whose keys hold where this one has none."),
    "owner": Key(_TEXT, "The party that services without `of` belong to."),
    "policies": Key(_TEXTS, "Policies to check against: names of shipped ones, files, globs.", ()),
    "policy-texts": Key(_TEXTS, "Folders with the texts of policies, besides each policy's own folder.", ()),
    "plugins": Key(_TEXTS, "Python modules that bring rules or actions.", ()),
    "select": Key(_TEXTS, "Rules to run: codes, names, or the beginning of codes.", ()),
    "extend-select": Key(_TEXTS, "Rules to run besides the default ones.", ()),
    "ignore": Key(_TEXTS, "Rules not to run.", ()),
    "severity": Key(
        core_schema.dict_schema(_TEXT, core_schema.literal_schema(["error", "warning"])),
        "The severity of a rule's certain findings, by code, name, or the beginning of codes.",
        {},
    ),
    "not-waivable": Key(_TEXTS, "Rules whose findings nobody may waive.", ()),
    "per-file-ignores": Key(
        core_schema.dict_schema(_TEXT, _TEXTS), "Rules whose findings do not count in files, by patterns.", {}
    ),
    "exclude": Key(_TEXTS, "What not to read, in the syntax of .gitignore.", ()),
    "baseline": Key(_TEXT, "The file with findings that were there before."),
    "as-of": Key(_DAY, "The day whose places, adequacy lists and waivers hold."),
    "fail-on": Key(
        core_schema.literal_schema(["error", "warning", "never"]),
        "The least severity that makes the exit status 1.",
        "error",
    ),
}
"""The keys of `policylint.toml`, and of `[tool.policylint]` in `pyproject.toml`, as they are written."""
KEYS = tuple(TABLE)

_WANTED: Mapping[str, str] = {
    "severity": 'a table of rules, each with "error" or "warning"',
    "per-file-ignores": "a table of patterns, each with a list of rules",
    "as-of": "a day such as 2027-01-31",
    "fail-on": 'one of "error", "warning" and "never"',
    **dict.fromkeys(("extends", "owner", "baseline"), "one text in quotes"),
}
_LIST = "a list of texts in brackets"


def validated(table: Mapping[str, Any], file: str) -> dict[str, Any]:
    """The values of a table, by the keys as written; raises `ConfigurationError` for what is wrong first."""
    fields = {key: core_schema.typed_dict_field(each.kind, required=False) for key, each in TABLE.items()}
    try:
        values: dict[str, Any] = SchemaValidator(
            core_schema.typed_dict_schema(fields, extra_behavior="forbid")
        ).validate_python(table)
    except ValidationError as error:
        problem = error.errors()[0]
        key, *within = (str(part) for part in problem["loc"] if not _is_noise(part))
        if problem["type"] == "extra_forbidden":
            raise ConfigurationError(f"{file}: there is no key `{key}`: {_hint(key)}") from None
        place = f"`{key}`" + "".join(f", {part!r}" for part in within if not part.isdigit())
        raise ConfigurationError(f"{file}: {place}: this wants {_WANTED.get(key, _LIST)}") from None
    return values


def _is_noise(part: object) -> bool:
    """Pydantic marks the key of a table, as against its value, with a word of its own."""
    return part == "[key]"


def _hint(key: str) -> str:
    from difflib import get_close_matches  # most keys are spelled right

    if key == "tool":
        return "in this file the keys stand at the top, without `[tool.policylint]`"
    near = get_close_matches(key.replace("_", "-"), KEYS, 1)
    return f"did you mean `{near[0]}`?" if near else f"the keys are {', '.join(KEYS)}"


def written_schema() -> str:
    """The JSON Schema of a configuration file, as `schema.json` holds it."""
    from pydantic.json_schema import GenerateJsonSchema

    def property_(each: Key) -> dict[str, Any]:
        default = {} if each.default is None else {"default": each.default}
        said = {**GenerateJsonSchema().generate(each.kind), "description": each.about, **default}
        return dict(sorted(said.items()))

    content = {
        "$schema": DRAFT,
        "additionalProperties": False,
        "description": "The keys of `policylint.toml`, and of `[tool.policylint]` in `pyproject.toml`. "
        "Paths are relative to the file.",
        "properties": {key: property_(each) for key, each in TABLE.items()},
        "title": "policylint",
        "type": "object",
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
