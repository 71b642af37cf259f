"""The hooks as others run them: the real pre-commit, the scripts of the GitHub action, the commands for GitLab.

Each installs this project as its users would, with pip, but without a network: what it needs is lent by the packages
that these tests run with.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.test_check import FLOW, POLICY

ROOT = Path(__file__).parents[2]
NEEDED = ("policylint", "grammar", "rules", "policies", "pyproject.toml", "README.md", "LICENSE")
HOOKS = (".pre-commit-hooks.yaml", "action.yml")
WINDOWS = sysconfig.get_platform().startswith("win")
pytestmark = pytest.mark.skipif(WINDOWS, reason="the scripts are for a POSIX shell")


def done(*command: str, cwd: Path, env: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which pip builds and installs this project from what is installed here, and nothing else."""
    lent = tmp_path_factory.mktemp("lent")
    for package in Path(sysconfig.get_path("purelib")).iterdir():
        if not re.search("policylint", package.name) and package.suffix != ".pth":
            (lent / package.name).symlink_to(package)
    home = tmp_path_factory.mktemp("home")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PIP_", "PYTHON"))}
    return {
        **kept,
        "HOME": str(home),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PYTHONPATH": str(lent),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads this one the wrong way round
        "PIP_CONFIG_FILE": os.devnull,
        "NO_COLOR": "1",
        **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _SOMEBODY.items()},
    }


_SOMEBODY = {"NAME": "Ada Lovelace", "EMAIL": "ada@example.com"}


@pytest.fixture(scope="module")
def policylint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this project without what other tests left behind."""
    copy = tmp_path_factory.mktemp("policylint")
    for name in (*NEEDED, *HOOKS):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project with spaces"
    folder.mkdir()
    (folder / "a.flow").write_text(FLOW)
    (folder / "p.policy").write_text(POLICY)
    return folder


def test_pre_commit_runs_both_hooks(policylint: Path, project: Path, offline: dict[str, str]) -> None:
    pytest.importorskip("pre_commit")

    def git(*arguments: str, cwd: Path = project) -> "subprocess.CompletedProcess[str]":
        return done("git", "-c", "init.defaultBranch=main", *arguments, cwd=cwd, env=offline)

    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "policylint"]):
        assert git(*command, cwd=policylint).returncode == 0
    revision = git("rev-parse", "HEAD", cwd=policylint).stdout.strip()
    hooks = {"repo": str(policylint), "rev": revision, "hooks": [{"id": "policylint"}, {"id": "policylint-fmt"}]}
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [hooks]}))
    git("init", "-q")
    installed = done(sys.executable, "-m", "pre_commit", "install", "--install-hooks", cwd=project, env=offline)
    assert installed.returncode == 0, installed.stdout + installed.stderr

    git("add", "-A")
    refused = git("commit", "-m", "a promise is broken")
    assert refused.returncode == 1
    assert "error[PL501 forbidden-use]" in refused.stderr
    assert re.search(r"policylint fmt\.+Failed", refused.stderr)
    assert (project / "a.flow").read_text() != FLOW  # and is formatted now

    (project / "a.flow").write_text((project / "a.flow").read_text().replace("analytics", "service"))
    git("add", "-A")
    accepted = git("commit", "-m", "it is kept")
    assert accepted.returncode == 0, accepted.stderr
    assert re.search(r"policylint check\.+Passed", accepted.stderr)
    assert re.search(r"policylint fmt\.+Passed", accepted.stderr)

    git("rm", "-q", "a.flow")
    assert "no flow was found" in git("commit", "-m", "all flows are gone").stderr


def test_the_hooks_are_what_pre_commit_takes_for_hooks() -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib")
    hooks = {hook["id"]: hook for hook in clientlib.load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))}
    assert set(hooks) == {"policylint", "policylint-fmt"}
    assert hooks["policylint"]["pass_filenames"] is False


def _evaluated(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ (.+?) \}\}", lambda match: values[match[1]], text)


def _readme(section: str, mark: str) -> Any:
    """The YAML of a section of the README that speaks of something."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return next(yaml.safe_load(block) for block in blocks if mark in block)


def test_the_action_installs_and_checks(
    policylint: Path, project: Path, offline: dict[str, str], tmp_path: Path
) -> None:
    action = yaml.safe_load((policylint / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    scripts = [step for step in action["runs"]["steps"] if "run" in step]
    assert [step["name"] for step in scripts] == ["Install policylint", "Check"]
    assert not any("${{" in step["run"] for step in scripts), "an expression in a script is code"
    values = {
        "steps.python.outputs.python-path": sys.executable,
        "github.action_path": str(policylint),
        "runner.temp": str(tmp_path / "runner temp"),
        **{f"inputs.{name}": about["default"] for name, about in action["inputs"].items()},
    }

    def run(step: dict[str, Any], **inputs: str) -> "subprocess.CompletedProcess[str]":
        given = {**values, **{f"inputs.{name}": value for name, value in inputs.items()}}
        env = {key: _evaluated(value, given) for key, value in step["env"].items()}
        env |= {"GITHUB_OUTPUT": str(tmp_path / "output"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
        shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"])
        return done(*shell, cwd=project, env={**offline, **env})

    install, check = scripts
    result = run(install)
    assert result.returncode == 0, result.stderr
    result = run(check, sarif="out.sarif", arguments="--fail-on warning --select PL5")
    assert result.returncode == 1, result.stderr
    assert result.stdout.startswith("::error ")
    assert (tmp_path / "output").read_text() == "status=1\n"
    assert "PL501" in (tmp_path / "summary").read_text()
    assert json.loads((project / "out.sarif").read_text())["version"] == "2.1.0"
    assert run(check, paths="p.policy nowhere").returncode == 2
    hostile = run(check, paths='$(touch hacked) "; touch hacked; "', arguments="`touch hacked`")
    assert hostile.returncode == 2
    assert not (project / "hacked").exists()


def test_the_readme_uses_the_action_as_it_is() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = _readme("CI", "uses:")["steps"][-1]
    assert set(step["with"]) <= set(action["inputs"])


def test_the_commands_for_gitlab(policylint: Path, project: Path, offline: dict[str, str], tmp_path: Path) -> None:
    job = _readme("CI", "script:")["policylint"]
    venv = tmp_path / "venv"
    assert done(sys.executable, "-m", "venv", str(venv), cwd=project, env=offline).returncode == 0
    env = {**offline, **job["variables"], "POLICYLINT": str(policylint)}
    env["PATH"] = f"{venv / 'bin'}{os.pathsep}{env['PATH']}"
    result = done("bash", "-eo", "pipefail", "-c", "\n".join(job["script"]), cwd=project, env=env)
    assert result.returncode == 1, result.stderr
    assert "error[PL501 forbidden-use]" in result.stdout
    report = json.loads((project / job["artifacts"]["reports"]["codequality"]).read_text())
    assert report[0]["check_name"].startswith("PL501")
    assert job["artifacts"]["when"] == "always"


def test_the_readme_names_hooks_that_there_are() -> None:
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    named = {hook["id"] for hook in _readme("pre-commit", "repos:")["repos"][0]["hooks"]}
    assert named == hooks
