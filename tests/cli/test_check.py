"""`policylint check` as it is called: exit statuses, standard input, configuration, and what it says when it cannot."""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

FLOW = """\
party acme { in CA }
service crm { of acme }
flow signup from visitor to crm {
  data     contact.email
  purpose  analytics
}
"""
POLICY = """\
policy acme "Acme" {
  binds acme
  clause 1 "No analytics" { forbid use for analytics }
}
"""


def run(*arguments: str, cwd: Path, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "policylint", *arguments],
        cwd=cwd,
        input=stdin,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "a.flow").write_text(FLOW)
    (tmp_path / "p.policy").write_text(POLICY)
    return tmp_path


def findings(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["findings"]
    return found


def test_findings_are_status_1(project: Path) -> None:
    result = run("check", cwd=project)
    assert result.returncode == 1
    assert "error[PL501 forbidden-use]" in result.stdout
    assert result.stdout.endswith("1 error, 0 warnings in 2 files, 1 flow, 1 obligation\n")


def test_nothing_found_is_status_0(project: Path) -> None:
    (project / "a.flow").write_text(FLOW.replace("analytics", "service"))
    result = run("check", cwd=project)
    assert (result.returncode, result.stdout) == (0, "0 errors, 0 warnings in 2 files, 1 flow, 1 obligation\n")


def test_a_possible_finding_fails_only_when_asked(project: Path) -> None:
    (project / "p.policy").write_text(POLICY.replace("for analytics", "of contact.email from employee"))
    (project / "a.flow").write_text(FLOW.replace("visitor", "crm"))
    assert run("check", cwd=project).returncode == 0
    assert run("check", "--fail-on", "warning", cwd=project).returncode == 1
    assert run("check", "--fail-on", "never", cwd=project).returncode == 0


def test_what_is_not_understood_is_status_3_and_the_rest_is_checked(project: Path) -> None:
    (project / "b.flow").write_text("flow broken from visitor to crm { data }\n")
    result = run("check", "--output-format", "json", cwd=project)
    assert result.returncode == 3
    assert {finding["code"] for finding in findings(result.stdout)} == {"PL001", "PL501"}


def test_no_flow_at_all_is_status_2(tmp_path: Path) -> None:
    (tmp_path / "p.policy").write_text(POLICY)
    result = run("check", cwd=tmp_path)
    assert result.returncode == 3  # the policy binds a party that nobody declares: that wins
    (tmp_path / "a.flow").write_text("party acme { }\n")
    result = run("check", cwd=tmp_path)
    assert result.returncode == 2
    assert "no flow was found" in result.stderr


def test_an_empty_project_is_status_2(tmp_path: Path) -> None:
    assert run("check", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "there is no file or folder 'nowhere'"),
        (["--select", "PL999"], "--select names 'PL999', but there is no such rule"),
        (["--as-of", "tomorrow"], "--as-of wants a day"),
        (["--as-of", "2019-01-01"], "begin on 2020-02-01"),
        (["--config", "none.toml"], "there is no configuration file 'none.toml'"),
        (["--stdin-filename", "a.flow"], "--stdin-filename goes with `-`"),
        (["-"], "with --stdin-filename"),
        (["--output-format", "xml"], "xml"),
    ],
)
def test_bad_usage_is_status_2_and_one_sentence(project: Path, arguments: list[str], words: str) -> None:
    result = run("check", *arguments, cwd=project)
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ownr = 'acme'", "did you mean `owner`?"),
        ("owner = 3", "`owner`"),
        ("owner = 'nobody'", "no such party is declared"),
        ("owner =", "cannot read the configuration"),
        ("policies = ['nobody']", "the policies that come with policylint are"),
        ("policies = ['x/*.policy']", "no such file is there"),
        ("plugins = ['no_such_module']", "the plug-in `no_such_module` cannot be loaded"),
    ],
)
def test_a_broken_configuration_is_status_2(project: Path, text: str, words: str) -> None:
    (project / "policylint.toml").write_text(text)
    for arguments, stdin in (([], ""), (["-", "--stdin-filename", "a.flow"], FLOW)):
        result = run("check", *arguments, cwd=project, stdin=stdin)
        assert result.returncode == 2
        assert words in result.stderr
        assert "Traceback" not in result.stderr


def test_standard_input_is_read_in_place_of_a_file(project: Path) -> None:
    clean = FLOW.replace("analytics", "service")
    assert run("check", "-", "--stdin-filename", "a.flow", cwd=project, stdin=clean).returncode == 0
    both = run("check", "-", "--stdin-filename", "new.flow", cwd=project, stdin=FLOW.replace("signup", "second"))
    assert both.returncode == 3  # the parties of both files have the same names
    assert "duplicate-name" in both.stdout


def test_what_is_excluded_is_read_where_it_is_named_unless_told_otherwise(project: Path) -> None:
    (project / "policylint.toml").write_text("exclude = ['a.flow']\n")
    (project / "b.flow").write_text(FLOW)
    both = ("a.flow", "b.flow", "p.policy")
    assert run("check", *both, cwd=project).returncode == 3  # all is declared twice
    assert run("check", "--force-exclude", *both, cwd=project).stdout == run("check", ".", cwd=project).stdout
    done = run("check", "--force-exclude", "a.flow", cwd=project)
    assert (done.returncode, done.stdout) == (0, "")
    assert "all that was named is excluded" in done.stderr


def test_pyproject_holds_a_configuration_too(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.policylint]\nignore = ['forbidden-use']\n")
    assert run("check", cwd=project).returncode == 0


def test_a_shipped_policy_is_used_by_name(project: Path) -> None:
    (project / "policylint.toml").write_text("policies = ['jector']\nowner = 'jector'\n")
    (project / "a.flow").write_text(FLOW.replace("acme", "jector").replace("analytics", "improvement.ai_training"))
    (project / "p.policy").unlink()
    result = run("check", "--output-format", "json", cwd=project)
    assert "PL112" in {finding["code"] for finding in findings(result.stdout)}


def test_the_fields_of_json_are_those_of_the_contract(project: Path) -> None:
    result = run("check", "--output-format", "json", cwd=project)
    content = json.loads(result.stdout)
    assert set(content) == {"version", "summary", "findings"}
    assert set(content["summary"]) == {
        *("files", "flows", "obligations", "evaluations", "errors", "warnings", "suppressed"),
    }
    (finding,) = content["findings"]
    assert set(finding) == {
        *("code", "name", "severity", "certainty", "message", "path", "line", "column", "end_line", "end_column"),
        *("declaration", "policy", "clause", "citation", "missing", "steps", "help", "suppressed", "fingerprint"),
    }
    assert (finding["path"], finding["line"], finding["column"]) == ("a.flow", 5, 12)


def loaded_by_a_check(project: Path) -> set[str]:
    code = (
        "import sys; from policylint.cli.main import policylint\ntry: policylint(['check'])\nexcept SystemExit: pass\n"
    )
    code += "print(*sorted(sys.modules), file=sys.stderr)"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, encoding="utf-8", check=True
    )
    return set(result.stderr.split())


def test_a_check_loads_only_what_it_needs(project: Path) -> None:
    """Start-up is imports: what takes long and is not needed stays out."""
    heavy = {
        *("pydantic", "pydantic_core", "pathspec", "networkx", "pygls", "jinja2", "rich", "interegular"),
        *("html.parser", "asyncio", "tomllib", "difflib", "subprocess", "importlib.metadata"),
        *("policylint.source.git", "policylint.source.snapshot", "policylint.citation.passages"),
        *("policylint.triage.baseline", "policylint.triage.comparison", "policylint.config.schema"),
        *("policylint.report.sarif", "policylint.report.markdown", "policylint.cli.fixing", "policylint.rule.page"),
    }
    loaded = loaded_by_a_check(project)
    assert not heavy & loaded
    assert "policylint.report.full" in loaded
    ours = [import_module(name) for name in loaded if name.startswith("policylint")]
    assert not [each for each in ours if hasattr(each, "dataclass")], "`Frozen` is the same and costs nothing to make"


def test_a_configuration_is_checked_by_the_engine_of_pydantic_alone(project: Path) -> None:
    (project / "policylint.toml").write_text("as-of = 2026-11-22\n", encoding="utf-8")
    loaded = loaded_by_a_check(project)
    assert "pydantic_core" in loaded
    assert not {"pydantic", "importlib.metadata", "difflib"} & loaded


def test_explain_prints_the_page_and_rules_lists_all(tmp_path: Path) -> None:
    assert run("explain", "forbidden-sale", cwd=tmp_path).stdout.startswith("# PL101 forbidden-sale\n")
    assert run("explain", "pl101", cwd=tmp_path).stdout.startswith("# PL101 forbidden-sale\n")
    unknown = run("explain", "forbiden-sale", cwd=tmp_path)
    assert unknown.returncode == 2
    assert "did you mean 'forbidden-sale'?" in unknown.stderr
    assert len(run("rules", cwd=tmp_path).stdout.splitlines()) >= 33


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("check - --stdin-filename signup.flow <&-", "there is no standard input"),
        ("check - --stdin-filename signup.flow 0>/dev/null", "cannot read standard input"),
        ("check >&-", "there is no standard output"),
        ("check --output-format json >&-", "there is no standard output"),
        ("check >/dev/full", "cannot write to standard output"),
    ],
)
def test_standard_streams_that_are_closed_or_full_are_status_2(project: Path, arguments: str, words: str) -> None:
    if "/dev/full" in arguments and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    command = ["/bin/sh", "-c", f'"{sys.executable}" -m policylint {arguments}']
    result = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=False)
    assert (result.returncode, words in result.stderr) == (2, True), result.stderr
    assert result.stderr.count("\n") == 1


def test_standard_input_stands_for_a_file_and_not_for_a_folder(project: Path) -> None:
    result = run("check", "-", "--stdin-filename", ".", cwd=project)
    assert (result.returncode, "wants a file" in result.stderr) == (2, True)
