"""Names of plug-ins in; their modules, registered with pluggy, and what each of their hooks brings, out."""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from inspect import isfunction
from reprlib import repr as shortly
from types import ModuleType
from typing import Any, NamedTuple, TypeVar, cast

import pluggy

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import API
from policylint.rule.hooks import NAMES, PROJECT, Hooks
from policylint.verdict.actions import Action
from policylint.verdict.case import Atom, Case
from policylint.vocabulary.answer import Answer

OURS = "policylint_rules"
"""The rules that come with policylint: the first plug-in, loaded like any other."""

Brought = TypeVar("Brought")


class PluginError(Exception):
    """A plug-in that cannot be used: policylint does not check with less than it was told to."""


class Writer(NamedTuple):
    """A function of a plug-in that makes text: a report format, an importer. Its module is imported when it is used."""

    what: str
    """What it is called in sentences, as in `report format`."""
    name: str
    plugin: str
    module: str
    function: str

    def load(self) -> Callable[..., object]:
        """The function itself; raises `PluginError` where it is not there."""
        try:
            function = getattr(import_module(self.module), self.function)
        except (Exception, SystemExit) as error:
            raise PluginError(f"{self} cannot be loaded: {_told(error)}") from error
        if not callable(function):
            raise PluginError(f"{self} cannot be loaded: its `{self.function}` is no function")
        return cast(Callable[..., object], function)

    def write(self, *arguments: object, passing: tuple[type[Exception], ...] = ()) -> str:
        """The text; raises `PluginError` where it fails, unless with an error that is `passing`: of the input, say."""
        function = self.load()
        try:
            text = function(*arguments)
        except passing:
            raise
        except (Exception, SystemExit) as error:
            raise PluginError(f"{self} fails: {_told(error)}") from error
        if not isinstance(text, str):
            raise PluginError(f"{self} gives {shortly(text)}, which is no text")
        return text

    def __str__(self) -> str:
        return f"the {self.what} `{self.name}` of the plug-in `{self.plugin}`"


class Plugins:
    """The plug-ins of a configuration. Raises `PluginError` where one cannot be imported, or is no plug-in for us."""

    def __init__(self, names: Sequence[str]) -> None:
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(Hooks)
        for name in dict.fromkeys(names):
            self._register(name, _imported(name))

    def bring(self, hook: str, collect: Callable[[Any], Brought]) -> Iterator[tuple[str, Brought]]:
        """What each plug-in brings by a hook, with the plug-in's name, in the order of the configuration."""
        # Each is called by itself, so that an error can say whose it is.
        for implementation in getattr(self._manager.hook, hook).get_hookimpls():
            name = implementation.plugin_name
            try:
                brought = collect(implementation.function())
            except (Exception, SystemExit) as error:  # somebody else's code may fail in any way at all
                raise PluginError(f"the plug-in `{name}` fails in `{hook}`: {_told(error)}") from error
            yield name, brought

    def _register(self, name: str, module: ModuleType) -> None:
        try:
            self._manager.register(module, name)
        except (pluggy.PluginValidationError, ValueError) as error:
            reason = str(error).partition("\n")[2] or str(error)
            raise PluginError(f"the plug-in `{name}` cannot be used: {reason}") from error
        marked = {caller.name for caller in self._manager.get_hookcallers(module) or ()}
        meant = {each for each, value in vars(module).items() if each.startswith("policylint_") and isfunction(value)}
        for each in sorted(marked | meant):
            # A function that is not called would be a rule that never runs, and nobody would be told.
            if each not in NAMES:
                raise PluginError(f"the plug-in `{name}` has `{each}`, which is no hook: the hooks are {_HOOKS}")
            if each not in marked:
                raise PluginError(f"the plug-in `{name}` has `{each}` without `@hookimpl`: put that above it")
        if not marked:
            raise PluginError(f"the plug-in `{name}` brings nothing: it has none of {_HOOKS}")


def found_by(context: Context) -> list[Finding]:
    """What a rule finds; one that fails, or finds something else than findings, is a plug-in that cannot be used."""
    rule = context.rule
    try:
        found = list(rule.run(context))
    except (Exception, SystemExit) as error:
        if rule.plugin == OURS:
            raise
        raise PluginError(f"the rule `{rule.name}` of the plug-in `{rule.plugin}` fails: {_told(error)}") from error
    strange = next((each for each in found if not isinstance(each, Finding)), None)
    if strange is not None:
        raise PluginError(
            f"the rule `{rule.name}` of the plug-in `{rule.plugin}` finds {shortly(strange)}, which is no finding"
        )
    return found


def guarded(plugin: str, name: str, does: Action) -> Action:
    """An action of a plug-in that answers, or says whose it is."""

    def answer(case: Case, atom: Atom) -> Answer:
        try:
            answer = does(case, atom)
        except (Exception, SystemExit) as error:
            raise PluginError(f"the action `{name}` of the plug-in `{plugin}` fails: {_told(error)}") from error
        if not isinstance(answer, Answer):
            raise PluginError(
                f"the action `{name}` of the plug-in `{plugin}` answers {shortly(answer)}: give YES, MAYBE or NO"
            )
        return answer

    return answer


_LONGEST = 500
_HOOKS = ", ".join(f"`{name}`" for name in NAMES)


def _imported(name: str) -> ModuleType:
    try:
        module = import_module(name)
    except (Exception, SystemExit) as error:  # it may fail in any way at all; it is never left out in silence
        raise PluginError(f"the plug-in `{name}` cannot be loaded: {_told(error)}") from error
    wanted = getattr(module, "API", None)
    if wanted != API:
        raise PluginError(
            f"the plug-in `{name}` is made for API {wanted}; this is API {API}: install a version that fits"
        )
    return module


def _told(error: BaseException) -> str:
    """What an error says, as part of one sentence."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:_LONGEST]}".removesuffix(": ")
