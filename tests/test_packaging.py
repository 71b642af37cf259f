"""What is built holds everything and runs: an editable install hides what a wheel lacks."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel that was built from the source distribution, as installers build it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    assert list(folder.glob("*.tar.gz"))
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_all_that_the_repository_holds(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    folders = {
        "policylint": "policylint",
        "rules": "policylint_rules",
        "grammar": "policylint_grammar",
        "policies": "policylint_policies",
    }
    for folder, package in folders.items():
        for path in (ROOT / folder).rglob("*"):
            relative = path.relative_to(ROOT / folder)
            if path.is_file() and "__pycache__" not in path.parts and relative.parts[0] != "errors":
                assert f"{package}/{relative.as_posix()}" in names
    assert not any(name.startswith("tests") for name in names)


def test_the_wheel_runs_without_the_repository(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    project = tmp_path / "project"
    project.mkdir()
    (project / "policylint.toml").write_text("policies = ['jector']\n")
    (project / "a.flow").write_text(
        "party jector { }\nflow f from jector to visitor { data contact.email purpose service }\n"
    )
    result = subprocess.run(
        [sys.executable, "-m", "policylint", "check"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 1, result.stderr
    assert "PL601" in result.stdout
