"""`policylint fmt` on real files."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from policylint.cli.fmt import command

UGLY = 'party  acme "Acme" {in ca}\n'
NEAT = 'party acme "Acme" { in CA }\n'
BROKEN = "flow  f from a {\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fmt(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "policylint", "fmt", *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False)


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    assert b"Traceback" not in done.stderr
    return done.stdout.decode()


def test_formats_in_place_and_counts(project: Path) -> None:
    (project / "a.flow").write_text(UGLY)
    (project / "b.flow").write_text(NEAT)
    (project / "c.policy").write_text('policy p "P" {}\n')
    (project / "app.py").write_text(f"# policylint: {UGLY}x = {{}}\n")
    (project / "other.py").write_text("x  =  1\n")
    done = fmt()
    assert (done.returncode, told(done)) == (0, "2 files reformatted, 2 files left unchanged\n")
    assert (project / "a.flow").read_text() == NEAT
    assert (project / "app.py").read_text() == f"# policylint: {NEAT}x = {{}}\n"
    assert (project / "other.py").read_text() == "x  =  1\n"
    done = fmt()
    assert (done.returncode, told(done)) == (0, "4 files left unchanged\n")


def test_check_writes_nothing(project: Path) -> None:
    (project / "a.flow").write_text(UGLY)
    (project / "b.flow").write_text(NEAT)
    done = fmt("--check")
    assert done.returncode == 1
    assert told(done) == "Would reformat: a.flow\n1 file would be reformatted, 1 file already formatted\n"
    assert (project / "a.flow").read_text() == UGLY
    assert fmt("--check", "b.flow").returncode == 0


def test_diff_shows_what_would_change(project: Path) -> None:
    (project / "a.flow").write_text(UGLY.rstrip("\n"))
    done = fmt("--diff", ".")
    assert done.returncode == 1
    lines = told(done).splitlines()
    assert lines[:2] == ["--- a.flow", "+++ a.flow"]
    assert "-" + UGLY.rstrip("\n") in lines
    assert "\\ No newline at end of file" in lines
    assert "+" + NEAT.rstrip("\n") in lines
    assert done.stderr == b"1 file would be reformatted" + os.linesep.encode()
    assert (project / "a.flow").read_text() == UGLY.rstrip("\n")


def test_what_cannot_be_read_is_told_and_left(project: Path) -> None:
    (project / "a.flow").write_text(BROKEN + UGLY)
    (project / "b.flow").write_text(UGLY)
    (project / "c.flow").write_bytes(b"party p { in CA } # \xff\n")
    done = fmt()
    assert done.returncode == 3
    assert b"a.flow:1:" in done.stderr
    assert b"c.flow: cannot read this file" in done.stderr
    assert (project / "a.flow").read_text() == f"{BROKEN}\n{NEAT}"
    assert (project / "b.flow").read_text() == NEAT
    assert (project / "c.flow").read_bytes() == b"party p { in CA } # \xff\n"
    assert told(done) == "2 files reformatted\n"
    assert fmt("--check").returncode == 3


def test_bytes_around_annotations_stay(project: Path) -> None:
    before = b"\xef\xbb\xbf# caf\xe9 \x0c\r\n# policylint: " + UGLY.strip().encode() + b"  \r\nx = '\xff'"
    (project / "a.py").write_bytes(before)
    assert fmt().returncode == 0
    assert (project / "a.py").read_bytes() == before.replace(UGLY.strip().encode(), NEAT.strip().encode())


def test_mark_and_line_ends_stay(project: Path) -> None:
    (project / "a.flow").write_bytes(b"\xef\xbb\xbf" + UGLY.encode() + b"party b{ }\r\n")
    (project / "b.flow").write_bytes(UGLY.replace("\n", "\r\n").encode() + b"party b{ }\n")
    assert fmt().returncode == 0
    assert (project / "a.flow").read_bytes() == b"\xef\xbb\xbf" + NEAT.encode() + b"party b {}\n"
    assert (project / "b.flow").read_bytes() == NEAT.replace("\n", "\r\n").encode() + b"party b {}\r\n"


def test_mode_and_links_stay(project: Path) -> None:
    file, link = project / "a.flow", project / "link.flow"
    file.write_text(UGLY)
    file.chmod(0o640)
    link.symlink_to(file)
    assert fmt("link.flow").returncode == 0
    assert link.is_symlink()
    assert file.read_text() == NEAT
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(path.name for path in project.iterdir()) == ["a.flow", "link.flow"]


def test_what_is_excluded_is_left(project: Path) -> None:
    (project / "policylint.toml").write_text('exclude = ["old/"]\n')
    (project / ".git").mkdir()
    (project / ".gitignore").write_text("*.tmp.flow\n")
    (project / "old").mkdir()
    for name in ("old/a.flow", "b.tmp.flow", "c.flow"):
        (project / name).write_text(UGLY)
    assert told(fmt()) == "1 file reformatted\n"
    assert (project / "old" / "a.flow").read_text() == UGLY
    assert (project / "b.tmp.flow").read_text() == UGLY
    done = fmt("--force-exclude", "old/a.flow", "old", "b.tmp.flow")
    assert (done.returncode, told(done)) == (0, "")
    assert b"all that was named is excluded" in done.stderr
    assert told(fmt("--force-exclude", "old/a.flow", "c.flow")) == "1 file left unchanged\n"
    assert told(fmt("--force-exclude", ".")) == "1 file left unchanged\n"
    assert (project / "old" / "a.flow").read_text() == UGLY
    assert told(fmt("old/a.flow")) == "1 file reformatted\n"


def test_standard_input(project: Path) -> None:
    done = fmt("-", given=UGLY.encode())
    assert (done.returncode, done.stdout) == (0, NEAT.encode())
    done = fmt("-", "--stdin-filename", "src/a.py", given=f"\t# policylint: {UGLY}\xff".encode("latin-1"))
    assert done.stdout == f"\t# policylint: {NEAT}\xff".encode("latin-1")
    assert fmt("-", "--check", given=UGLY.encode()).returncode == 1
    assert fmt("-", "--check", given=NEAT.encode()).returncode == 0
    done = fmt("-", given=BROKEN.encode())
    assert (done.returncode, done.stdout) == (3, BROKEN.encode())
    assert done.stderr.startswith(b"stdin.flow:1:")


@pytest.mark.parametrize("arguments", [("-", "a.flow"), ("lost.flow",), ("--stdin-filename", "a.flow"), ("--no-such",)])
def test_bad_usage(project: Path, arguments: tuple[str, ...]) -> None:
    (project / "a.flow").write_text(UGLY)
    assert fmt(*arguments).returncode == 2
    assert (project / "a.flow").read_text() == UGLY


def test_nothing_to_do(project: Path) -> None:
    done = fmt()
    assert (done.returncode, told(done)) == (0, "no declarations were found\n")


def test_a_file_that_cannot_be_written(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def replace(_: str, target: Path) -> None:
        if target.name == "a.flow":
            raise PermissionError(13, "Permission denied")
        real(_, target)

    real = os.replace
    monkeypatch.setattr("os.replace", replace)
    (project / "a.flow").write_text(UGLY)
    (project / "b.flow").write_text(UGLY)
    done = CliRunner().invoke(command, [])
    assert done.exit_code == 2
    assert done.stderr == "a.flow: permission denied\n"
    assert done.stdout == "1 file reformatted\n"
    assert (project / "a.flow").read_text() == UGLY
    assert sorted(path.name for path in project.iterdir()) == ["a.flow", "b.flow"]


def test_a_fault_of_the_formatter_harms_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policylint.syntax.formatter.layout", lambda words: ["party other { in CA }"])
    (project / "a.flow").write_text(UGLY)
    done = CliRunner().invoke(command, [])
    assert done.exit_code == 4
    assert "a.flow: left as it is" in done.stderr
    assert (project / "a.flow").read_text() == UGLY
