"""`policylint new rule` and `policylint test-rules`: from nothing to a rule whose page is kept."""

import os
from pathlib import Path

import pytest

from tests.cli.test_check import run

ROOT = Path(__file__).parents[2]


def filled(folder: Path, name: str) -> None:
    page = folder / f"{name}.md"
    page.write_text(page.read_text().replace("TODO:", "This is"))


def test_a_new_rule_passes_once_it_is_filled_in(tmp_path: Path) -> None:
    made = run("new", "rule", "missing-basis", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert made.stdout.endswith("fill in both, then run: policylint test-rules . --update\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["missing_basis.md", "missing_basis.py"]
    unfinished = run("test-rules", ".", "--update", cwd=tmp_path)
    assert unfinished.returncode == 1
    assert "missing_basis.md: wrote the report" in unfinished.stdout
    assert "line 3 says `TODO:`" in unfinished.stdout
    filled(tmp_path, "missing_basis")
    done = run("test-rules", ".", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "ok    XX001 missing-basis (missing_basis.md)\n1 page, 0 not kept\n")


def test_a_second_rule_has_another_code_and_stands_beside_the_first(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    assert run("new", "rule", "missing_basis", "--into", "rules", cwd=tmp_path).returncode == 0
    assert run("new", "rule", "missing_label", "--into", "rules", cwd=tmp_path).returncode == 0
    assert "XX002" in (tmp_path / "rules" / "missing_label.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Missing"], "a rule cannot be called 'Missing'"),
        (["class"], "a rule cannot be called 'class'"),
        (["forbidden-sale"], "there is a rule 'forbidden-sale' already"),
        (["json"], "there is a Python module 'json'"),
        (["taken"], "'taken.md' is there already, and is not overwritten"),
        (["fresh", "--code", "x1"], "a code is capitals and a number"),
        (["fresh", "--code", "PL101"], "there is a rule with the code PL101 already"),
        (["fresh", "--into", "nowhere"], "cannot write 'nowhere"),
    ],
)
def test_a_rule_that_cannot_be_made_leaves_nothing(tmp_path: Path, arguments: list[str], words: str) -> None:
    (tmp_path / "taken.md").write_text("mine\n")
    result = run("new", "rule", *arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert words in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["taken.md"]
    assert (tmp_path / "taken.md").read_text() == "mine\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    result = run("new", "rule", "fresh", cwd=tmp_path)
    assert result.returncode == 2
    assert "permission denied" in result.stderr


@pytest.fixture
def made(tmp_path: Path) -> Path:
    assert run("new", "rule", "missing_basis", cwd=tmp_path).returncode == 0
    filled(tmp_path, "missing_basis")
    assert run("test-rules", ".", "--update", cwd=tmp_path).returncode == 0
    return tmp_path


@pytest.mark.parametrize(
    ("suffix", "old", "new", "words"),
    [
        (".md", "# expect: XX001", "", "not expected: XX001 in example.flow, line 4, certain"),
        (".md", "has no legal basis", "has a legal basis", "the report in the example is not the one that is printed"),
        (".md", "basis    contract", "", "what to write instead is not clean: XX001"),
        (".md", "# XX001 missing-basis", "# XX002 missing-basis", "the title is not `XX001 missing-basis`"),
        (".md", "## Why it matters", "## Why", "the page lacks the section `Why it matters`"),
        (".py", "if not flow.bases", "if flow.bases", "missing: XX001 in example.flow, line 4, certain"),
    ],
)
def test_a_page_that_is_not_kept_is_status_1(made: Path, suffix: str, old: str, new: str, words: str) -> None:
    file = made / f"missing_basis{suffix}"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    result = run("test-rules", ".", cwd=made)
    assert result.returncode == 1, result.stderr
    assert words in result.stdout
    assert result.stdout.startswith("fail  XX001 missing-basis (missing_basis.md)\n")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("API = 1", "API = 2", "is made for API 2; this is API 1: install a version that fits"),
        ("API = 1", "API = 1 / 0", "cannot be loaded: ZeroDivisionError"),
        ('"XX001"', '"PL101"', "two rules are called `PL101` or `missing-basis`: rename one of them"),
        (
            "not flow.bases",
            "flow.nothing",
            "rule `missing-basis` of the plug-in `missing_basis` fails: AttributeError",
        ),
        ("@hookimpl", "", "without `@hookimpl`: put that above it"),
    ],
)
def test_a_plugin_that_does_not_load_is_status_2(made: Path, old: str, new: str, words: str) -> None:
    file = made / "missing_basis.py"
    file.write_text(file.read_text().replace(old, new))
    result = run("test-rules", ".", cwd=made)
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_without_rules_is_status_2(tmp_path: Path) -> None:
    assert "there is no folder 'x'" in run("test-rules", "x", cwd=tmp_path).stderr
    (tmp_path / "setup.py").write_text("raise SystemExit\n")
    result = run("test-rules", ".", cwd=tmp_path)
    assert result.returncode == 2
    assert "no rule lies in '.'" in result.stderr


def test_a_module_of_the_same_name_is_not_taken_for_it(made: Path) -> None:
    (made / "sub").mkdir()
    for suffix in (".py", ".md"):
        (made / f"missing_basis{suffix}").rename(made / "sub" / f"click{suffix}")
    result = run("test-rules", "sub", cwd=made)
    assert result.returncode == 2, result.stdout
    assert "policylint itself uses a module called `click`: rename the plug-in" in result.stderr


def test_the_rules_that_come_with_policylint_are_tested_too() -> None:
    result = run("test-rules", "rules", cwd=ROOT)
    assert result.returncode == 0, result.stdout
