"""What the parser said in one run is known to the next; what is no such knowledge is not looked at."""

import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = """\
party acme "Acme" { in CA }
party ads { is advertising  in US }
service crm { of acme  keep 30 days }
term data contact.pager "Pager"

flow signup from visitor to crm {
  data     contact.pager
  purpose  marketing
  waive PL102 because "agreed"
}

flow out from crm to ads { data contact.pager  purpose marketing  basis consent }

policy acme "Acme" {
  binds acme
  clause 1 { forbid sharing of contact to advertising }
}
"""
SHOW = (
    "import sys, atexit; atexit.register(lambda: print('lark' in sys.modules, file=sys.stderr));"
    "from policylint.cli.entry import main; sys.argv = ['policylint', 'check', '--no-cache']; main()"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "a.flow").write_text(PROJECT)
    return tmp_path / "project"


def check(project: Path) -> tuple[str, bool]:
    """What is said, and whether the parser was asked for it."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(project.parent / "of-user")}
    ran = subprocess.run([sys.executable, "-c", SHOW], cwd=project, env=environment, capture_output=True, text=True)
    *said, asked = ran.stderr.splitlines()
    return "\n".join((ran.stdout, *said)), asked == "True"


def known(project: Path) -> Path:
    (file,) = (project.parent / "of-user" / "policylint").glob("known-*")
    return file


def test_the_second_run_asks_nothing(project: Path) -> None:
    first, again = check(project), check(project)
    assert (first[1], again[1]) == (True, False)
    assert first[0] == again[0]
    assert "PL102" in first[0]


def test_what_has_moved_is_asked_again_or_found_elsewhere(project: Path) -> None:
    check(project)
    (project / "a.flow").write_text("# moved\n\n" + PROJECT)
    moved, asked = check(project)
    assert asked, "the flow with a waiver and the policy stand somewhere else"
    assert check(project) == (moved, False), "where they stand now is known"
    assert "a.flow:14" in moved


@pytest.mark.parametrize("damage", [b"", b"no pickle", b"\x80\x05]\x94."])
def test_what_is_no_knowledge_is_not_believed(project: Path, damage: bytes) -> None:
    first, _ = check(project)
    known(project).write_bytes(damage)
    again, asked = check(project)
    assert asked
    assert again == first


def test_an_answer_that_is_damaged_is_asked_again(project: Path) -> None:
    first, _ = check(project)
    clauses, samples, read = pickle.loads(known(project).read_bytes())
    damaged = {digest: (start, packed[:-3]) for digest, (start, packed) in read.items()}
    known(project).write_bytes(pickle.dumps((clauses, samples, damaged)))
    again, asked = check(project)
    assert asked
    assert again == first


def test_what_other_versions_knew_is_removed_after_a_month(project: Path) -> None:
    check(project)
    folder = known(project).parent
    day = 24 * 60 * 60
    for name, days in (("known-old", 31), ("known-old.123", 31), ("known-new", 29), ("key-of-somebody", 31)):
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (time.time() - days * day,) * 2)
    check(project)
    assert (folder / "known-old").exists(), "there was nothing new, and so nothing to write"
    (project / "a.flow").write_text("# moved\n\n" + PROJECT)
    moved = check(project)
    assert {path.name for path in folder.glob("*old*")} == set()
    assert {"known-new", "key-of-somebody"} < {path.name for path in folder.iterdir()}
    assert moved[0] == check(project)[0]
