"""The table of all report formats: a name in, what makes the report out."""

from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple, cast

from policylint.report.manner import Render


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


FORMATS = MappingProxyType(
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
"""All formats by the name that `--output-format` takes."""
