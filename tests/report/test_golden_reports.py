"""Every format says of one fixed project what it said before. `POLICYLINT_UPDATE=1` rewrites what it said."""

import os
import re
from pathlib import Path

import pytest

from policylint import __version__
from policylint.report.formats import FORMATS
from policylint.report.manner import Manner
from tests.report.project import FILES, GUIDES, checked

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_what_it_was(name: str) -> None:
    report = FORMATS[name].render(checked(FILES), Manner(statistics=True, guides=GUIDES)) + "\n"
    report = report.replace(f'"{__version__}"', '"VERSION"')
    golden = GOLDEN / f"report.{name}"
    if os.environ.get("POLICYLINT_UPDATE"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(report, encoding="utf-8", newline="\n")
    assert report == golden.read_text(encoding="utf-8")


def test_a_report_does_not_depend_on_the_order_of_files() -> None:
    backwards = checked(dict(reversed(FILES.items())))
    for each in FORMATS.values():
        assert each.render(backwards) == each.render(checked(FILES))


@pytest.mark.parametrize("name", FORMATS)
def test_a_project_without_findings_has_a_report(name: str) -> None:
    clean = checked({"acme.policy": FILES["acme.policy"], "acme.flow": 'party acme "Acme" { in CA }\n'})
    assert not clean.findings
    assert FORMATS[name].render(clean, Manner(guides=GUIDES))


def test_quiet_leaves_out_what_is_no_finding() -> None:
    clean = checked({"acme.policy": FILES["acme.policy"], "acme.flow": 'party acme "Acme" { in CA }\n'})
    quiet = Manner(quiet=True)
    assert [FORMATS[name].render(clean, quiet) for name in ("full", "concise", "github")] == ["", "", ""]


def test_colour_adds_nothing_but_colour() -> None:
    plain, coloured = (FORMATS["full"].render(checked(FILES), Manner(colour=colour)) for colour in (False, True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_links_lead_to_the_file() -> None:
    linked = FORMATS["full"].render(checked(FILES), Manner(links=True))
    target = (Path.cwd() / "shop.flow").as_uri()
    assert f" --> \x1b]8;;{target}\x1b\\shop.flow:19:31\x1b]8;;\x1b\\\n" in linked
