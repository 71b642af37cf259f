"""The texts of Fides manifests in; declarations of the language out.

Where Fides leaves open what is meant the wider meaning is taken, so that nothing is checked less than it was declared.
"""

from collections.abc import Sequence

from policylint.finding.finding import listed
from policylint.interop.fides.datasets import Content, content
from policylint.interop.fides.flows import Flows
from policylint.interop.fides.nodes import declared, mentions, nodes
from policylint.interop.fides.tables import read_manifest
from policylint.interop.fides.words import TAXONOMY, Names, Words, noted
from policylint.interop.importers import RefusedInputError
from policylint.source.text import SourceText
from policylint.vocabulary.words import Vocabulary

_KINDS = ("organization", "system", "dataset", "policy", *TAXONOMY)


def convert(files: Sequence[SourceText], vocabulary: Vocabulary) -> str:
    """Write declarations for manifests. Raises `RefusedInputError` for what is no manifest, or holds no system."""
    read = [read_manifest(file.path, file.text) for file in files]
    tables = {kind: [table for each in read for table in each.tables(kind, kind)] for kind in _KINDS}
    if not tables["system"] and not tables["dataset"]:
        raise RefusedInputError(f"there is no `system` and no `dataset` in {', '.join(file.path for file in files)}")
    words = Words(vocabulary, [table for kind in TAXONOMY for table in tables[kind]])
    found = nodes(tables, Names(words.subjects))
    contents = {table.key(): content(table) for table in tables["dataset"]}
    flows = Flows(words, found, contents)
    lost = [f"{each.place}: Fides has no `{key}`" for each in read for key, _ in each.unknown()]
    lost += [f"{table.place}: write it as clauses of a `.policy` file" for table in tables["policy"]]
    parts = ["# Imported from Fides manifests.", *noted(lost), *words.terms]
    used = {key for table in tables["system"] for key in mentions(table)}
    left = {("dataset", key): _left(each, ("dataset", key) in used) for key, each in contents.items()}
    parts += [declared(node, words, found, left.get(key, ())) for key, node in found.items()]
    parts += [flow for table in tables["system"] for flow in flows.of_system(table)]
    parts += [flow for table in tables["dataset"] for flow in flows.of_dataset(table)]
    return "\n\n".join(parts) + "\n"


def _left(dataset: Content, is_used: bool) -> Sequence[str]:
    """What is left to do about a dataset: what Fides does not know in it, and what is there for no use at all."""
    idle = () if is_used or not dataset.idle else (f"nothing says what {listed(dataset.idle)} is for: write the flows",)
    return (*dataset.todos, *idle)
