"""The raw table of a configuration file in; its values, every key known and every type right, out.

The same table makes the JSON Schema that editors complete and check `policylint.toml` with: `schema.json`, beside this.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from policylint.config.error import ConfigurationError

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _day(value: object) -> date:
    """A day as TOML has it, or in quotes; nothing that merely could be read as one, such as a number of seconds."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return date.fromisoformat(value)
    raise ValueError


Text = Annotated[str, StringConstraints(strict=True, min_length=1)]
Texts = tuple[Text, ...]
Day = Annotated[date, BeforeValidator(_day)]


class Table(BaseModel):
    """The keys of `policylint.toml`, and of `[tool.policylint]` in `pyproject.toml`. Paths are relative to the file."""

    model_config = ConfigDict(extra="forbid", title="policylint")

    extends: Text | None = Field(None, description="A configuration file whose keys hold where this one has none.")
    owner: Text | None = Field(None, description="The party that services without `of` belong to.")
    policies: Texts = Field((), description="Policies to check against: names of shipped ones, files, globs.")
    policy_texts: Texts = Field(
        (), alias="policy-texts", description="Folders with the texts of policies, besides each policy's own folder."
    )
    plugins: Texts = Field((), description="Python modules that bring rules or actions.")
    select: Texts = Field((), description="Rules to run: codes, names, or the beginning of codes.")
    extend_select: Texts = Field((), alias="extend-select", description="Rules to run besides the default ones.")
    ignore: Texts = Field((), description="Rules not to run.")
    severity: dict[Text, Literal["error", "warning"]] = Field(
        {}, description="The severity of a rule's certain findings, by code, name, or the beginning of codes."
    )
    not_waivable: Texts = Field((), alias="not-waivable", description="Rules whose findings nobody may waive.")
    per_file_ignores: dict[Text, Texts] = Field(
        {}, alias="per-file-ignores", description="Rules whose findings do not count in files, by patterns."
    )
    exclude: Texts = Field((), description="What not to read, in the syntax of .gitignore.")
    baseline: Text | None = Field(None, description="The file with findings that were there before.")
    as_of: Day | None = Field(None, alias="as-of", description="The day whose places, adequacy lists and waivers hold.")
    fail_on: Literal["error", "warning", "never"] = Field(
        "error", alias="fail-on", description="The least severity that makes the exit status 1."
    )


KEYS = tuple(field.alias or name for name, field in Table.model_fields.items())
"""All keys as they are written."""

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
    try:
        return Table.model_validate(table).model_dump(exclude_unset=True, by_alias=True)
    except ValidationError as error:
        problem = error.errors()[0]
        key, *within = (str(part) for part in problem["loc"] if not _is_noise(part))
        if problem["type"] == "extra_forbidden":
            raise ConfigurationError(f"{file}: there is no key `{key}`: {_hint(key)}") from None
        place = f"`{key}`" + "".join(f", {part!r}" for part in within if not part.isdigit())
        raise ConfigurationError(f"{file}: {place}: this wants {_WANTED.get(key, _LIST)}") from None


def _is_noise(part: object) -> bool:
    """Pydantic marks the key of a table, as against its value, with a word of its own."""
    return part == "[key]"


def _hint(key: str) -> str:
    if key == "tool":
        return "in this file the keys stand at the top, without `[tool.policylint]`"
    near = get_close_matches(key.replace("_", "-"), KEYS, 1)
    return f"did you mean `{near[0]}`?" if near else f"the keys are {', '.join(KEYS)}"


def written_schema() -> str:
    """The JSON Schema of a configuration file, as `schema.json` holds it."""
    content = {"$schema": DRAFT, **Table.model_json_schema()}
    content["properties"] = {key: _plain(about) for key, about in content["properties"].items()}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _plain(about: dict[str, Any]) -> dict[str, Any]:
    """What is said of a key, without what only says that it may be missing: TOML knows no null."""
    kinds = [kind for kind in about.pop("anyOf", ()) if kind != {"type": "null"}]
    said = {**about, **(kinds[0] if kinds else {})}
    return {word: value for word, value in said.items() if word != "title" and value is not None}
