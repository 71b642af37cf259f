"""Which files belong to a project, and what becomes of those that cannot be read."""

import builtins
import io
import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policylint.check import Checked, check
from policylint.config.settings import Settings
from policylint.report import json as json_report
from policylint.rule.registry import load
from policylint.source.files import LARGEST, read
from policylint.source.patterns import Exclusion

GOOD = "party %s { in CA }\n"
BROKEN = "party %s { in }\n"

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
not_as_root = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def _write(folder: Path, *paths: str, text: str = "") -> None:
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text or GOOD % file.stem.replace(".", "_"))


def _read(folder: Path, *exclude: str) -> list[str]:
    reading = read([folder], [Exclusion(pattern, folder) for pattern in exclude], folder)
    assert reading.mistakes == ()
    return [text.inside for text in reading.texts]


def _unread(*paths: Path) -> dict[str, str]:
    return {mistake.span.path: mistake.message for mistake in read(paths, (), Path()).mistakes}


def _check(folder: Path) -> Checked:
    return check([folder], Settings(folder), load(()), date(2026, 11, 22))


def _git(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", str(folder)], check=True)


# What belongs


@needs_git
def test_gitignore_of_a_real_repository(project: Path) -> None:
    _git(project)
    _write(
        project,
        "a.flow",
        "build/b.flow",
        "sub/c.flow",
        "sub/gen/d.flow",
        "sub/gen/keep.flow",
        "sub/deep/e.flow",
        "x.flow",
    )
    _write(project, ".gitignore", text="build/\n*.flow\n!a.flow\n!sub/**/*.flow\n")
    _write(project, "sub/.gitignore", text="gen/*\n!gen/keep.flow\n/c.flow\n")
    assert _read(project) == ["a.flow", "sub/deep/e.flow", "sub/gen/keep.flow"]


@needs_git
def test_gitignore_agrees_with_git(project: Path) -> None:
    _git(project)
    names = [
        "a.flow",
        "b/a.flow",
        "b/c/a.flow",
        "b/c/x.flow",
        "d/a.flow",
        "d/e/x.flow",
        "f g.flow",
        "#h.flow",
        "!i.flow",
        "j.flow",
    ]
    _write(project, *names)
    _write(
        project,
        ".gitignore",
        text="/a.flow\nb/*\n!b/c\nd/**\n!d/e/\n\\#h.flow\n\\!i.flow\nf\\ g.flow\n!\n[z-a]\n\n# c\n",
    )
    _write(project, "b/c/.gitignore", text="x.*\n")
    listed = subprocess.run(
        ["git", "-C", str(project), "ls-files", "--others", "--exclude-standard", "-z", "*.flow"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert sorted(_read(project)) == sorted(filter(None, listed.split("\0")))


@needs_git
def test_gitignore_above_the_folder_given(project: Path) -> None:
    _git(project)
    _write(project, "app/a.flow", "app/tmp/b.flow", "app/c.gen.flow")
    _write(project, ".gitignore", text="tmp/\n*.gen.flow\n")
    assert [text.path for text in read([project / "app"], (), project).texts] == ["app/a.flow"]


@needs_git
def test_gitignore_above_the_repository_does_not_count(project: Path) -> None:
    _write(project, ".gitignore", text="*.flow\n")
    _write(project, "inner/a.flow")
    _git(project / "inner")
    assert [text.path for text in read([project / "inner"], (), project).texts] == ["inner/a.flow"]


@needs_git
def test_ignored_folder_and_file_are_read_when_named(project: Path) -> None:
    _git(project)
    _write(project, "build/a.flow", "build/b.flow")
    _write(project, ".gitignore", text="build/\n")
    assert read([project], (), project).texts == ()
    assert [text.path for text in read([project / "build"], (), project).texts] == ["build/a.flow", "build/b.flow"]
    assert [text.path for text in read([project / "build" / "a.flow"], (), project).texts] == ["build/a.flow"]


def test_gitignore_without_a_repository(project: Path) -> None:
    _write(project, "a.flow", "sub/b.flow", "sub/c.flow")
    _write(project, "sub/.gitignore", text="\ufeffb.flow\r\n")
    assert _read(project) == ["a.flow", "sub/c.flow"]


def test_exclude(project: Path) -> None:
    _write(project, "a.flow", "old/b.flow", "sub/old/c.flow", "sub/d.flow", "sub/e.policy")
    assert _read(project, "old/", "*.policy") == ["a.flow", "sub/d.flow"]
    assert _read(project, "/old") == ["a.flow", "sub/d.flow", "sub/e.policy", "sub/old/c.flow"]
    assert _read(project, "*.flow", "!a.flow") == ["a.flow", "sub/e.policy"]
    inside = read([project / "sub"], [Exclusion("sub/old", project)], project)
    assert [text.inside for text in inside.texts] == ["sub/d.flow", "sub/e.policy"]


def test_folders_that_no_search_enters(project: Path) -> None:
    _write(project, "a.flow", "node_modules/b.flow", ".git/c.flow", "sub/.venv/d.flow", ".github/e.flow")
    assert _read(project) == [".github/e.flow", "a.flow"]
    named = read([project / "node_modules"], (), project)
    assert [text.inside for text in named.texts] == ["node_modules/b.flow"]


def test_source_files_are_read_where_they_hold_an_annotation(project: Path) -> None:
    _write(project, "a.py", "b.md", "c.json", "d.unknown", "e", text="# policylint: party x { in CA }\n")
    _write(project, "plain.py", text="x = 1\n")
    assert _read(project) == ["a.py", "d.unknown", "e"]


def test_case_of_the_suffix_does_not_matter(project: Path) -> None:
    _write(project, "A.FLOW", "b.Policy", ".flow")
    assert _read(project) == [".flow", "A.FLOW", "b.Policy"]
    assert [finding.code for finding in _check(project).findings] == []


def test_same_file_reached_twice(project: Path) -> None:
    _write(project, "sub/a.flow")
    (project / "link.flow").symlink_to(project / "sub" / "a.flow")
    (project / "sub" / "link.flow").symlink_to("a.flow")
    paths = [
        project,
        project / "sub",
        project / "sub" / ".." / "sub" / "a.flow",
        project / "link.flow",
        project / "sub" / "a.flow",
    ]
    for given in (paths, paths[::-1]):
        assert [text.path for text in read(given, (), project).texts] == ["sub/a.flow"]
    assert _check(project).findings == ()


def test_empty_project(project: Path) -> None:
    assert read([project], (), project) == ((), (), ())
    assert _check(project).findings == ()


# What cannot be read


def test_loops_of_links(project: Path) -> None:
    _write(project, "good.flow", "sub/fine.flow")
    (project / "loop.flow").symlink_to("loop.flow")
    (project / "ring.policy").symlink_to("gnir.policy")
    (project / "gnir.policy").symlink_to("ring.policy")
    (project / "loop.py").symlink_to("loop.py")
    (project / "sub" / "up").symlink_to(project)
    (project / "sub" / "self").symlink_to("self")
    reading = read([project], (), project)
    assert [text.path for text in reading.texts] == ["good.flow", "sub/fine.flow"]
    assert [mistake.span.path for mistake in reading.mistakes] == ["gnir.policy", "loop.flow", "ring.policy"]


def test_links_to_nowhere(project: Path) -> None:
    (project / "gone.flow").symlink_to("nothing")
    (project / "gone.py").symlink_to("nothing")
    assert _unread(project) == {"gone.flow": "cannot read this file: no such file or directory"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_link_that_cannot_be_followed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in `/proc`, where a link may be there and lead nowhere that the system would tell."""
    _write(project, "fine.flow")
    (project / "closed.py").symlink_to("nothing")

    def refuse(path: object, **_: object) -> str:
        raise FileNotFoundError(2, "No such file or directory", str(path))

    monkeypatch.setattr(os, "readlink", refuse)
    assert _read(project) == ["fine.flow"]


def test_pipes_are_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "x.flow")
    os.mkfifo(project / "x.py")
    os.mkfifo(project / ".gitignore")
    assert _unread(project) == {"x.flow": "cannot read this file: it is not a regular file"}


def test_folder_with_the_name_of_a_file(project: Path) -> None:
    _write(project, "x.flow/a.flow", "x.py/b.flow")
    assert _read(project) == ["x.flow/a.flow", "x.py/b.flow"]


@not_as_root
@pytest.mark.parametrize("name", ["shut.flow", "shut.py", "shut"])
def test_file_without_permission(project: Path, name: str) -> None:
    _write(project, name)
    (project / name).chmod(0)
    assert _unread(project) == {name: "cannot read this file: permission denied"}


@not_as_root
def test_folder_without_permission(project: Path) -> None:
    _write(project, "shut/a.flow", "open/b.flow")
    (project / "shut").chmod(0)
    try:
        assert _unread(project) == {"shut": "cannot enter this folder: permission denied"}
    finally:
        (project / "shut").chmod(0o700)


@pytest.mark.parametrize("name", ["shut.flow", "shut.py", ".gitignore"])
def test_file_that_fails_while_it_is_read(project: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `chmod` shows too, but not to root."""
    _write(project, name, "a.flow")

    opened = io.open

    def fail(path: object, *more: Any, **named: Any) -> Any:
        if Path(str(path)).name == name:
            raise PermissionError(13, "Permission denied")
        return opened(path, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", fail)
    monkeypatch.setattr(io, "open", fail)
    assert _unread(project) == {name: "cannot read this file: permission denied"}
    assert [text.path for text in read([project], (), project).texts] == ["a.flow"]


def test_folder_that_fails_while_it_is_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(project, "shut/b.flow", "a.flow")
    real = os.scandir

    def fail(path: str | Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", fail)
    assert list(_unread(project)) == ["shut"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bytes(range(256)), "it holds binary data"),
        (b"party x { in CA }\n\0", "it holds binary data"),
        (b"party x {\n  in CA\xff\n}", "line 2 is not UTF-8"),
        ("party x { in CA }".encode("utf-16"), "it holds binary data"),
        ('party x "\xe9" { in CA }'.encode("latin-1"), "line 1 is not UTF-8"),
        (b"\xed\xa0\x80", "line 1 is not UTF-8"),
    ],
)
def test_content_that_is_no_text(project: Path, content: bytes, reason: str) -> None:
    (project / "bad.flow").write_bytes(content)
    _write(project, "good.flow", text=BROKEN % "y")
    checked = _check(project)
    found = [(finding.span.path, finding.code, finding.message) for finding in checked.findings]
    assert found == [
        ("bad.flow", "PL001", f"cannot read this file: {reason}"),
        ("good.flow", "PL001", "the name is missing after `in`"),
    ]
    json.loads(json_report.render(checked))


def _sparse(path: Path, head: bytes = b"", tail: bytes = b"") -> None:
    """A large file of spaces that is quickly written."""
    with path.open("wb") as stream:
        stream.write(head)
        for _ in range(LARGEST // 2**20 + 1):
            stream.write(b" " * 2**20)
        stream.write(tail)


def test_huge_files(project: Path) -> None:
    _sparse(project / "huge.flow")
    _sparse(project / "unrelated.log")
    _sparse(project / "marked.py", tail=b"\n# policylint: party x { in CA }\n")
    _sparse(project / "binary.bin", head=b"\0\1", tail=b"# policylint: party x { in CA }")
    unread = _unread(project)
    assert list(unread) == ["huge.flow", "marked.py"]
    assert all("17 MB, more than the 16 MB that are read" in message for message in unread.values())


def test_marker_across_two_blocks_of_a_huge_file(project: Path) -> None:
    head = b" " * (2**20 - 5) + b"policylint: party x { in CA }"
    _sparse(project / "marked.py", head=head)
    assert list(_unread(project)) == ["marked.py"]


def test_deep_folders(project: Path) -> None:
    deep = project
    for _ in range(500):
        deep = deep / "d"
        deep.mkdir()
    _write(deep, "a.flow")
    (project / ".gitignore").write_text("*.log\n")
    assert _read(project) == ["d/" * 500 + "a.flow"]


def test_folders_deeper_than_paths_are_long(project: Path) -> None:
    _write(project, "a.flow")
    made = 0
    try:
        for _ in range(30):
            os.mkdir("n" * 200)
            os.chdir("n" * 200)
            made += 1
        Path("b.flow").write_text(GOOD % "b")
        os.chdir(project)
        reading = read([project], (), project)
        assert [text.path for text in reading.texts] == ["a.flow"]
        assert len(reading.mistakes) == 1
        assert "file name too long" in reading.mistakes[0].message
    finally:
        shutil.rmtree(project / ("n" * 200), ignore_errors=True)


@pytest.mark.skipif(os.name != "posix", reason="names are text elsewhere")
def test_names_that_are_no_text(project: Path) -> None:
    for name in (b"caf\xe9.flow", b"esc\x1b[31m.flow", b"new\nline.flow"):
        Path(os.fsdecode(bytes(project) + b"/" + name)).write_text(BROKEN % "x")
    checked = _check(project)
    paths = {finding.span.path for finding in checked.findings}
    assert paths == {r"caf\xe9.flow", r"esc\x1b[31m.flow", r"new\nline.flow"}
    json_report.render(checked).encode("utf-8")


def test_missing_file_that_was_named(project: Path) -> None:
    assert _unread(project / "none.flow") == {"none.flow": "cannot read this file: no such file or directory"}


def test_text_in_place_of_a_file(project: Path) -> None:
    _write(project, "a.flow", "b.flow", text=BROKEN % "x")
    (project / "bad.flow").write_bytes(b"\xff")
    for name in ("a.flow", "bad.flow", "new.flow"):
        reading = read([project], (), project, (Path(name), "party unsaved { in CA }\n"))
        assert {text.path: text.text for text in reading.texts}[name] == "party unsaved { in CA }\n"
        assert name not in {mistake.span.path for mistake in reading.mistakes}
