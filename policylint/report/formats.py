"""The table of all report formats, those of plug-ins too: a name in, what makes the report out."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple, cast

from policylint.report.manner import Render
from policylint.rule.registry import PluginError, Registry


class Format(NamedTuple):
    """A format: the module that has its `render`, and what it asks for."""

    module: str
    closes: bool = False
    """Whether it is text for people, which ends with the statistics and the line of counts."""
    guides: bool = False
    """Whether it needs the pages of the rules."""

    @property
    def render(self) -> Render:
        """The function that renders; its module is imported only now."""
        return cast(Render, import_module(self.module).render)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "full": Format("policylint.report.full", closes=True),
        "concise": Format("policylint.report.concise", closes=True),
        "json": Format("policylint.report.json"),
        "sarif": Format("policylint.report.sarif", guides=True),
        "github": Format("policylint.report.github", closes=True),
        "gitlab": Format("policylint.report.gitlab"),
        "junit": Format("policylint.report.junit"),
        "markdown": Format("policylint.report.markdown"),
    }
)
"""The formats that come with policylint, by the name that `--output-format` takes."""


def formats(registry: Registry) -> Mapping[str, Format]:
    """All formats, those of plug-ins too; raises `PluginError` for one whose name is taken."""
    taken = next((name for name in registry.formats if name in FORMATS), None)
    if taken:
        raise PluginError(f"a plug-in brings the report format `{taken}`, which is there already: rename it")
    return {**FORMATS, **{name: Format(module) for name, module in registry.formats.items()}}


def loaded(name: str, known: Mapping[str, Format]) -> Format:
    """A format whose module is there; raises `PluginError` for one of a plug-in that cannot render."""
    try:
        found = callable(known[name].render)
    except (Exception, SystemExit) as error:  # somebody else's code may fail in any way at all
        raise PluginError(f"the report format `{name}` cannot be loaded: {type(error).__name__}: {error}") from error
    if not found:
        raise PluginError(f"the report format `{name}` cannot be loaded: its `render` is no function")
    return known[name]
