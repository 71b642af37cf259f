"""The rules that come with policylint: the first plug-in. One rule is one module and its page of the same name."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from policylint.rule.description import Rule
from policylint.rule.hooks import hookimpl

API = 1


@hookimpl
def policylint_rules() -> Iterator[Rule]:
    """Every rule in this folder: a module holds one rule, which has the module's name."""
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem != "__init__":
            yield getattr(import_module(f"{__name__}.{path.stem}"), path.stem)
