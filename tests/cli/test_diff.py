"""`policylint diff REF` as it is called, in real repositories."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.repositories import SYSTEM, commit, git, repository, run, write


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return repository(tmp_path / "repo")


WORSE = (
    SYSTEM.replace("scc, dpa", "dpa")
    .replace("30 days", "90 days")
    .replace("contact.email\n", "contact.email, contact.phone\n")
)


def test_nothing_changed(repo: Path) -> None:
    git(repo, "mv", "system.flow", "moved.flow")
    result = run("diff", "HEAD", cwd=repo)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "no flow changed; 2 flows now, 2 at HEAD\n"


def test_text_for_a_terminal(repo: Path) -> None:
    (repo / "system.flow").write_text(WORSE)
    result = run("diff", "HEAD", cwd=repo)
    assert result.returncode == 0
    assert (
        result.stdout
        == """\
Look at these first

  party courier  (system.flow:2)
    + lost safeguard `scc`

More or different

  flow parcel  (system.flow:12)
    + new data `contact.phone`
    + keeps `contact.email` longer: `30 days` → `90 days`

  flow signup  (system.flow:5)
    + new data `contact.phone`

1 high, 3 medium, 0 low; 2 flows now, 2 at HEAD
"""
    )


def test_json_for_programs(repo: Path) -> None:
    (repo / "system.flow").write_text(WORSE)
    content = json.loads(run("diff", "HEAD", "--output-format", "json", cwd=repo).stdout)
    assert content["version"] == 1
    assert content["against"] == {"ref": "HEAD", "commit": git(repo, "rev-parse", "HEAD").strip()}
    assert content["summary"] == {"high": 1, "medium": 3, "low": 0, "flows_before": 2, "flows_now": 2}
    assert content["changes"][0] == {
        "severity": "high",
        "judgement": "wider",
        "declaration": "party courier",
        "fact": "safeguard",
        "before": "scc",
        "after": None,
        "message": "lost safeguard `scc`",
        "path": "system.flow",
        "line": 2,
        "gone": False,
    }


def test_markdown_for_a_pull_request(repo: Path) -> None:
    (repo / "system.flow").write_text(WORSE.replace("flow signup", "flow enrol"))
    text = run("diff", "HEAD", "--output-format", "markdown", cwd=repo).stdout
    assert text.startswith("### policylint: 1 high, 4 medium, 1 low")
    assert "| wider<br>safeguard | <code>party courier</code><br>" in text
    assert len(re.findall(r"^\| --- \| --- \| --- \|$", text, re.MULTILINE)) == text.count("| | where | what |")
    (repo / "system.flow").write_text("flow parcel".join(SYSTEM.split("flow parcel")).replace("analytics", "service"))
    assert (
        "<details><summary>Less, or only in name (1)"
        in run("diff", "HEAD", "--output-format", "markdown", cwd=repo).stdout
    )


def test_markdown_is_cut_where_a_comment_would_be_too_long(repo: Path) -> None:
    flows = "".join(f"flow f{n} from visitor to crm {{ data contact.email purpose analytics }}\n" for n in range(600))
    (repo / "system.flow").write_text(SYSTEM + flows)
    text = run("diff", "HEAD", "--output-format", "markdown", cwd=repo).stdout
    assert len(text) < 65_536
    assert re.search(r"… and \d+ more", text)


def test_what_is_gone_is_shown_where_it_was(repo: Path) -> None:
    write(repo, {"sub/more.flow": "\nflow more from crm to courier { data contact.email purpose analytics }\n"})
    commit(repo)
    (repo / "sub" / "more.flow").unlink()
    assert "flow more  (sub/more.flow:2)\n    - is gone" in run("diff", "HEAD", cwd=repo).stdout
    assert "flow more  (more.flow:2)" in run("diff", "HEAD", "..", cwd=repo / "sub").stdout


def test_where_nothing_was_there_everything_is_new(repo: Path) -> None:
    write(repo, {"two/system.flow": SYSTEM, "two/policylint.toml": ""})
    content = json.loads(run("diff", "HEAD", "two", "--output-format", "json", cwd=repo).stdout)
    assert content["summary"]["flows_before"] == 0
    assert [each["declaration"] for each in content["changes"] if each["fact"] == "flow"] == [
        "flow parcel",
        "flow signup",
    ]


def test_it_can_fail_a_build(repo: Path) -> None:
    (repo / "system.flow").write_text(WORSE)
    assert run("diff", "HEAD", "--fail-on", "high", cwd=repo).returncode == 1
    (repo / "system.flow").write_text(SYSTEM.replace("30 days", "90 days"))
    assert run("diff", "HEAD", "--fail-on", "high", cwd=repo).returncode == 0
    assert run("diff", "HEAD", "--fail-on", "medium", cwd=repo).returncode == 1
    (repo / "system.flow").write_text(SYSTEM.replace("30 days", "9 days"))
    assert run("diff", "HEAD", "--fail-on", "medium", cwd=repo).returncode == 0
    assert run("diff", "HEAD", "--fail-on", "low", cwd=repo).returncode == 1


def test_what_was_not_understood_is_status_3_on_both_sides(repo: Path) -> None:
    broken = SYSTEM + "flow broken from visitor to crm { data }\n"
    (repo / "system.flow").write_text(broken)
    result = run("diff", "HEAD", cwd=repo)
    assert (result.returncode, "not understood now" in result.stderr) == (3, True)
    commit(repo)
    (repo / "system.flow").write_text(SYSTEM)
    result = run("diff", "HEAD", cwd=repo)
    assert (result.returncode, "not understood at HEAD" in result.stderr) == (3, True)


def test_names_with_escapes_do_not_reach_the_terminal(repo: Path) -> None:
    (repo / "system.flow").rename(repo / "a\x1b[31mb.flow")
    (repo / "a\x1b[31mb.flow").write_text(WORSE)
    for name in ("text", "markdown"):
        assert "\x1b" not in run("diff", "HEAD", "--output-format", name, cwd=repo).stdout


def test_bad_usage_is_status_2(repo: Path) -> None:
    for arguments, words in (
        (["nowhere"], "there is no commit 'nowhere'"),
        (["HEAD", "nowhere"], "there is no file or folder 'nowhere'"),
        (["HEAD", "--config", "none.toml"], "there is no configuration file"),
        ([], "Missing argument 'REF'"),
    ):
        result = run("diff", *arguments, cwd=repo)
        assert (result.returncode, words in result.stderr) == (2, True)
