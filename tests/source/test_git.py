"""What git is asked, and what comes of a commit that holds what it should not."""

import subprocess
from pathlib import Path

import pytest

from policylint.source.git import GitError, repository
from policylint.source.snapshot import snapshot
from tests.cli.repositories import CLEAN, SYSTEM, commit, git, write
from tests.cli.repositories import repository as make


def test_files_with_any_names_are_listed_and_read(tmp_path: Path) -> None:
    names = ["a b.flow", "ü/日本.flow", "q\"uote'.flow", "new\nline.flow", "-dash.flow"]
    found = repository(make(tmp_path / "r", {name: f"# {name!r}\n" for name in names}))
    at = found.commit("HEAD")
    entries = list(found.files(at))
    assert sorted(entry.path for entry in entries) == sorted(names)
    assert {entry.path: content.decode() for entry, content in found.contents(entries)} == {
        name: f"# {name!r}\n" for name in names
    }
    assert found.containing("日本", at) == {"ü/日本.flow"}
    assert found.containing("no such word", at) == frozenset()


def test_the_folder_may_be_any_in_the_repository_or_a_link_to_one(tmp_path: Path) -> None:
    folder = make(tmp_path / "r", {"sub/a.flow": ""})
    (tmp_path / "link").symlink_to(folder / "sub")
    assert repository(folder / "sub").top.samefile(folder)
    assert repository(tmp_path / "link").top.samefile(folder)


def test_only_what_is_needed_is_laid_out(tmp_path: Path) -> None:
    files = {
        "a.flow": SYSTEM,
        "b.py": "# policylint: term data contact.x\n",
        "c.py": "nothing",
        "policylint.toml": "",
        "text.md": "",
        "large.bin": "x",
    }
    found = repository(make(tmp_path / "r", files))
    with snapshot(found, found.commit("HEAD")) as taken:
        there = taken.then(tmp_path / "r")
        assert there is not None
        assert sorted(path.name for path in there.iterdir()) == [".git", "a.flow", "b.py", "policylint.toml", "text.md"]
        assert taken.now(str(there / "a.flow")) == str(found.top / "a.flow")
        assert taken.then(tmp_path / "r" / "x" / "y.flow") == there
        assert taken.then(tmp_path / "r" / "x" / "y.flow", tmp_path / "r" / "x") is None
        with pytest.raises(GitError, match="outside of the repository"):
            taken.then(tmp_path)
    assert not there.exists()
    assert (tmp_path / "r" / "a.flow").exists()


def test_a_commit_made_by_hand_writes_nowhere_else(tmp_path: Path) -> None:
    """A path with `..`, and a link that something would be written through."""
    folder = make(tmp_path / "r", {"a.flow": "x"})
    blob = git(folder, "rev-parse", "HEAD:a.flow").strip()
    link = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"],
        cwd=folder,
        env=CLEAN,
        input=str(tmp_path).encode(),
        capture_output=True,
    ).stdout.strip()

    def tree(*lines: bytes) -> str:
        made = subprocess.run(
            ["git", "mktree", "-z"], cwd=folder, env=CLEAN, input=b"\0".join(lines) + b"\0", capture_output=True
        )
        return made.stdout.decode().strip()

    inner = tree(f"100644 blob {blob}\tescaped.flow".encode())
    outer = tree(
        f"040000 tree {inner}\t..".encode(),
        b"120000 blob " + link + b"\tout.flow",
        f"100644 blob {blob}\tok.flow".encode(),
    )
    made = git(folder, "commit-tree", outer, "-m", "x").strip()
    found = repository(folder)
    before = sorted(path.name for path in tmp_path.rglob("*") if ".git" not in path.parts)
    with snapshot(found, found.commit(made)) as taken:
        there = taken.then(folder)
        assert there is not None
        assert (there / "ok.flow").is_file()
        assert not (there.parent / "escaped.flow").exists()
    assert sorted(path.name for path in tmp_path.rglob("*") if ".git" not in path.parts) == before


def test_a_shallow_clone_says_what_to_fetch(tmp_path: Path) -> None:
    folder = make(tmp_path / "r")
    write(folder, {"b.flow": ""})
    commit(folder)
    git(tmp_path, "clone", "--quiet", "--depth", "1", folder.as_uri(), "shallow")
    with pytest.raises(GitError, match="--unshallow"):
        repository(tmp_path / "shallow").commit("HEAD~1")


def test_a_partial_clone_fetches_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path / "r")
    git(folder, "config", "uploadpack.allowFilter", "true")
    write(folder, {"system.flow": SYSTEM + "\n"})
    commit(folder)
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", folder.as_uri(), "partial")
    found = repository(tmp_path / "partial")
    with pytest.raises(GitError), snapshot(found, found.commit("HEAD~1")):
        pass


def test_submodules_and_empty_commits(tmp_path: Path) -> None:
    other = make(tmp_path / "other")
    folder = make(tmp_path / "r", {"a.flow": ""})
    git(folder, "-c", "protocol.file.allow=always", "submodule", "add", "--quiet", str(other), "sub")
    commit(folder)
    found = repository(folder)
    assert "sub" not in {entry.path for entry in found.files(found.commit("HEAD"))}
    git(folder, "checkout", "--quiet", "--orphan", "empty")
    git(folder, "rm", "-rfq", "--cached", ".")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "x")
    with snapshot(found, found.commit("HEAD")) as taken:
        assert taken.then(folder) is not None


def test_a_bare_repository_has_no_files_to_check(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    with pytest.raises(GitError, match="without files"):
        repository(tmp_path / "bare.git")
    with pytest.raises(GitError, match="no folder"):
        repository(tmp_path / "nowhere")
