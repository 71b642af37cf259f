"""The hooks of plug-ins, with pluggy: a plug-in is a module with `API = 1` and some of these functions."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pluggy

from policylint.rule.description import Rule
from policylint.verdict.actions import Action
from policylint.vocabulary.facet import Term

PROJECT = "policylint"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a plug-in's functions: `@hookimpl def policylint_rules(): return (my_rule,)`."""


class Hooks:
    """What plug-ins may add."""

    @hookspec
    def policylint_rules(self) -> Iterable[Rule]:
        """The rules of a plug-in."""
        raise NotImplementedError

    @hookspec
    def policylint_actions(self) -> Mapping[str, Action]:
        """Actions that policies may speak of, each with the function that says whether an atom of a flow does it."""
        raise NotImplementedError

    @hookspec
    def policylint_terms(self) -> Mapping[str, Iterable[Term]]:
        """Words for the vocabularies, by facet. A word's dotted prefix has to be there, as with `term`."""
        raise NotImplementedError

    @hookspec
    def policylint_policies(self) -> Mapping[str, Path]:
        """Policies that a configuration can name, each with its file; it declares one policy of that name."""
        raise NotImplementedError

    @hookspec
    def policylint_formats(self) -> Mapping[str, str]:
        """Report formats, each with the module whose `render(checked, manner)` makes the report."""
        raise NotImplementedError

    @hookspec
    def policylint_importers(self) -> Mapping[str, str]:
        """Formats that can be imported, each with the module whose `convert(files, vocabulary)` writes declarations."""
        raise NotImplementedError


NAMES = tuple(name for name in vars(Hooks) if name.startswith("policylint_"))
"""What the functions of a plug-in may be called."""
