"""What a report is told besides the check: how it may look, and the rules with their pages."""

from typing import NamedTuple, Protocol

from policylint.check import Checked
from policylint.rule.description import Rule


class Guide(NamedTuple):
    """A rule, and the text of its page."""

    rule: Rule
    page: str


class Manner(NamedTuple):
    """How to report. Every format takes all of it and uses what concerns it."""

    colour: bool = False
    links: bool = False
    """Whether places may be hyperlinks of the terminal."""
    statistics: bool = False
    """Whether to count the findings of each rule at the end."""
    quiet: bool = False
    """Whether to leave out all that is not a finding."""
    guides: tuple[Guide, ...] = ()
    """All rules, for the formats that describe them."""


PLAIN = Manner()
"""Text for a file or a pipe."""


class Render(Protocol):
    """What the module of each format offers as `render`."""

    def __call__(self, checked: Checked, manner: Manner = PLAIN) -> str: ...
