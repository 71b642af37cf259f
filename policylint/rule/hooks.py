"""The hooks that a plug-in implements, with pluggy."""

from collections.abc import Iterable, Mapping

import pluggy

from policylint.rule.description import Rule
from policylint.verdict.actions import Action

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
