"""A rule's page in; its sections, and the examples in it as files, out.

A page has the headings of `HEADINGS`. In Example each block that begins with ```policylint NAME is a file; its
guilty lines carry `# expect: CODE [POLICY:SECTION]` (`expect?` for a possible finding, `x2` for two), and the block
that begins with ```text is the report, word for word. In What to write instead the files replace those of the same
name, and nothing may be found.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

HEADINGS = ("What it finds", "Why it matters", "Example", "What to write instead", "When not to use it")
_BLOCK = re.compile(r"^```policylint (?P<name>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
REPORT = re.compile(r"^```text\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_EXPECTATION = re.compile(
    r"#\s*expect(?P<open>\?)?:\s*(?P<code>\w+)(?:\s+(?P<clause>[^\s:]+:[^\s:]+))?(?:\s+x(?P<times>\d+))?\s*$"
)


class PageError(Exception):
    """A page that does not have what a page has to have."""


class Expectation(NamedTuple):
    """A finding that an example announces: which rule, where (a file and a line), under which clause, how sure."""

    code: str
    path: str
    line: int
    clause: str | None
    possible: bool


@dataclass(frozen=True)
class Page:
    """A page, taken apart."""

    title: str
    sections: Mapping[str, str]
    guilty: Mapping[str, str]
    """The files of the example."""
    clean: Mapping[str, str]
    """The files of the example with those of What to write instead in their place."""
    report: str | None

    @property
    def expectations(self) -> list[Expectation]:
        """What the example announces."""
        return [
            Expectation(match["code"], path, number, match["clause"], bool(match["open"]))
            for path, text in self.guilty.items()
            for number, line in enumerate(text.split("\n"), 1)
            if (match := _EXPECTATION.search(line))
            for _ in range(int(match["times"] or 1))
        ]


def read_page(text: str) -> Page:
    """Take a page apart; raises `PageError` where a heading or the example is missing."""
    title, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    sections = {head.strip(): body for head, _, body in (part.partition("\n") for part in parts)}
    lacking = [heading for heading in HEADINGS if not sections.get(heading, "").strip()]
    if lacking:
        raise PageError(f"the page lacks the section `{lacking[0]}`")
    guilty = {match["name"]: match["text"] for match in _BLOCK.finditer(sections["Example"])}
    instead = {match["name"]: match["text"] for match in _BLOCK.finditer(sections["What to write instead"])}
    if not guilty or not instead:
        raise PageError("the page has no file in `Example` or in `What to write instead`")
    report = REPORT.search(sections["Example"])
    return Page(
        title.strip().split("\n")[0].lstrip("# "),
        sections,
        guilty,
        {**guilty, **instead},
        report["text"] if report else None,
    )


def first_paragraph(text: str) -> str:
    """The first paragraph that is no heading, as one line: of a page, the sentence that says what is wrong."""
    paragraphs = (part.strip() for part in text.split("\n\n"))
    return " ".join(next((part for part in paragraphs if part and not part.startswith("#")), "").split())
