"""Whatever a label, a reason or the name of a file holds, a report stays the report that it is."""

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from policylint.check import Checked
from policylint.finding.finding import Finding, Label, Suppression
from policylint.report.formats import FORMATS
from policylint.report.harmless import harmless
from policylint.report.manner import Manner
from policylint.source.text import SourceText
from tests.report.project import FILES, GUIDES, checked

HOSTILE = (
    "]]> </failure> & <![CDATA[",
    "::error file=x::owned",
    "##[add-mask]x",
    "%0A::set-output name=x::y",
    "a | b ` c `` d | @everyone #1 ~bug :tada:",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &lt;",
    "[link](https://evil.example) ![x](y) www.evil.example [acme:2](9)",
    "\x1b[31mred\x1b]8;;http://evil\x1b\\ \x07\x9b2J",
    "\u202egnol\u2066 \u2028 \ufffe \udcff",
    "\U0001d505 👩‍💻 広告",
    'quote " backslash \\ \\[ \\n',
    "a\nb\r\n::error::c",
    "x" * 100_000,
)


def spoilt(text: str) -> Checked:
    """A check in which everything that somebody else may have written is a hostile text."""
    of = checked(FILES)

    def spoil(finding: Finding) -> Finding:
        span = finding.span._replace(path=text)
        labels = tuple(Label(label.span, text) for label in finding.labels)
        steps = tuple(step._replace(text=text) for step in finding.steps)
        suppressed = finding.suppressed and Suppression(text, None)
        message = f"`{text}` is not `{text}`"
        return finding._replace(
            span=span, labels=labels, steps=steps, message=message, help=text, suppressed=suppressed
        )

    source = SourceText(text, of.sources["shop.flow"].text, "shop.flow")
    findings = tuple(spoil(each) if each.span.path == "shop.flow" else each for each in of.findings)
    return of._replace(findings=findings, sources={**of.sources, text: source})


def render(name: str, text: str, *, colour: bool = False) -> str:
    return FORMATS[name].render(spoilt(text), Manner(guides=GUIDES, colour=colour))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["full", "concise", "github", "markdown", "junit"])
def test_nothing_acts_on_a_terminal(name: str, text: str) -> None:
    report = render(name, text).replace("\n", "").replace("&#64;\u200b", "")
    assert report == harmless(report)
    report.encode()


@pytest.mark.parametrize("name", ["full", "concise", "github", "markdown"])
def test_what_is_much_too_long_is_cut(name: str) -> None:
    assert len(render(name, "x" * 100_000)) < 1_000_000


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["full", "concise", "github"])
def test_no_text_adds_a_line(name: str, text: str) -> None:
    assert len(render(name, text).splitlines()) == len(render(name, "harmless").splitlines())


@pytest.mark.parametrize("text", HOSTILE)
def test_github_has_the_commands_that_were_meant(text: str) -> None:
    commands = [line for line in render("github", text).splitlines() if line.lstrip().startswith("::")]
    assert len(commands) == 5
    for command in commands:
        found = re.fullmatch(r"::(error|warning) ([^:]*)::(.*)", command)
        assert found
        assert [part.partition("=")[0] for part in found[2].split(",")] == [
            *("file", "line", "endLine", "col", "endColumn", "title"),
        ]
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", command)


@pytest.mark.parametrize("text", HOSTILE)
def test_xml_can_be_read_and_says_the_same(text: str) -> None:
    root = ET.fromstring(render("junit", text).encode())
    messages = [failure.get("message") for failure in root.iter("failure")]
    assert len(messages) == 5
    assert messages[0] == harmless(f"`{text}` is not `{text}`")
    assert [skipped.get("message") for skipped in root.iter("skipped")] == [harmless(f"waived: {text}")]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["json", "sarif", "gitlab"])
def test_json_can_be_read(name: str, text: str) -> None:
    report = render(name, text)
    assert json.loads(report.encode("utf-8", "backslashreplace")) == json.loads(report)


@pytest.mark.parametrize("text", HOSTILE)
def test_sarif_links_only_where_it_means_to(text: str) -> None:
    for result in json.loads(render("sarif", text))["runs"][0]["results"]:
        message = result["message"]["text"]
        links = re.findall(r"(?<!\\)\](\(\d+\))", re.sub(r"\\\\", "", message))
        assert links == [f"({number})" for number in range(1, len(result.get("relatedLocations", ())) + 1)]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert not attrs
        self.tags.append(tag)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_keeps_its_table(text: str) -> None:
    report = render("markdown", text)
    for line in report.splitlines():
        if line.startswith("|"):
            assert line.count("|") == 5
    reader = _Tags()
    reader.feed(report)
    assert set(reader.tags) <= {"code", "br", "details", "summary"}
    assert not re.search(r"[`\[\]*_~#@!](?![0-9 #])", report.replace("### ", "").replace("&#", ""))
    assert "://" not in report
    assert "www." not in report


def test_markdown_stays_short() -> None:
    of = checked(FILES)
    many = FORMATS["markdown"].render(of._replace(findings=of.findings * 2000))
    assert len(many) < 65_536
    assert re.search(r"… and \d+ more", many)


def test_github_says_how_many_it_left_out() -> None:
    of = checked(FILES)
    lines = FORMATS["github"].render(of._replace(findings=of.findings * 5)).splitlines()
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert sum(line.startswith("::warning ") for line in lines) == 10
    assert lines[10] == "5 more errors without an annotation: GitHub shows 10"
