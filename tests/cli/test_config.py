"""`policylint config`, and what a configuration does to a check."""

import json
from pathlib import Path

import pytest

from tests.cli.test_check import FLOW, POLICY, findings, run

POSSIBLE = POLICY.replace("for analytics", "of contact.email from employee")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.flow").write_text(FLOW)
    (tmp_path / "p.policy").write_text(POLICY)
    return tmp_path


def configure(folder: Path, text: str) -> None:
    (folder / "policylint.toml").write_text(text)


def codes(project: Path, *arguments: str) -> list[str]:
    result = run("check", "--output-format", "json", *arguments, cwd=project)
    return [f"{finding['code']} {finding['severity']}" for finding in findings(result.stdout)]


def test_config_shows_every_value_and_where_it_was_written(project: Path) -> None:
    configure(project, "owner = 'acme'\nextend-select = ['PL902']\n")
    configure(project / "sub", "extends = '../policylint.toml'\nextend-select = ['PL503']\nas-of = 2026-11-22\n")
    result = run("config", "--for", "sub/a.flow", cwd=project)
    assert result.returncode == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert result.stdout.startswith("# for sub/a.flow: sub/policylint.toml, which extends policylint.toml\n")
    assert ["owner", "=", '"acme"', "#", "policylint.toml"] in lines
    assert ["as-of", "=", '"2026-11-22"', "#", "sub/policylint.toml"] in lines
    assert "extend-select = [" in result.stdout
    assert "# policylint.toml and sub/policylint.toml" in result.stdout
    assert ["fail-on", "=", '"error"', "#", "default"] in lines


def test_config_as_json(project: Path) -> None:
    configure(project, "policies = ['*.policy', 'jen']\n[per-file-ignores]\n'sub/' = ['PL5']\n")
    content = json.loads(run("config", "--output-format", "json", cwd=project).stdout)
    assert (content["version"], content["for"], content["file"]) == (1, ".", "policylint.toml")
    assert content["values"]["per-file-ignores"] == {"value": {"sub/": ["PL5"]}, "from": ["policylint.toml"]}
    assert content["values"]["owner"] == {"value": None, "from": []}
    assert content["policy_files"][0] == "p.policy"
    assert content["policy_files"][1].endswith("jen.policy")


def test_config_without_a_file_and_with_one_that_is_broken(project: Path) -> None:
    assert run("config", cwd=project).stdout.startswith("# no configuration file holds for .\n")
    assert run("config", "--for", "nowhere", cwd=project).returncode == 2
    configure(project, "ignore = ['forbiden-use']")
    result = run("config", cwd=project)
    assert (result.returncode, result.stdout) == (2, "")
    assert "did you mean 'forbidden-use'?" in result.stderr


def test_config_prints_the_schema(project: Path) -> None:
    assert json.loads(run("config", "--schema", cwd=project).stdout)["title"] == "policylint"


@pytest.mark.parametrize("command", [["check"], ["fmt"], ["rules"], ["waivers"], ["config"], ["explain", "PL101"]])
def test_every_command_refuses_a_broken_configuration(project: Path, command: list[str]) -> None:
    for text, said in (("ownr = 'x'", "did you mean `owner`?"), ("plugins = ['no_such']", "`no_such` cannot be")):
        if command == ["fmt"] and "plugins" in text:
            continue  # formatting needs no rule
        configure(project, text)
        result = run(*command, cwd=project)
        assert result.returncode == 2
        assert said in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1


def test_severity_of_certain_findings(project: Path) -> None:
    assert codes(project) == ["PL501 error"]
    configure(project, "severity = { forbidden-use = 'warning' }")
    assert codes(project) == ["PL501 warning"]
    assert run("check", cwd=project).returncode == 0
    (project / "p.policy").write_text(POSSIBLE)
    (project / "sub" / "a.flow").write_text(FLOW.replace("visitor", "crm"))
    configure(project, "severity = { forbidden-use = 'error' }")
    assert codes(project) == ["PL501 warning"]  # what may be so stays a warning


def test_per_file_ignores(project: Path) -> None:
    for pattern in ("sub/", "*.flow", "/sub/a.flow", "**/a.flow"):
        configure(project, f"per-file-ignores = {{ '{pattern}' = ['PL5'] }}")
        assert codes(project) == [], pattern
        assert run("check", str(project / "sub"), "../p.policy", cwd=project / "sub").returncode == 0
    for pattern in ("a/", "*.policy", "/a.flow", "sub"[:2]):
        configure(project, f"per-file-ignores = {{ '{pattern}' = ['PL5'] }}")
        assert codes(project) == ["PL501 error"], pattern


def test_patterns_of_an_extended_file_begin_in_its_folder(project: Path) -> None:
    configure(
        project, "policies = ['p.policy']\nexclude = ['/sub/old/']\nper-file-ignores = { '/sub/a.flow' = ['PL5'] }"
    )
    configure(project / "sub", "extends = '../policylint.toml'")
    (project / "sub" / "old").mkdir()
    (project / "sub" / "old" / "b.flow").write_text("nothing that could be read")
    for folder in (project, project / "sub"):
        result = run("check", "sub" if folder == project else ".", cwd=folder)
        assert (result.returncode, result.stdout) == (0, "0 errors, 0 warnings in 2 files, 1 flow, 1 obligation\n")


@pytest.mark.parametrize(
    ("configuration", "arguments"),
    [
        ("ignore = ['PL002']", []),
        ("select = ['PL501']", []),
        ("", ["--select", "PL501"]),
        ("", ["--ignore", "unknown-name,PL001"]),
    ],
)
def test_what_was_not_understood_is_never_silence(project: Path, configuration: str, arguments: list[str]) -> None:
    configure(project, configuration)
    (project / "sub" / "a.flow").write_text(FLOW.replace("purpose  ", "purpose  servise, "))
    result = run("check", *arguments, cwd=project)
    assert result.returncode == 3
    assert "PL002" not in result.stdout
    assert "was not understood; not shown, as configured: 1 of PL002" in result.stderr


def test_what_was_not_understood_cannot_be_ignored_in_a_file(project: Path) -> None:
    configure(project, "per-file-ignores = { '*' = ['PL'] }")
    (project / "sub" / "a.flow").write_text(FLOW.replace("purpose  ", "purpose  servise, "))
    result = run("check", cwd=project)
    assert result.returncode == 3
    assert "PL002 unknown-name" in result.stdout


def test_completion_is_clicks_own(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_POLICYLINT_COMPLETE", "bash_source")
    assert "complete -o nosort -F _policylint_completion policylint" in run(cwd=project).stdout
    monkeypatch.setenv("_POLICYLINT_COMPLETE", "bash_complete")
    for words, index, offered in (
        ("policylint wai", "1", "plain,waivers"),
        ("policylint check --no-w", "2", "plain,--no-w"),
    ):
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", index)
        assert offered in run(cwd=project).stdout
