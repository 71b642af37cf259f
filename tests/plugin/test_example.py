"""The plug-in in examples/ is a package like any other: installed for real, named in a configuration, and used."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOWS = """\
party fern { in DE }
service shop { of fern }
flow orders from customer to shop { data contact.email purpose service.order }
flow taste from shop to fern { data contact.email purpose personalization.profiling }
flow guess from shop to fern { data contact.email purpose personalization basis consent }
"""
POLICY = """\
policy fern "Fern Books" {
  binds fern
  clause 1 "With consent only" { require consent for profiling of contact }
  clause 2 "No profiles at all" { forbid profiling of personal }
}
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the plug-in was installed into, as an installer does it and without its source."""
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        pytest.skip("this Python has no pip")
    source = tmp_path_factory.mktemp("source") / "plugin"
    shutil.copytree(ROOT / "examples" / "plugin", source, ignore=shutil.ignore_patterns("__pycache__"))
    target = tmp_path_factory.mktemp("site")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--target", str(target), str(source)],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    shutil.rmtree(source)
    return target


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "policylint.toml").write_text("plugins = ['policylint_profiling']\n")
    (tmp_path / "fern.flow").write_text(FLOWS)
    (tmp_path / "fern.policy").write_text(POLICY)
    return tmp_path


def run(*arguments: str, cwd: Path, site: Path | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "policylint", *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), str(site or "")]))},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_two_files_are_a_package() -> None:
    files = [path for path in (ROOT / "examples" / "plugin").rglob("*") if path.suffix in (".py", ".md")]
    assert sorted(path.name for path in files) == ["__init__.py", "unpermitted_profiling.md"]


def test_its_action_and_its_rule_are_used(project: Path, installed: Path) -> None:
    result = run("check", "--output-format", "json", cwd=project, site=installed)
    assert result.returncode == 1, result.stderr
    found = [
        (each["code"], each["declaration"], each["clause"], each["certainty"], each["missing"])
        for each in json.loads(result.stdout)["findings"]
    ]
    assert sorted(found, key=str) == [
        ("XP001", "flow guess", "2", "possible", "flow guess: purpose"),
        ("XP001", "flow taste", "1", "certain", None),
        ("XP001", "flow taste", "2", "certain", None),
    ]


def test_its_rule_is_listed_explained_waived_and_traced(project: Path, installed: Path) -> None:
    assert "XP001  unpermitted-profiling" in run("rules", cwd=project, site=installed).stdout
    assert "# XP001 unpermitted-profiling" in run("explain", "xp001", cwd=project, site=installed).stdout
    clause = run("explain", "fern:1", cwd=project, site=installed).stdout
    assert "require consent for profiling of contact" in clause
    assert "reported by XP001 unpermitted-profiling" in clause
    traced = run("trace", "guess", cwd=project, site=installed).stdout
    assert "maybe  profiling" in traced
    assert "= may be broken: declare `purpose` more precisely on flow guess" in traced
    waived = FLOWS.replace("profiling }", 'profiling waive unpermitted-profiling because "a test" }')
    (project / "fern.flow").write_text(waived)
    assert run("check", cwd=project, site=installed).returncode == 0


def test_its_rule_is_described_in_sarif(project: Path, installed: Path) -> None:
    content = json.loads(run("check", "--output-format", "sarif", cwd=project, site=installed).stdout)
    rules = {rule["id"] for rule in content["runs"][0]["tool"]["driver"]["rules"]}
    assert "XP001" in rules


def test_its_page_is_kept(installed: Path, tmp_path: Path) -> None:
    result = run("test-rules", str(ROOT / "examples" / "plugin"), cwd=tmp_path)
    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, "1 page, 0 not kept"), result.stdout
    assert run("test-rules", str(installed / "policylint_profiling"), cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    "arguments", [("check",), ("trace", "taste"), ("explain", "PL101"), ("rules",), ("new", "rule", "some_rule")]
)
def test_without_it_nothing_is_checked(project: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, cwd=project)
    assert result.returncode == 2
    assert result.stderr.startswith("Error: the plug-in `policylint_profiling` cannot be loaded: ModuleNotFoundError: ")
    assert not result.stdout
    assert not (project / "some_rule.py").exists()


EVERYTHING = """\
from pathlib import Path

from policylint.rule.api import Term, hookimpl

API = 1


@hookimpl
def policylint_terms():
    return {"data": [Term("gait", "how somebody walks")], "purpose": [Term("gait_research")]}


@hookimpl
def policylint_policies():
    return {"walkers": Path(__file__).with_name("walkers.policy")}


@hookimpl
def policylint_formats():
    return {"codes": "gait_plugin"}


def render(checked, manner=None):
    return " ".join(f"{finding.code}:{finding.declaration}" for finding in checked.findings)
"""


def test_words_a_policy_and_a_report_format_of_a_plugin(tmp_path: Path) -> None:
    (tmp_path / "gait_plugin.py").write_text(EVERYTHING)
    (tmp_path / "walkers.policy").write_text(
        'policy walkers "Walkers" { binds acme clause 1 "x" { forbid use of gait for gait_research } }\n'
    )
    project = tmp_path / "project"
    project.mkdir()
    (project / "policylint.toml").write_text("plugins = ['gait_plugin']\npolicies = ['walkers']\n")
    (project / "a.flow").write_text(
        "party acme { }\nflow walk from visitor to acme { data gait purpose gait_research }\n"
    )
    result = run("check", "--output-format", "codes", cwd=project, site=tmp_path)
    assert (result.returncode, result.stdout) == (1, "PL501:flow walk\n"), result.stderr
    result = run("check", "--output-format", "code", cwd=project, site=tmp_path)
    assert result.returncode == 2
    assert result.stderr.endswith("markdown, codes\n")
    assert "forbid use of gait" in run("explain", "walkers:1", cwd=project, site=tmp_path).stdout
    (project / "policylint.toml").write_text("plugins = ['gait_plugin']\npolicies = ['runners']\n")
    result = run("check", cwd=project, site=tmp_path)
    assert result.returncode == 2
    assert "policylint and its plug-ins are: getjenny, jector, jen, jensii, jiq, walkers" in result.stderr


def checked_with(tmp_path: Path, source: str) -> "subprocess.CompletedProcess[str]":
    """A check with the report format of a plug-in."""
    (tmp_path / "gait_plugin.py").write_text(source)
    (tmp_path / "walkers.policy").touch()
    (tmp_path / "policylint.toml").write_text("plugins = ['gait_plugin']\n")
    (tmp_path / "a.flow").write_text("party acme { }\nflow walk from visitor to acme { data gait purpose service }\n")
    return run("check", "--output-format", "codes", "--output-format", "json=out.json", cwd=tmp_path, site=tmp_path)


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (('"codes": "gait_plugin"', '"codes": "no_such_module"'), "cannot be loaded: ModuleNotFoundError: "),
        (('return " ".join', 'raise KeyError("gait")\n    return " ".join'), "fails: KeyError: 'gait'"),
        (('return " ".join', "raise SystemExit"), "fails: SystemExit"),
        (('return " ".join', "return list"), "gives [], which is no text"),
    ],
)
def test_a_format_that_fails_is_status_2_and_named(tmp_path: Path, mistake: tuple[str, str], words: str) -> None:
    result = checked_with(tmp_path, EVERYTHING.replace(*mistake))
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: the report format `codes` of the plug-in `gait_plugin` {words}")
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "out.json").exists()


def test_where_a_plugin_fails_is_shown_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYLINT_TRACEBACK", "1")
    result = checked_with(tmp_path, EVERYTHING.replace('return " ".join', "1 / 0\n    return list"))
    assert result.returncode == 2
    assert "gait_plugin.py" in result.stderr
    assert result.stderr.splitlines()[-1].startswith(
        "Error: the report format `codes` of the plug-in `gait_plugin` fails"
    )
