"""The table of all report formats, those of plug-ins too: a name in, what makes the report out."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple, cast

from policylint.report.manner import Render
from policylint.rule.plugins import Writer
from policylint.rule.registry import PluginError, Registry


class Format(NamedTuple):
    """A format: the module that has its `render`, and what it asks for."""

    module: str
    closes: bool = False
    """Whether it is text for people, which ends with the statistics and the line of counts."""
    guides: bool = False
    """Whether it needs the pages of the rules."""
    of_plugin: Writer | None = None

    @property
    def render(self) -> Render:
        """The function that renders; its module is imported only now. That of a plug-in may raise `PluginError`."""
        return cast(Render, self.of_plugin.write if self.of_plugin else import_module(self.module).render)


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
    taken = next((writer for name, writer in registry.formats.items() if name in FORMATS), None)
    if taken:
        raise PluginError(f"{taken} has a name that is taken: rename it")
    return {**FORMATS, **{name: Format(each.module, of_plugin=each) for name, each in registry.formats.items()}}


def loaded(name: str, known: Mapping[str, Format]) -> Format:
    """A format whose module is there; raises `PluginError` for one of a plug-in that cannot render."""
    writer = known[name].of_plugin
    if writer:
        writer.load()
    return known[name]
