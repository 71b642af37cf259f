"""Waivers: the list of them with their owners, those that end soon, audits, and rules that nobody may waive."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_check import POLICY, findings, run

WAIVERS = """\
party acme { in CA }
service crm {
  of acme
  waive PL602 because "the rule is left out"
}
flow signup from visitor to crm {
  data     contact.email
  purpose  analytics
  waive    forbidden-use on acme:1 until 2026-12-22 because "agreed with legal"
  waive    forbidden-sale because "just in case"
  waive    PL501 until 2026-11-21 because "was agreed once"
}
"""
DAY = ("--as-of", "2026-11-22")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=Ada Lovelace", "-c", "user.email=ada@example.com", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "a.flow").write_text(WAIVERS)
    (tmp_path / "p.policy").write_text(POLICY)
    (tmp_path / "policylint.toml").write_text("ignore = ['PL602']\n")
    return tmp_path


def test_all_waivers_with_all_that_is_known_about_them(project: Path) -> None:
    result = run("waivers", *DAY, cwd=project)
    assert result.returncode == 0
    assert [" ".join(line.split()) for line in result.stdout.splitlines()] == [
        "state until rule clause declaration owner place",
        "rule did not run no end PL602 forbidden-operation all service crm unknown a.flow:4:3",
        "because: the rule is left out",
        "ends soon 2026-12-22 PL501 forbidden-use acme:1 flow signup unknown a.flow:9:3",
        "because: agreed with legal",
        "covers: the flow `signup` uses `contact.email` for `analytics` against the policy (against acme:1)",
        "unused no end PL101 forbidden-sale all flow signup unknown a.flow:10:3",
        "because: just in case",
        "expired 2026-11-21 PL501 forbidden-use all flow signup unknown a.flow:11:3",
        "because: was agreed once",
        "",
        "4 waivers: 1 rule did not run, 1 ends soon, 1 unused, 1 expired",
    ]


def test_the_owner_is_who_committed_the_line(project: Path) -> None:
    folder = project / "with spaces é"
    folder.mkdir()
    (project / "a.flow").rename(folder / "ä b.flow")
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "all", "--date", "2026-03-01T12:00:00Z")
    text = (folder / "ä b.flow").read_text()
    (folder / "ä b.flow").write_text(text.replace('because "just in case"', 'because "changed since"'))
    content = json.loads(run("waivers", *DAY, "--output-format", "json", "..", cwd=folder).stdout)
    assert (content["version"], content["as_of"]) == (1, "2026-11-22")
    by_line = {waiver["line"]: waiver for waiver in content["waivers"]}
    assert by_line[9]["owner"] == {"name": "Ada Lovelace", "mail": "ada@example.com", "day": "2026-03-01"}
    assert by_line[10]["owner"] is None  # not committed yet
    (covered,) = by_line[9]["covers"]
    assert (covered["policy"], covered["clause"], covered["severity"]) == ("acme", "1", "error")
    assert {key: by_line[9][key] for key in ("state", "code", "name", "until", "because", "declaration")} == {
        "state": "ends soon",
        "code": "PL501",
        "name": "forbidden-use",
        "until": "2026-12-22",
        "because": "agreed with legal",
        "declaration": "flow signup",
    }


def test_no_repository_no_commit_and_no_git(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for prepare in (lambda: None, lambda: git(project, "init", "-q"), lambda: monkeypatch.setenv("PATH", "")):
        prepare()
        result = run("waivers", *DAY, cwd=project)
        assert result.returncode == 0
        assert result.stdout.count("  unknown  ") == 4


def test_no_waivers_at_all(project: Path) -> None:
    (project / "a.flow").write_text("".join(line for line in WAIVERS.splitlines(True) if "waive" not in line))
    assert run("waivers", cwd=project).stdout == "0 waivers\n"
    assert json.loads(run("waivers", "--output-format", "json", cwd=project).stdout)["waivers"] == []


def test_a_project_that_was_not_all_understood_is_status_3(project: Path) -> None:
    (project / "a.flow").write_text(WAIVERS.replace("waive PL602", "waive PL999"))
    result = run("waivers", *DAY, cwd=project)
    assert result.returncode == 3
    assert "not understood  no end      unknown" in result.stdout
    assert run("waivers", "nowhere", cwd=project).returncode == 2


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("2026-11-22", "ends on 2026-11-22, today"),
        ("2026-11-23", "ends on 2026-11-23, in 1 day "),
        ("2026-12-22", "ends on 2026-12-22, in 30 days"),
        ("2026-12-23", None),
        ("2026-11-21", None),
    ],
)
def test_a_waiver_that_ends_soon_is_a_note_and_no_finding(project: Path, until: str, told: str | None) -> None:
    (project / "a.flow").write_text(WAIVERS.replace("2026-12-22", until))
    report = run("check", *DAY, "--select", "PL501", cwd=project).stdout
    note = "note: this waiver of `PL501` on flow signup "
    assert (note in report) is (told is not None)
    assert told is None or f"{note}{told}" in report
    assert note not in run("check", *DAY, "--select", "PL501", "-q", cwd=project).stdout


def test_a_waiver_whose_rule_did_not_run_is_not_called_unused(project: Path) -> None:
    found = findings(run("check", *DAY, "--output-format", "json", cwd=project).stdout)
    assert [(each["code"], each["line"]) for each in found if not each["suppressed"]] == [("PL904", 10), ("PL903", 11)]
    ignoring = run("check", *DAY, "--ignore", "PL101", "--output-format", "json", cwd=project)
    assert "PL904" not in {each["code"] for each in findings(ignoring.stdout)}


def test_an_audit_lets_no_waiver_hold(project: Path) -> None:
    assert "1 waived" in run("check", *DAY, cwd=project).stdout
    result = run("check", *DAY, "--no-waivers", "--output-format", "json", cwd=project)
    assert result.returncode == 1
    assert all(each["suppressed"] is None for each in findings(result.stdout))
    assert [each["code"] for each in findings(result.stdout)] == ["PL501", "PL904", "PL903"]
    listed = run("waivers", *DAY, cwd=project).stdout
    assert "ends soon" in listed


def test_a_rule_that_is_declared_not_waivable(project: Path) -> None:
    (project / "policylint.toml").write_text("ignore = ['PL602']\nnot-waivable = ['PL5']\n")
    report = run("check", *DAY, cwd=project)
    assert report.returncode == 1
    assert "error[PL501 forbidden-use]" in report.stdout
    assert "this waiver of `PL501` on acme:1 waives nothing: it cannot be waived" in report.stdout
    assert "not allowed  " in run("waivers", *DAY, cwd=project).stdout


def test_what_was_not_understood_can_be_declared_not_waivable_too(project: Path) -> None:
    (project / "a.flow").write_text(WAIVERS.replace("of acme", "").replace("PL602", "PL005"))
    (project / "p.policy").unlink()
    (project / "a.flow").write_text(
        "service s { waive PL005 because 'x' }\nflow f from visitor to s { }".replace("'", '"')
    )
    assert run("check", "--ignore", "PL004", cwd=project).returncode == 3
    (project / "a.flow").write_text(
        'service s { waive PL005 because "x" }\nflow f from visitor to s { data contact purpose service }\n'
    )
    assert run("check", cwd=project).returncode == 0
    (project / "policylint.toml").write_text("ignore = ['PL602']\nnot-waivable = ['unknown-operator']\n")
    assert run("check", cwd=project).returncode == 3
