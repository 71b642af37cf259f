"""The table of all importers, those of plug-ins too: a format and files in, declarations in the canonical form out."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from policylint.rule.plugins import Writer
from policylint.rule.registry import PluginError, Registry
from policylint.source.text import SourceText
from policylint.syntax.formatter import formatted
from policylint.syntax.parser import parse
from policylint.vocabulary.spelling import spelled

TODO = "# TODO"
"""How each line begins that an importer writes for something that it has no words for."""
_PLACE = "imported.flow"


class RefusedInputError(Exception):
    """Files that cannot be imported: one sentence that says why, and what to do."""


class Imported(NamedTuple):
    """Declarations, and how many things among them are left for people to do."""

    text: str
    todos: int


IMPORTERS: Mapping[str, Writer] = MappingProxyType(
    {"fides": Writer("importer", "fides", "policylint", "policylint.interop.fides.conversion", "convert")}
)
"""The importers that come with policylint, by the name of the format that they read."""


def importers(registry: Registry) -> Mapping[str, Writer]:
    """All importers, those of plug-ins too; raises `PluginError` for one whose name is taken."""
    taken = next((writer for name, writer in registry.importers.items() if name in IMPORTERS), None)
    if taken:
        raise PluginError(f"{taken} has a name that is taken: rename it")
    return {**IMPORTERS, **registry.importers}


def imported(importer: Writer, files: Sequence[SourceText], registry: Registry) -> Imported:
    """Import files. Raises `RefusedInputError`, and `PluginError` where the importer is at fault."""
    written = importer.write(files, registry.vocabulary, passing=(RefusedInputError,))
    text = formatted(_PLACE, written, spelled)
    wrong = next(iter(parse(SourceText(_PLACE, text)).mistakes), None)
    if wrong:
        raise PluginError(f"{importer} writes what cannot be read: {wrong.message}")
    return Imported(text, sum(line.lstrip().startswith(TODO) for line in text.splitlines()))
