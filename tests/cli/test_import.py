"""`policylint import` as it is called, with an importer of a plug-in too."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.test_check import run

MANIFEST = """\
system:
  - fides_key: crm
    privacy_declarations:
      - {data_categories: [user.contact], data_use: sales, data_subjects: [customer], mistyped: 1}
"""
PLUGIN = """\
from policylint.interop.importers import RefusedInputError
from policylint.rule.api import hookimpl

API = 1


@hookimpl
def policylint_importers():
    return {"names": "names_plugin"}


def convert(files, vocabulary):
    names = [name for file in files for name in file.text.split()]
    BODY
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "fides.yml").write_text(MANIFEST)
    (tmp_path / "acme.flow").write_text("party acme { }\n")
    return tmp_path


def test_what_is_imported_can_be_checked(project: Path) -> None:
    printed = run("import", "fides", "fides.yml", cwd=project)
    assert (printed.returncode, printed.stderr) == (0, "1 TODO left\n")
    written = run("import", "fides", "fides.yml", "--output", "new/systems.flow", cwd=project)
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "1 TODO left in new/systems.flow\n")
    assert (project / "new" / "systems.flow").read_text() == printed.stdout
    assert "# TODO: Fides has no `mistyped`" in printed.stdout
    assert run("fmt", "--check", "new", cwd=project).returncode == 0
    policy = 'policy acme "A" { binds acme clause 1 { forbid use of contact for marketing } }\n'
    (project / "acme.policy").write_text(policy)
    checked = run("check", "--output-format", "concise", cwd=project)
    assert checked.returncode == 1, checked.stdout + checked.stderr
    assert "PL501 error" in checked.stdout


def test_nothing_is_overwritten_without_being_told(project: Path) -> None:
    (project / "b.flow").write_text("party b { }\n")
    refused = run("import", "fides", "fides.yml", "-o", "b.flow", cwd=project)
    assert refused.returncode == 2
    assert "b.flow is there already" in refused.stderr
    assert (project / "b.flow").read_text() == "party b { }\n"
    assert run("import", "fides", "fides.yml", "-o", "b.flow", "--force", cwd=project).returncode == 0
    assert "service crm" in (project / "b.flow").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("fidess", "fides.yml"), "there is no importer for 'fidess'; there are fides"),
        (("fides",), "Missing argument 'FILE...'"),
        (("fides", "none.yml"), "there is no file 'none.yml'"),
        (("fides", "."), "name the files themselves"),
        (("fides", "acme.flow"), "acme.flow is no Fides manifest"),
        (("fides", "latin.yml"), "cannot read latin.yml: it is not UTF-8"),
        (("fides", "fides.yml", "-o", "acme.flow/x.flow"), "cannot write acme.flow/x.flow"),
    ],
)
def test_what_cannot_be_imported_is_status_2(project: Path, arguments: tuple[str, ...], words: str) -> None:
    (project / "latin.yml").write_bytes(b"system: caf\xe9\n")
    done = run("import", *arguments, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def with_plugin(project: Path, body: str) -> "subprocess.CompletedProcess[str]":
    (project / "names_plugin.py").write_text(PLUGIN.replace("BODY", body))
    (project / "policylint.toml").write_text("plugins = ['names_plugin']\n")
    (project / "names.txt").write_text("b a")
    return run("import", "names", "names.txt", cwd=project)


def test_an_importer_of_a_plugin(project: Path) -> None:
    done = with_plugin(project, 'return "".join(f"# TODO: its place\\nparty {name}{{}}\\n" for name in names)')
    assert (done.returncode, done.stderr) == (0, "2 TODOs left\n")
    assert done.stdout == "# TODO: its place\nparty b {}\n# TODO: its place\nparty a {}\n"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("1 / 0", "fails: ZeroDivisionError: division by zero"),
        ("raise SystemExit(0)", "fails: SystemExit: 0"),
        ("return names", "gives ['b', 'a'], which is no text"),
        ('return "party {"', "writes what cannot be read: the name is missing after `party`"),
    ],
)
def test_an_importer_that_fails_is_status_2_and_named(project: Path, body: str, words: str) -> None:
    done = with_plugin(project, body)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Error: the importer `names` of the plug-in `names_plugin` {words}")
    assert done.stderr.count("\n") == 1


def test_an_importer_may_refuse_its_input(project: Path) -> None:
    done = with_plugin(project, 'raise RefusedInputError("there are no names: write some")')
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "Error: there are no names: write some\n")
