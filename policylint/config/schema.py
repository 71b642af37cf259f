"""The raw table of a configuration file in; its values, every key known and every type right, out."""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from policylint.config.settings import ConfigurationError


class Table(BaseModel):
    """The keys of `policylint.toml` and `[tool.policylint]`."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    owner: str | None = Field(None, description="The party that services without `of` belong to.")
    policies: tuple[str, ...] = Field((), description="Policies to check against: names of shipped ones, files, globs.")
    policy_texts: tuple[str, ...] = Field(
        (), alias="policy-texts", description="Folders with the texts of policies, besides each policy's own folder."
    )
    plugins: tuple[str, ...] = Field((), description="Python modules that bring rules or actions.")
    select: tuple[str, ...] = Field((), description="Rules to run: codes, names, or the beginning of codes.")
    extend_select: tuple[str, ...] = Field(
        (), alias="extend-select", description="Rules to run besides the default ones."
    )
    ignore: tuple[str, ...] = Field((), description="Rules not to run.")
    exclude: tuple[str, ...] = Field((), description="What not to read, in the syntax of .gitignore.")
    as_of: date | None = Field(
        None, alias="as-of", description="The day whose places, adequacy lists and waivers hold."
    )
    fail_on: Literal["error", "warning", "never"] = Field(
        "error", alias="fail-on", description="The least severity that makes the exit status 1."
    )


def validated(table: Mapping[str, Any], file: Path) -> dict[str, Any]:
    """The values of a table, by the names of `Settings`; raises `ConfigurationError` for what is wrong first."""
    try:
        return Table.model_validate(table).model_dump(exclude_unset=True)
    except ValidationError as error:
        problem = error.errors()[0]
        key = str(problem["loc"][0]) if problem["loc"] else ""
        if problem["type"] != "extra_forbidden":
            raise ConfigurationError(f"{file}: `{key}`: {problem['msg'].lower()}") from None
        known = [field.alias or name for name, field in Table.model_fields.items()]
        near = get_close_matches(key, known, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"the keys are {', '.join(known)}"
        raise ConfigurationError(f"{file}: there is no key `{key}`: {hint}") from None
