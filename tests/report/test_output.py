"""Where reports go: standard output, files, the summary of a GitHub step; each whole or not at all."""

import json
import os
import stat
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylint.cli.check import command
from policylint.cli.output import _colour, _links
from tests.report.project import POLICY, SHOP

COUNTS = "2 errors, 1 warning (1 waived) in 2 files, 5 flows, 3 obligations\n"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "acme.policy").write_text(POLICY, encoding="utf-8")
    (tmp_path / "flows" / "shop.flow").write_text(SHOP, encoding="utf-8")
    return tmp_path


def check(*options: str) -> Result:
    return CliRunner().invoke(command, ["flows", "--as-of", "2026-11-22", *options])


def formats(*targets: str) -> list[str]:
    return [word for target in targets for word in ("--output-format", target)]


def test_without_options_it_is_for_people() -> None:
    result = check()
    assert result.exit_code == 1
    assert result.stdout.startswith("error[PL101 forbidden-sale]: ")
    assert result.stdout.endswith(COUNTS)
    assert result.stderr == ""


def test_several_formats_at_once() -> None:
    result = check(*formats("concise", "json=out.json", "junit=out.xml", "sarif=out.sarif"))
    assert result.exit_code == 1
    assert result.stdout.endswith(COUNTS)
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["version"] == 1
    assert json.loads(Path("out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert ET.parse("out.xml").getroot().tag == "testsuites"
    assert sorted(os.listdir()) == ["flows", "out.json", "out.sarif", "out.xml"]


def test_when_all_goes_to_files_the_counts_are_still_said() -> None:
    result = check(*formats("json=out.json"))
    assert (result.stdout, result.stderr) == ("", COUNTS)
    assert check("--quiet", *formats("json=out.json")).stderr == ""


def test_what_is_for_programs_stands_alone() -> None:
    result = check("--statistics", *formats("json"))
    assert json.loads(result.stdout)["summary"]["errors"] == 2
    assert result.stderr.splitlines() == [
        "1  PL101 forbidden-sale",
        "1  PL201 underage-subject",
        "1  PL302 forbidden-transfer",
    ]
    assert check(*formats("json")).stderr == ""


def test_statistics_stand_before_the_counts() -> None:
    lines = check("--statistics", *formats("concise")).stdout.splitlines()
    assert lines[-4:] == [
        "1  PL101 forbidden-sale",
        "1  PL201 underage-subject",
        "1  PL302 forbidden-transfer",
        COUNTS.rstrip(),
    ]


def test_quiet_says_it_with_the_exit_status() -> None:
    assert len(check("--quiet", *formats("concise")).stdout.splitlines()) == 3
    result = check("--quiet", "--select", "PL901")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        (("json", "sarif"), "two reports for standard output"),
        (("json=a", "sarif=./a"), "two reports for the file 'a'"),
        (("jsn",), "there is no format 'jsn'; the formats are full, concise, json"),
        (("json=",), "`json=` names no file"),
    ],
)
def test_bad_usage(targets: tuple[str, ...], words: str) -> None:
    result = check(*formats(*targets))
    assert result.exit_code == 2
    assert words in result.stderr
    assert sorted(os.listdir()) == ["flows"]


@pytest.mark.parametrize("place", ["nowhere/out.sarif", "flows"])
def test_what_cannot_be_written_is_said_and_nothing_is_half_written(place: str) -> None:
    Path("out.json").write_text("before", encoding="utf-8")
    result = check(*formats("concise", "json=out.json", f"sarif={place}"))
    assert result.exit_code == 2
    assert f"Error: cannot write '{place}': " in result.stderr
    assert result.stdout.endswith(COUNTS)
    assert Path("out.json").read_text(encoding="utf-8") == "before"
    assert sorted(os.listdir()) == ["flows", "out.json"]


def test_what_was_not_understood_weighs_more_than_what_cannot_be_written() -> None:
    Path("flows/broken.flow").write_text("flow {\n", encoding="utf-8")
    assert check(*formats("json=nowhere/out.json")).exit_code == 3


def test_links_and_devices_are_written_through() -> None:
    Path("real.json").write_text("before", encoding="utf-8")
    Path("real.json").chmod(0o640)
    Path("link.json").symlink_to("real.json")
    assert check(*formats("json=link.json", "sarif=/dev/null")).exit_code == 1
    assert Path("link.json").is_symlink()
    assert stat.S_IMODE(os.stat("real.json").st_mode) == 0o640
    assert json.loads(Path("real.json").read_text(encoding="utf-8"))["version"] == 1
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_a_file_has_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in check("--output-format", "full").stdout
    check(*formats("full=out.txt"))
    assert "\x1b" not in Path("out.txt").read_text(encoding="utf-8")


def test_the_step_summary_is_added_to(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("summary.md").write_text("# Before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    check(*formats("concise"))
    assert Path("summary.md").read_text(encoding="utf-8") == "# Before\n"
    check(*formats("github"))
    assert Path("summary.md").read_text(encoding="utf-8").startswith("# Before\n### policylint: 2 errors, 1 warning")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "nowhere/summary.md")
    result = check(*formats("github"))
    assert result.exit_code == 2
    assert "cannot write the step summary 'nowhere/summary.md'" in result.stderr


def test_names_that_no_encoding_has(project: Path) -> None:
    name = os.fsdecode(b"\xff.flow")
    try:
        (project / "flows" / name).write_text("service s { of nobody }\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    for each in ("full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"):
        result = check(*formats(each))
        assert result.exit_code == 3, (each, result.output, result.exception)


class _Terminal:
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "colour", "links"),
    [
        ({"TERM": "xterm-256color"}, True, False),
        ({"TERM": "dumb", "TERM_PROGRAM": "vscode"}, False, False),
        ({"TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ({"TERM": "xterm", "FORCE_COLOR": "0"}, False, False),
        ({"TERM": "xterm-kitty"}, True, True),
        ({"TERM": "xterm", "VTE_VERSION": "7600"}, True, True),
        ({"TERM": "xterm", "VTE_VERSION": "4200"}, True, False),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "iTerm.app"}, True, False),
        ({"TERM": "xterm", "TERM_PROGRAM": "WezTerm", "CI": "true"}, True, False),
        ({"TERM": "xterm", "TERM_PROGRAM": "WezTerm", "FORCE_HYPERLINK": "0"}, True, False),
        ({"TERM": "xterm", "FORCE_HYPERLINK": "1"}, True, True),
    ],
)
def test_what_a_terminal_is_given(
    environment: dict[str, str], colour: bool, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policylint.cli.output.os.environ", environment)
    monkeypatch.setattr("policylint.cli.output.sys.stdout", _Terminal())
    assert (_colour(), _links()) == (colour, links)


def test_a_pipe_is_never_given_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b]8" not in check().stdout
