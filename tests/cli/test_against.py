"""`policylint check --against REF` in real repositories: what is new is reported, and nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.repositories import CLEAN, POLICY, SYSTEM, commit, git, repository, run, write

PRE_COMMIT_LEAKS = {"GIT_DIR": "/nowhere/.git", "GIT_INDEX_FILE": "/nowhere/index"}


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return repository(tmp_path / "pro ject ä")


def new(*arguments: str, cwd: Path) -> list[tuple[str, str]]:
    """Code and declaration of what is new."""
    result = run("check", *arguments, "--output-format", "json", cwd=cwd)
    assert result.returncode in (0, 1, 3), result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    assert all("baseline" in each for each in found)
    return [(each["code"], each["declaration"]) for each in found if each["baseline"] != "unchanged"]


def test_nothing_is_new_where_nothing_changed(repo: Path) -> None:
    assert run("check", cwd=repo).returncode == 1
    result = run("check", "--against", "HEAD", cwd=repo)
    assert result.returncode == 0
    assert result.stdout == "0 errors, 0 warnings (2 in HEAD) in 2 files, 2 flows, 2 obligations\n"


def test_moving_renaming_reordering_and_blank_lines_create_nothing_new(repo: Path) -> None:
    *head, signup, parcel = SYSTEM.split("\n\n")
    moved = "\n\n\n".join(["# another comment", parcel.strip(), signup, *reversed(head)])
    (repo / "system.flow").unlink()
    write(repo, {"a b/ü/other name.flow": moved.replace("  data     ", "  data ")})
    git(repo, "mv", "acme.policy", "promises.policy")
    assert new("--against", "HEAD", cwd=repo) == []
    git(repo, "add", "--all")
    assert new("--against", "HEAD", cwd=repo) == []
    assert new("a b/ü/other name.flow", "promises.policy", "--against", "HEAD", cwd=repo) == []


def test_a_declaration_may_move_into_a_comment(repo: Path) -> None:
    head, _, flows = SYSTEM.partition("\n\n")
    signup, _, parcel = flows.partition("\n\n")
    comment = "\n".join(f"// {line}" for line in ("policylint: " + signup).split("\n"))
    write(repo, {"system.flow": f"{head}\n\n{parcel}", "web/form.ts": comment + "\nexport const form = 1\n"})
    assert new("--against", "HEAD", cwd=repo) == []
    commit(repo)
    (repo / "web" / "form.ts").rename(repo / "other.ts")
    assert new("--against", "HEAD", cwd=repo) == []


def test_what_is_new_is_found_between_two_commits_too(repo: Path) -> None:
    more = "flow more from crm to courier { data contact.email purpose analytics }\n"
    write(repo, {"more.flow": more})
    expected = [("PL302", "flow more"), ("PL501", "flow more")]
    assert sorted(new("--against", "HEAD", cwd=repo))[-2:] == expected
    commit(repo)
    assert sorted(new("--against", "HEAD~1", cwd=repo))[-2:] == expected
    assert new("--against", "HEAD", cwd=repo) == []
    git(repo, "tag", "v1", "HEAD~1")
    assert sorted(new("--against", "v1", cwd=repo))[-2:] == expected
    assert run("check", "--against", "v1", cwd=repo).returncode == 1


def test_a_second_finding_of_the_same_kind_is_new(repo: Path) -> None:
    (repo / "system.flow").write_text(SYSTEM.replace("in US", "in US, CN"))
    assert new("--against", "HEAD", cwd=repo) == [("PL302", "flow parcel")]


def test_a_waiver_that_is_taken_out_makes_something_new(repo: Path) -> None:
    waived = SYSTEM.replace("  basis ", '  waive forbidden-use because "agreed"\n  basis ')
    (repo / "system.flow").write_text(waived)
    commit(repo)
    assert new("--against", "HEAD", cwd=repo) == []
    (repo / "system.flow").write_text(SYSTEM)
    assert new("--against", "HEAD", cwd=repo) == [("PL501", "flow signup")]


def test_what_was_possible_and_is_certain_now_is_told_apart(repo: Path) -> None:
    undeclared = SYSTEM.replace("party courier { is processor  in US", "party courier { is processor")
    (repo / "system.flow").write_text(undeclared)
    (repo / "acme.policy").write_text(POLICY.replace("outside CA", ""))
    commit(repo)
    (repo / "system.flow").write_text(undeclared.replace("is processor", "is processor  in CA"))
    assert run("check", "--against", "HEAD", cwd=repo).returncode == 0
    (repo / "system.flow").write_text(SYSTEM)
    assert new("--against", "HEAD", cwd=repo) == [("PL302", "flow parcel")]


def test_a_second_project_in_the_repository_is_new_although_it_is_a_copy(repo: Path) -> None:
    files = {"system.flow": SYSTEM, "acme.policy": POLICY, "policylint.toml": ""}
    write(repo, {f"one/{name}": text for name, text in files.items()})
    commit(repo)
    write(repo, {f"two/{name}": text for name, text in files.items()})
    assert new("one", "--against", "HEAD", cwd=repo) == []
    assert len(new("two", "--against", "HEAD", cwd=repo)) == 2


def test_the_earlier_tree_has_its_own_configuration(repo: Path) -> None:
    write(repo, {"policylint.toml": "ignore = ['forbidden-use']\nexclude = ['old/']\n"})
    write(repo, {"old/more.flow": "flow more from crm to courier { data contact.email purpose analytics }\n"})
    commit(repo)
    (repo / "policylint.toml").unlink()
    assert {code for code, _ in new("--against", "HEAD", cwd=repo)} == {"PL302", "PL501"}
    assert new("--against", "HEAD", "--ignore", "PL", cwd=repo) == []


def test_what_lies_outside_of_the_repository_is_the_same_then_and_now(repo: Path) -> None:
    write(repo.parent, {"shared/more.policy": 'policy more "More" { binds acme clause 1 { forbid use } }\n'})
    write(repo, {"policylint.toml": "policies = ['../shared/*.policy']\n"})
    commit(repo)
    assert new("--against", "HEAD", cwd=repo) == []
    write(repo.parent, {"shared/policylint.toml": "policies = ['more.policy']\nowner = 'acme'\n"})
    assert new("--against", "HEAD", "--config", "../shared/policylint.toml", cwd=repo) == []


def test_subfolders_detached_heads_and_worktrees(repo: Path, tmp_path: Path) -> None:
    write(repo, {"sub/more.flow": "flow more from crm to courier { data contact.email purpose analytics }\n"})
    commit(repo)
    assert new("..", "--against", "HEAD", cwd=repo / "sub") == []
    assert len(new("..", "--against", "HEAD~1", cwd=repo / "sub")) == 2
    git(repo, "checkout", "--quiet", "--detach", "HEAD~1")
    assert new("--against", "main", cwd=repo) == []
    git(repo, "worktree", "add", "--quiet", str(tmp_path / "linked"), "main")
    assert new("--against", "HEAD", cwd=tmp_path / "linked") == []
    assert len(new("--against", "HEAD~1", cwd=tmp_path / "linked")) == 2


def test_the_work_tree_and_the_index_are_left_alone(repo: Path) -> None:
    (repo / "system.flow").write_text(SYSTEM.replace("analytics", "service"))
    write(repo, {"untracked.txt": "x"})

    def state() -> tuple[str, bytes, list[str]]:
        index = (repo / ".git" / "index").read_bytes()
        return git(repo, "status", "--porcelain"), index, sorted(os.listdir(repo))

    before = state()
    run("check", "--against", "HEAD", cwd=repo)
    run("diff", "HEAD", cwd=repo)
    assert state() == before


def test_a_hook_of_another_repository_does_not_lead_astray(repo: Path) -> None:
    assert run("check", "--against", "HEAD", cwd=repo, **PRE_COMMIT_LEAKS).returncode == 0


def test_links_and_ignored_files_are_read_then_as_they_are_now(repo: Path) -> None:
    write(repo, {"gen/more.flow": "flow more from crm to courier { data contact.email purpose analytics }\n"})
    (repo / "link.flow").symlink_to("gen/more.flow")
    commit(repo)
    assert new("--against", "HEAD", cwd=repo) == []
    write(repo, {".gitignore": "gen/\n"})
    (repo / "link.flow").unlink()
    commit(repo)
    assert new("--against", "HEAD", cwd=repo) == []


def test_standard_input_and_what_was_not_understood(repo: Path) -> None:
    broken = SYSTEM + "flow broken from visitor to crm { data }\n"
    (repo / "system.flow").write_text(broken)
    commit(repo)
    result = run("check", "--against", "HEAD", cwd=repo)
    assert result.returncode == 3
    assert "PL001" in result.stdout  # it may hide anything: being old does not excuse it
    assert "PL501" not in result.stdout
    both = subprocess.run(
        [sys.executable, "-m", "policylint", "check", "-", "--stdin-filename", "system.flow", "--against", "HEAD"],
        cwd=repo,
        env=CLEAN,
        input=SYSTEM,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert both.returncode == 0


@pytest.mark.parametrize("reference", ["nowhere", "--all", "main..HEAD", "HEAD:acme.policy", "", "a\nb", "HEAD~7"])
def test_a_reference_that_is_no_commit_is_status_2(repo: Path, reference: str) -> None:
    for command in (["check", f"--against={reference}"], ["diff", "--", reference]):
        result = run(*command, cwd=repo)
        assert result.returncode == 2
        assert "commit" in result.stderr
        assert len(result.stderr.splitlines()) == 1
        assert result.stdout == ""


def test_no_repository_and_no_commit_are_status_2(tmp_path: Path) -> None:
    write(tmp_path, {"system.flow": SYSTEM})
    result = run("check", "--against", "HEAD", cwd=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert (result.returncode, "lies in no git repository" in result.stderr) == (2, True)
    git(tmp_path, "init", "--quiet")
    result = run("check", "--against", "HEAD", cwd=tmp_path)
    assert (result.returncode, "no commit yet" in result.stderr) == (2, True)


def test_a_path_outside_of_the_repository_is_status_2(repo: Path) -> None:
    result = run("check", ".", "..", "--against", "HEAD", cwd=repo)
    assert (result.returncode, "outside of the repository" in result.stderr) == (2, True)


def test_git_that_is_not_there_is_status_2(repo: Path) -> None:
    result = run("check", "--against", "HEAD", cwd=repo, PATH="/nowhere")
    assert (result.returncode, "git is not installed" in result.stderr) == (2, True)


def test_a_broken_configuration_then_is_status_2_and_names_the_file(repo: Path) -> None:
    write(repo, {"policylint.toml": "ownr = 'acme'\n"})
    commit(repo)
    (repo / "policylint.toml").unlink()
    result = run("check", "--against", "HEAD", cwd=repo)
    assert result.returncode == 2
    assert "cannot check 'HEAD'" in result.stderr
    assert f"{repo}/policylint.toml" in result.stderr
    assert "policylint-" not in result.stderr
