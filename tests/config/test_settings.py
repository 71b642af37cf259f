"""Configuration files: the nearest one, what it extends, paths from where they are written, and every refusal."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from policylint.config.rules import check_words, ignored_in_files, tuned
from policylint.config.schema import KEYS, written_schema
from policylint.config.settings import ConfigurationError, Settings, load
from policylint.finding.finding import Finding, Severity
from policylint.rule.context import Context
from policylint.rule.description import rule
from policylint.rule.registry import load as load_registry
from policylint.source.mistake import Mistake, MistakeKind
from policylint.source.text import Span

ROOT = Path(__file__).parents[2]
REGISTRY = load_registry(())


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def refusal(folder: Path, text: str) -> str:
    write(folder, {"policylint.toml": text})
    with pytest.raises(ConfigurationError) as caught:
        check_words(REGISTRY, load(folder))
    said = str(caught.value)
    assert "\n" not in said
    return said.replace(f"{folder}/", "")


def test_without_a_file_all_is_default(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings(tmp_path)


def test_the_nearest_file_holds(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pyproject.toml": "[tool.policylint]\nowner = 'top'\nfail-on = 'never'\n",
            "a/policylint.toml": "owner = 'a'\n",
            "a/pyproject.toml": "[tool.policylint]\nowner = 'not me'\n",
            "a/b/pyproject.toml": "[project]\nname = 'x'\n",
        },
    )
    assert load(tmp_path / "a" / "b").owner == "a"
    assert load(tmp_path / "a" / "b").fail_on == "error"  # files are not mixed unless one extends the other
    assert load(tmp_path).owner == "top"


def test_what_a_file_extends_holds_where_it_says_nothing(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "policylint.toml": """
                owner = "top"
                fail-on = "warning"
                extend-select = ["PL503"]
                not-waivable = ["PL201"]
                ignore = ["PL117"]
                [severity]
                PL9 = "error"
                [per-file-ignores]
                "old/" = ["PL1"]
            """,
            "team/policylint.toml": "extends = '../policylint.toml'\nowner = 'team'\nignore = []\n",
            "team/a/pyproject.toml": """
                [tool.policylint]
                extends = "../policylint.toml"
                extend-select = ["PL902"]
                not-waivable = ["PL101"]
                severity = { PL904 = "warning" }
                per-file-ignores = { "a.flow" = ["PL2"] }
            """,
        },
    )
    settings = load(tmp_path / "team" / "a")
    files = [tmp_path / "policylint.toml", tmp_path / "team/policylint.toml", tmp_path / "team/a/pyproject.toml"]
    assert (settings.owner, settings.fail_on, settings.ignore) == ("team", "warning", ())
    assert settings.extend_select == ("PL503", "PL902")
    assert settings.not_waivable == ("PL201", "PL101")
    assert [each.files.base for each in settings.per_file_ignores] == [files[0].parent, files[2].parent]
    assert tuned(REGISTRY, settings).rules["PL903"].severity is Severity.ERROR
    assert tuned(REGISTRY, settings).rules["PL904"].severity is Severity.WARNING
    assert settings.extended == (files[1], files[0])
    assert settings.origins["owner"] == (files[1],)
    assert settings.origins["fail-on"] == (files[0],)
    assert settings.origins["severity"] == (files[0], files[2])


def test_paths_are_relative_to_the_file_that_wrote_them(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "policylint.toml": """
                policies = ["legal/*.policy", "jen"]
                policy-texts = ["texts"]
                exclude = ["/a/old/"]
                baseline = "base.json"
            """,
            "a/policylint.toml": "extends = '../policylint.toml'\n",
            "legal/p.policy": "",
            "legal/notes.txt": "",
        },
    )
    settings = load(tmp_path / "a")
    assert settings.root == tmp_path / "a"
    assert [file.name for file in settings.policy_files] == ["p.policy", "jen.policy"]
    assert settings.text_folders == (tmp_path / "texts",)
    assert settings.baseline == tmp_path / "base.json"
    (exclusion,) = settings.exclude
    assert exclusion.covers(str(tmp_path / "a" / "old" / "x.flow"))
    assert not exclusion.covers(str(tmp_path / "a" / "new" / "old" / "x.flow"))
    assert not exclusion.covers("/elsewhere/a/old/x.flow")


def test_a_day_is_one_of_toml_or_a_text(tmp_path: Path) -> None:
    for text in ("as-of = 2026-11-22", "as-of = '2026-11-22'"):
        assert load(write(tmp_path, {"policylint.toml": text})).as_of == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ownr = 'x'", "policylint.toml: there is no key `ownr`: did you mean `owner`?"),
        ("policy_texts = ['x']", "policylint.toml: there is no key `policy_texts`: did you mean `policy-texts`?"),
        (
            "[tool.policylint]",
            "policylint.toml: there is no key `tool`: in this file the keys stand at the top, without",
        ),
        ("wholly-else = 1", f"policylint.toml: there is no key `wholly-else`: the keys are {', '.join(KEYS)}"),
        ("owner = 3", "policylint.toml: `owner`: this wants one text in quotes"),
        ("select = 'PL1'", "policylint.toml: `select`: this wants a list of texts in brackets"),
        ("select = [1]", "policylint.toml: `select`: this wants a list of texts in brackets"),
        ("severity = 'error'", "policylint.toml: `severity`: this wants a table of rules"),
        ("severity.PL101 = 'off'", "policylint.toml: `severity`, 'PL101': this wants a table of rules"),
        ("[per-file-ignores]\nx = 'PL1'", "policylint.toml: `per-file-ignores`, 'x': this wants a table of patterns"),
        ("as-of = 1700000000", "policylint.toml: `as-of`: this wants a day such as 2027-01-31"),
        ("as-of = 2026-01-01T00:00:00Z", "policylint.toml: `as-of`: this wants a day such as 2027-01-31"),
        ("as-of = '2026-02-30'", "policylint.toml: `as-of`: this wants a day such as 2027-01-31"),
        ("fail-on = 'info'", 'policylint.toml: `fail-on`: this wants one of "error", "warning" and "never"'),
        ("owner =", "cannot read the configuration policylint.toml: it is no TOML"),
        ("a = " + "[" * 5000, "cannot read the configuration policylint.toml: it is nested too deeply"),
        ("extends = 'no.toml'", "policylint.toml: `extends` names 'no.toml', but no such file is there"),
        ("extends = 'policylint.toml'", "policylint.toml: `extends` leads back to 'policylint.toml'"),
        ("policies = ['nobody']", "policylint.toml: `policies` names 'nobody', but the policies "),
        ("policies = ['x/*.policy']", "policylint.toml: `policies` names 'x/*.policy', but no such file is there"),
        ("policies = ['./']", "policylint.toml: `policies` names './', but that is a folder: write `./*.policy`"),
        (
            "policies = ['*.toml']",
            "policylint.toml: `policies` names '*.toml', but the name of a policy file ends with",
        ),
        ('policies = ["\\u0000/"]', "policylint.toml: `policies` names '\\x00/', but no such file is there"),
        (
            "ignore = ['forbiden-use']",
            "`ignore` names 'forbiden-use', but there is no such rule: did you mean 'forbidden-u",
        ),
        (
            "select = ['XY1']",
            "policylint.toml: `select` names 'XY1', but there is no such rule: `policylint rules` lists",
        ),
        ("extend-select = ['XY1']", "`extend-select` names 'XY1'"),
        ("not-waivable = ['XY1']", "`not-waivable` names 'XY1'"),
        ("severity.XY1 = 'error'", "`severity` names 'XY1'"),
        ("per-file-ignores.x = ['XY1']", "`per-file-ignores` names 'XY1'"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    assert said in refusal(tmp_path, text)


def test_a_file_that_is_no_text_and_a_table_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "policylint.toml").write_bytes(b"owner = '\xff'")
    with pytest.raises(ConfigurationError, match="it is not UTF-8"):
        load(tmp_path)
    (tmp_path / "policylint.toml").unlink()
    write(tmp_path, {"pyproject.toml": "[tool]\npolicylint = 3\n"})
    with pytest.raises(ConfigurationError, match=r"write `\[tool.policylint\]` above it"):
        load(tmp_path)
    write(tmp_path, {"pyproject.toml": "tool = 3\n"})
    with pytest.raises(ConfigurationError, match=r"there is no `\[tool.policylint\]`"):
        load(tmp_path, tmp_path / "pyproject.toml")


def test_files_that_extend_each_other(tmp_path: Path) -> None:
    write(tmp_path, {"a.toml": "extends = 'b.toml'", "b.toml": "extends = 'sub/../a.toml'", "sub/x": ""})
    with pytest.raises(ConfigurationError, match=r"`extends` leads back to 'sub/../a.toml'"):
        load(tmp_path, tmp_path / "a.toml")


def test_a_rule_that_reports_mistakes_is_never_ignored_in_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"policylint.toml": "per-file-ignores.x = ['PL']"})
    ((_, codes),) = ignored_in_files(REGISTRY, load(tmp_path))
    assert "PL101" in codes
    assert not codes & {"PL001", "PL002", "PL003", "PL004", "PL005"}


def test_a_rule_is_declared_not_waivable_by_its_author_or_by_the_configuration(tmp_path: Path) -> None:
    @rule("XY101", waivable=False)
    def strict_rule(context: Context) -> Iterator[Finding]:
        yield from ()

    registry = REGISTRY.with_rules({**REGISTRY.rules, "XY101": strict_rule})
    write(tmp_path, {"policylint.toml": "not-waivable = ['forbidden-sale']"})
    rules = tuned(registry, load(tmp_path)).rules
    assert [code for code, each in rules.items() if not each.waivable] == ["PL101", "XY101"]
    span = Span("a.flow", 0, 1)
    for code in rules:
        context = Context(rules[code], None)  # type: ignore[arg-type]
        mistake = Mistake(MistakeKind.SYNTAX, span, "it is wrong", "mend it")
        assert context.mistake(mistake).waivable is rules[code].waivable


def test_the_more_particular_severity_holds_whatever_the_order(tmp_path: Path) -> None:
    lines = ['ALL = "warning"', 'PL90 = "error"', 'unused-waiver = "warning"']
    for ordered in (lines, lines[::-1]):
        write(tmp_path, {"policylint.toml": "\n".join(["[severity]", *ordered])})
        rules = tuned(REGISTRY, load(tmp_path)).rules
        assert rules["PL101"].severity is Severity.WARNING
        assert rules["PL901"].severity is Severity.ERROR
        assert rules["PL904"].severity is Severity.WARNING


def test_the_shipped_schema_is_the_one_of_the_settings() -> None:
    shipped = (ROOT / "policylint" / "config" / "schema.json").read_text(encoding="utf-8")
    assert shipped == written_schema(), (
        "bring it up to date: policylint config --schema > policylint/config/schema.json"
    )


def test_the_schema_accepts_what_is_accepted_and_nothing_else() -> None:
    schema = json.loads(written_schema())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert tuple(schema["properties"]) == KEYS
    assert all(about["description"] for about in schema["properties"].values())
    assert validator.is_valid({"owner": "a", "select": ["PL1"], "severity": {"PL101": "warning"}})
    for wrong in ({"ownr": "a"}, {"owner": None}, {"select": "PL1"}, {"severity": {"PL1": "off"}}, {"fail-on": "x"}):
        assert not validator.is_valid(wrong)


def _readme_configuration() -> dict[str, Any]:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Configuration")[2]
    return tomllib.loads(text.partition("```toml\n")[2].partition("```")[0])


def test_the_readme_shows_every_key() -> None:
    assert set(_readme_configuration()) == set(KEYS)


def test_the_readme_shows_what_can_be_read(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Configuration")[2]
    write(
        tmp_path,
        {
            "a/policylint.toml": text.partition("```toml\n")[2].partition("```")[0],
            "policylint.toml": "",
            "a/legal/x.policy": "",
        },
    )
    settings = load(tmp_path / "a")
    check_words(REGISTRY, settings)
    assert settings.extended == (tmp_path / "policylint.toml",)


@pytest.mark.parametrize("folder", sorted((ROOT / "examples").iterdir()), ids=lambda folder: folder.name)
def test_the_configurations_of_the_examples_are_valid(folder: Path) -> None:
    for file in folder.rglob("policylint.toml"):
        Draft202012Validator(json.loads(written_schema())).validate(
            json.loads(json.dumps(tomllib.loads(file.read_text(encoding="utf-8")), default=str))
        )
