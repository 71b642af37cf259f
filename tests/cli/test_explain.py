"""`policylint explain` and `policylint rules`: what a rule is for, and what a clause says and who reports it."""

import json
from pathlib import Path

import pytest

from policylint.citation.pins import pin_of
from policylint.rule.registry import load
from tests.cli.test_check import POLICY, project, run

__all__ = ["project"]

CLAUSES = """\
policy acme "Acme privacy notice" {
  dated 2026-01-15
  binds acme
  text "acme.txt"
  clause 1 "Nothing is sold" {
    cites 000000000000
    hedged because "as a rule"
    forbid sale of personal    # all of it
      unless consent
  }
  clause 2.10 "What we collect" {
    disclose data contact
    require scc or bcr for transfer outside CA
  }
  clause 3 "Speaks of others" { unchecked because "no flow of ours is concerned" }
}
"""


def test_a_rule_is_explained_by_code_and_name(tmp_path: Path) -> None:
    by_name = run("explain", "forbidden-sale", cwd=tmp_path)
    assert by_name.stdout.startswith("# PL101 forbidden-sale\n")
    assert by_name.stdout == run("explain", "pl101", cwd=tmp_path).stdout


def test_a_clause_is_explained(project: Path) -> None:
    (project / "p.policy").write_text(CLAUSES)
    result = run("explain", "acme:1", cwd=project)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == [
        "acme:1 “Nothing is sold”",
        "  in p.policy:5, a clause of “Acme privacy notice” of 2026-01-15, which binds acme",
        "  cites 000000000000; the text is not at hand",
        "  hedged: what breaks it is a warning at most",
        "",
        "  forbid sale of personal unless consent",
        "    reported by PL101 forbidden-sale",
    ]
    both = run("explain", "acme:2.10", cwd=project).stdout
    assert both.index("PL111 undisclosed-data") < both.index("PL301 unsafeguarded-transfer")
    assert "unchecked: no flow of ours is concerned" in run("explain", "acme:3", cwd=project).stdout


def test_a_clause_quotes_its_text(project: Path) -> None:
    (project / "acme.txt").write_text("Preamble.\n\nWe sell nothing.\n")
    (project / "p.policy").write_text(CLAUSES.replace("000000000000", pin_of("We sell nothing.")))
    assert "  text, line 3: “We sell nothing.”\n" in run("explain", "acme:1", cwd=project).stdout


def test_a_clause_in_a_comment_of_code_is_explained_without_the_comment(project: Path) -> None:
    (project / "p.policy").unlink()
    policy = POLICY.replace("No analytics", "None").replace("for analytics", "of contact\n for analytics")
    lines = policy.rstrip().split("\n")
    (project / "app.py").write_text("# policylint: " + "\n# ".join(lines) + "\n")
    assert "  forbid use of contact for analytics\n" in run("explain", "acme:1", cwd=project).stdout


def test_a_clause_of_a_policy_that_comes_with_policylint(tmp_path: Path) -> None:
    result = run("explain", "jector:1.1-5", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "reported by PL" in result.stdout


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("forbiden-sale", "did you mean 'forbidden-sale'?"),
        ("PL999", "there is no rule 'PL999'"),
        ("acmee:1", "there is no policy 'acmee'; did you mean 'acme'?"),
        ("x:1", "there is no policy 'x': there are acme, getjenny, jector, jen, jensii, jiq"),
        ("acme:2", "the policy 'acme' has no clause '2'; did you mean '2.10'?"),
        ("acme:", "the policy 'acme' has no clause ''"),
    ],
)
def test_what_is_not_there_is_status_2(project: Path, word: str, words: str) -> None:
    (project / "p.policy").write_text(CLAUSES)
    result = run("explain", word, cwd=project)
    assert (result.returncode, result.stdout) == (2, "")
    assert words in result.stderr


@pytest.mark.parametrize("command", [["explain", "PL101"], ["rules"], ["new", "rule", "some_rule"]])
def test_a_broken_configuration_is_status_2(project: Path, command: list[str]) -> None:
    for text, words in (("ownr = 'acme'", "did you mean `owner`?"), ("plugins = ['nope']", "cannot be loaded")):
        (project / "policylint.toml").write_text(text)
        result = run(*command, cwd=project)
        assert (result.returncode, result.stdout) == (2, "")
        assert words in result.stderr


def test_rules_are_listed_with_one_sentence_each(tmp_path: Path) -> None:
    lines = run("rules", cwd=tmp_path).stdout.splitlines()
    assert lines[0].startswith("PL001  syntax-error  ")
    assert all(line.endswith((".", ". (opt-in)")) for line in lines)
    opt_in = {rule.code for rule in load(()).rules.values() if rule.opt_in}
    assert {line.split()[0] for line in lines if "(opt-in)" in line} == opt_in


def test_rules_as_json(tmp_path: Path) -> None:
    content = json.loads(run("rules", "--output-format", "json", cwd=tmp_path).stdout)
    assert content["version"] == 1
    rules = {rule["code"]: rule for rule in content["rules"]}
    sale = rules["PL101"]
    assert sale["governs"] == {"kinds": ["forbid"], "actions": ["sale"], "stating": None}
    assert (sale["severity"], sale["opt_in"], sale["waivable"], sale["plugin"]) == (
        "error",
        False,
        True,
        "policylint_rules",
    )
    assert rules["PL111"]["governs"] == {"kinds": ["disclose"], "facet": "data"}
    assert rules["PL904"]["waivable"] is False
    assert all(rule["summary"].endswith(".") for rule in rules.values())
