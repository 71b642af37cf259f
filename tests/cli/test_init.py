"""`policylint init`: what it writes is in order, and it overwrites nothing and leaves nothing half done."""

from pathlib import Path

import pytest
import yaml

from policylint.source import writing
from tests.cli.test_check import run

FILES = {"policylint.toml", "privacy/example.flow", "privacy/example.policy", ".pre-commit-config.yaml"}


def written(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_it_writes_is_clean_formatted_and_a_hook(tmp_path: Path) -> None:
    result = run("init", cwd=tmp_path)
    assert result.returncode == 0
    assert written(tmp_path) == FILES
    checked = run("check", "--fail-on", "warning", cwd=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "0 errors, 0 warnings in 2 files, 2 flows, 3 obligations\n")
    assert run("fmt", "--check", cwd=tmp_path).returncode == 0
    (repository,) = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text())["repos"]
    assert repository["hooks"][0]["entry"] == "policylint check"
    assert repository["hooks"][0]["pass_filenames"] is False


def test_each_promise_of_the_example_can_be_broken(tmp_path: Path) -> None:
    run("init", cwd=tmp_path)
    flows = tmp_path / "privacy" / "example.flow"
    text = flows.read_text()
    for old, new, code in (
        ("  basis    consent\n", "", "PL502"),
        ("  with dpa", "", "PL103"),
        ("is processor  in CA  with dpa", "is third_party  in CA", "PL101"),
    ):
        assert old in text
        flows.write_text(text.replace(old, new))
        assert f"[{code} " in run("check", cwd=tmp_path).stdout


def test_a_folder_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert run("init", "a", cwd=tmp_path).returncode == 0
    assert written(tmp_path / "a") == FILES
    assert run("init", "nowhere", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("there", "text"),
    [
        ("policylint.toml", "owner = 'x'\n"),
        ("pyproject.toml", "[tool.policylint]\nowner = 'x'\n"),
        ("privacy/example.policy", "mine\n"),
        ("privacy", "a file where a folder is to be\n"),
    ],
)
def test_it_overwrites_nothing_and_leaves_nothing(tmp_path: Path, there: str, text: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text(text)
    result = run("init", cwd=tmp_path)
    assert result.returncode == 2
    assert "nothing was written" in result.stderr
    assert written(tmp_path) == {there}
    assert (tmp_path / there).read_text() == text


def test_a_pre_commit_configuration_that_is_there_is_left_and_the_lines_are_printed(tmp_path: Path) -> None:
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n")
    result = run("init", cwd=tmp_path)
    assert result.returncode == 0
    assert (tmp_path / ".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert "- id: policylint" in result.stdout
    assert written(tmp_path) == FILES


def test_files_are_created_all_or_none(tmp_path: Path) -> None:
    texts = {tmp_path / "a" / "b" / "1": "one", tmp_path / "a" / "2": "two", tmp_path / "there": "three"}
    (tmp_path / "there").write_text("mine")
    with pytest.raises(FileExistsError):
        writing.create_files(texts)
    assert written(tmp_path) == {"there"}
    assert not (tmp_path / "a").exists()
    (tmp_path / "there").unlink()
    writing.create_files(texts)
    assert {path.name: path.read_text() for path in texts} == {"1": "one", "2": "two", "there": "three"}
