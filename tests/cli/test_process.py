"""A process that ends at once says the same, and leaves out nothing that somebody wants done at its end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FLOW = 'party acme "Acme" { in CA }\nservice web { of acme }\nflow signup from visitor to web { data contact.email }\n'


def ran(folder: Path, entry: str, before: str = "", output: int = subprocess.PIPE) -> tuple[str | None, str, int]:
    call = f"sys.argv = ['policylint', 'check']; {entry}()"
    script = f"import sys\nfrom policylint.cli.entry import {entry}\n{before}\n{call}"
    environment = {**os.environ, "POLICYLINT_NO_CACHE": "1"}
    command = [sys.executable, "-c", script]
    ended = subprocess.run(
        command, cwd=folder, env=environment, stdout=output, stderr=subprocess.PIPE, text=True, check=False
    )
    return ended.stdout, ended.stderr, ended.returncode


@pytest.mark.parametrize("text", [FLOW, FLOW.replace("acme }", "nobody }"), "flow {", ""])
def test_it_says_the_same_and_ends_with_the_same_status(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.flow").write_text(text)
    assert ran(tmp_path, "process") == ran(tmp_path, "main")


def test_what_was_registered_for_the_end_is_done(tmp_path: Path) -> None:
    (tmp_path / "a.flow").write_text(FLOW)
    said, _, _ = ran(tmp_path, "process", "import atexit; atexit.register(print, 'the end')")
    assert said is not None
    assert said.endswith("the end\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full disk to write to")
def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.flow").write_text(FLOW)
    with open("/dev/full", "w") as full:
        _, error, status = ran(tmp_path, "process", output=full.fileno())
    assert status == 2
    assert "no space left" in error
