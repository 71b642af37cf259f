"""`policylint baseline` as it is called: what is accepted, what is new all the same, and what goes wrong."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from policylint.cli.main import policylint
from tests.cli.repositories import POLICY, SYSTEM, run, write

FILE = "policylint-baseline.json"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"system.flow": SYSTEM, "acme.policy": POLICY})
    return tmp_path


def entries(project: Path, file: str = FILE) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((project / file).read_text(encoding="utf-8"))["findings"]
    return found


def create(project: Path, *arguments: str) -> None:
    result = run("baseline", "create", *arguments, cwd=project)
    assert result.returncode == 0, result.stderr


def test_what_is_accepted_neither_fails_nor_shows_and_is_counted(project: Path) -> None:
    create(project)
    result = run("check", cwd=project)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "0 errors, 0 warnings (2 in the baseline) in 2 files, 2 flows, 2 obligations\n"
    assert run("check", "--no-baseline", cwd=project).returncode == 1
    for other in ("concise", "github", "markdown", "gitlab"):
        assert "PL501" not in run("check", "--output-format", other, cwd=project).stdout
    assert run("check", "--output-format", "junit", cwd=project).stdout.count("<skipped") == 2


def test_programs_see_what_is_accepted_marked(project: Path) -> None:
    create(project)
    more = "flow more from crm to courier { data contact.email purpose service.order }\n"
    write(project, {"more.flow": more})
    content = json.loads(run("check", "--output-format", "json", cwd=project).stdout)
    states = {(each["declaration"], each["code"]): each["baseline"] for each in content["findings"]}
    assert states == {
        ("flow more", "PL302"): "new",
        ("flow parcel", "PL302"): "unchanged",
        ("flow signup", "PL501"): "unchanged",
    }
    assert content["summary"]["baselined"] == 2
    assert content["summary"]["errors"] == 1
    sarif = json.loads(run("check", "--output-format", "sarif", cwd=project).stdout)
    assert sorted(each["baselineState"] for each in sarif["runs"][0]["results"]) == ["new", "unchanged", "unchanged"]


def test_without_a_baseline_no_report_speaks_of_one(project: Path) -> None:
    assert "baseline" not in run("check", "--output-format", "json", cwd=project).stdout
    assert "baselineState" not in run("check", "--output-format", "sarif", cwd=project).stdout


def test_one_line_per_finding_sorted_and_the_same_for_any_order(project: Path) -> None:
    create(project)
    text = (project / FILE).read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0] == '{"version": 1, "findings": ['
    assert lines[-1] == "]}"
    assert [json.loads(line.rstrip(","))["declaration"] for line in lines[1:-1]] == ["flow parcel", "flow signup"]
    assert set(entries(project)[0]) == {
        *("fingerprint", "code", "certainty", "declaration", "policy", "clause", "message"),
    }
    (project / FILE).unlink()
    (project / "system.flow").rename(project / "zz.flow")
    create(project)
    assert (project / FILE).read_text(encoding="utf-8") == text
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        assert stat.S_IMODE((project / FILE).stat().st_mode) == 0o666 & ~mask


def test_create_adds_and_prune_only_removes(project: Path) -> None:
    create(project)
    before = entries(project)
    (project / "system.flow").write_text(SYSTEM.replace("analytics", "service").replace("in US", "in US, CN"))
    stale = run("check", cwd=project)
    assert stale.returncode == 1
    assert "2 entries of the baseline match nothing any more" in stale.stderr
    shown = run("baseline", "show", cwd=project)
    assert [line.split()[0] for line in shown.stdout.splitlines()[:-1]] == ["stale", "stale"]
    result = run("baseline", "create", cwd=project)
    assert "1 finding added, 2 there before" in result.stdout
    assert "2 entries are stale" in result.stdout
    assert [each for each in entries(project) if each in before] == before
    result = run("baseline", "prune", cwd=project)
    assert result.stdout == f"{FILE}: 2 stale entries removed, 1 left\n"
    assert run("check", cwd=project).returncode == 0
    (project / "system.flow").write_text(SYSTEM)
    result = run("baseline", "prune", cwd=project)
    assert result.stdout == f"{FILE}: 1 stale entry removed, 0 left\n"
    assert run("check", cwd=project).returncode == 1


def test_equal_findings_are_counted(project: Path) -> None:
    """Two findings that say the same, and one entry: one of them is new."""
    policy = POLICY.replace("{ forbid use for analytics }", "{ forbid use for analytics  forbid use for analytics }")
    create(project)
    (project / "acme.policy").write_text(policy)
    result = run("check", "--output-format", "json", cwd=project)
    states = [each["baseline"] for each in json.loads(result.stdout)["findings"] if each["code"] == "PL501"]
    assert sorted(states) == ["new", "unchanged"]
    create(project)
    assert run("check", cwd=project).returncode == 0
    assert len(entries(project)) == 3


def test_waived_findings_are_not_accepted_twice(project: Path) -> None:
    waived = SYSTEM.replace("  basis ", '  waive forbidden-use because "agreed"\n  basis ')
    (project / "system.flow").write_text(waived)
    create(project)
    assert [each["code"] for each in entries(project)] == ["PL302"]
    (project / FILE).unlink()
    (project / "system.flow").write_text(SYSTEM)
    create(project)
    (project / "system.flow").write_text(waived)
    assert "1 entry of the baseline matches nothing" in run("check", cwd=project).stderr


def test_what_was_not_understood_is_never_accepted(project: Path) -> None:
    (project / "system.flow").write_text(SYSTEM + "flow broken from visitor to crm { data }\n")
    result = run("baseline", "create", cwd=project)
    assert result.returncode == 3
    assert "1 finding of what was not understood cannot be accepted" in result.stderr
    assert {each["code"] for each in entries(project)} == {"PL302", "PL501"}
    result = run("check", cwd=project)
    assert result.returncode == 3
    assert "PL001" in result.stdout
    before = (project / FILE).read_bytes()
    (project / "system.flow").write_text(
        "flow broken from visitor to crm { data }\n" + SYSTEM.replace("analytics", "x")
    )
    assert run("baseline", "prune", cwd=project).returncode == 3
    assert (project / FILE).read_bytes() == before


def test_the_file_can_be_configured_and_chosen(project: Path) -> None:
    write(project, {"policylint.toml": "baseline = 'ci/known.json'\n", "ci/README": ""})
    result = run("check", cwd=project)
    assert result.returncode == 2
    assert "there is no baseline 'ci/known.json'" in result.stderr
    create(project)
    assert len(entries(project, "ci/known.json")) == 2
    assert run("check", cwd=project).returncode == 0
    assert run("check", "..", cwd=project / "ci").returncode == 0
    create(project, "--baseline", "other.json")
    assert run("check", "--baseline", "other.json", cwd=project).returncode == 0
    assert run("check", "--baseline", "none.json", cwd=project).returncode == 2
    assert run("check", "--baseline", "other.json", "--no-baseline", cwd=project).returncode == 2


def test_a_part_of_the_project_prunes_nothing(project: Path) -> None:
    write(project, {"policylint.toml": "", "sub/none.flow": ""})
    create(project)
    result = run("baseline", "prune", "acme.policy", "sub", cwd=project)
    assert result.returncode == 2
    result = run("baseline", "prune", "system.flow", cwd=project)
    assert (result.returncode, "only a part was checked" in result.stderr) == (2, True)
    assert len(entries(project)) == 2
    assert run("check", "system.flow", cwd=project).stderr == ""


def test_show_as_json(project: Path) -> None:
    create(project)
    (project / "system.flow").write_text(SYSTEM.replace("analytics", "service"))
    shown = json.loads(run("baseline", "show", "--output-format", "json", cwd=project).stdout)
    assert [(each["declaration"], each["stale"]) for each in shown["findings"]] == [
        ("flow parcel", False),
        ("flow signup", True),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is no baseline (line 1"),
        ("<<<<<<< ours\n{}", "is no baseline (line 1"),
        ("[]", "says no version"),
        ("{}", "says no version"),
        ('{"version": 2, "findings": []}', "is a baseline of version 2, and this is policylint for version 1: update"),
        ('{"version": "1", "findings": []}', 'is a baseline of version "1"'),
        ('{"version": true, "findings": []}', "is a baseline of version true"),
        ('{"version": 1}', "no list `findings`"),
        ('{"version": 1, "findings": [3]}', "the finding number 1 is no entry"),
        ('{"version": 1, "findings": [{"code": "PL101"}]}', "it has no `fingerprint`"),
        (
            '{"version": 1, "findings": [{"fingerprint": "x", "code": "", "certainty": "certain", "message": ""}]}',
            "fingerprint or certainty",
        ),
        ("[" * 100_000, "is no baseline"),
        ("\udcff", "is not UTF-8"),
    ],
)
def test_a_broken_baseline_is_status_2_and_left_as_it_is(project: Path, text: str, words: str) -> None:
    (project / FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    for command in (["check"], ["baseline", "create"], ["baseline", "prune"], ["baseline", "show"]):
        result = run(*command, cwd=project)
        assert result.returncode == 2
        assert words in result.stderr
        assert len(result.stderr.splitlines()) == 1
    assert (project / FILE).read_bytes() == text.encode("utf-8", "surrogateescape")


def test_a_baseline_that_is_a_folder_or_is_missing_is_status_2(project: Path) -> None:
    for command in ("prune", "show"):
        result = run("baseline", command, cwd=project)
        assert (result.returncode, "there is no baseline" in result.stderr) == (2, True)
    (project / FILE).mkdir()
    assert run("check", cwd=project).returncode == 2
    assert run("baseline", "create", "--baseline", "no/such/folder.json", cwd=project).returncode == 2


def test_an_empty_project_makes_no_baseline(tmp_path: Path) -> None:
    result = run("baseline", "create", cwd=tmp_path)
    assert (result.returncode, "no flow was found" in result.stderr) == (2, True)
    assert os.listdir(tmp_path) == []


def test_a_write_that_fails_leaves_everything_as_it_was(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(project)
    before = {path.name: path.read_bytes() for path in project.iterdir()}
    (project / "system.flow").write_text(SYSTEM.replace("in US", "in CN"))
    before["system.flow"] = (project / "system.flow").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.chdir(project)
    monkeypatch.setattr(os, "fsync", full)
    result = CliRunner().invoke(policylint, ["baseline", "create"])
    assert result.exit_code == 2
    assert "no space left on device; it is as it was" in result.output
    assert {path.name: path.read_bytes() for path in project.iterdir()} == before


@pytest.mark.skipif(os.name != "posix", reason="modes of folders are another matter there")
def test_a_folder_that_is_read_only_is_status_2(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert CliRunner().invoke(policylint, ["baseline", "create", "--baseline", "warm.json"]).exit_code == 0
    (project / "warm.json").unlink()
    project.chmod(0o555)
    for folder in project.parents:
        if folder.stat().st_uid == os.geteuid() and folder.stat().st_mode & 0o011 != 0o011:
            folder.chmod(folder.stat().st_mode | 0o011)
    is_root = os.geteuid() == 0
    try:
        if is_root:  # whom no mode keeps from writing
            os.seteuid(65534)
        result = CliRunner().invoke(policylint, ["baseline", "create"])
    finally:
        if is_root:
            os.seteuid(0)
        project.chmod(0o755)
    assert result.exit_code == 2
    assert result.output.startswith(f"Error: cannot write the baseline '{FILE}': permission denied")
    assert sorted(os.listdir(project)) == ["acme.policy", "system.flow"]
