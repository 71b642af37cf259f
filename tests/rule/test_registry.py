"""The registry: one rule for every code, name and page, and a sentence for each plug-in that cannot be used."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from policylint.finding.finding import Finding
from policylint.rule.context import Context
from policylint.rule.description import API, Governs, Rule, forbids, requires, rule
from policylint.rule.hooks import hookimpl
from policylint.rule.page import HEADINGS, read_page
from policylint.rule.registry import PluginError, UnknownRuleError, load
from policylint.verdict.actions import ACTIONS, Action, sharing

REGISTRY = load(())
RULES = tuple(REGISTRY.rules.values())
each_rule = pytest.mark.parametrize("described", RULES, ids=lambda described: described.name)


def test_codes_and_names_are_unique_and_never_the_same_word() -> None:
    names = {described.name for described in RULES}
    assert len(names) == len(REGISTRY.rules) == len(REGISTRY.words()) - len(names)
    assert list(REGISTRY.rules) == sorted(described.code for described in RULES)


@each_rule
def test_a_rule_is_found_by_code_and_name(described: Rule) -> None:
    assert REGISTRY.find(described.code.lower()) is described
    assert REGISTRY.find(described.name) is described


@each_rule
def test_a_rule_is_called_like_its_files(described: Rule) -> None:
    assert described.page.stem == described.name.replace("-", "_")
    assert described.page.with_suffix(".py").is_file()


@each_rule
def test_a_page_has_its_title_one_sentence_and_the_headings_in_order(described: Rule) -> None:
    text = described.page.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0] == f"# {described.code} {described.name}"
    assert lines[1] == lines[3] == ""
    assert lines[2].endswith(".")
    assert tuple(line[3:] for line in lines if line.startswith("## ")) == HEADINGS


@each_rule
def test_a_page_tells_how_to_switch_an_opt_in_rule_on(described: Rule) -> None:
    finds = read_page(described.page.read_text(encoding="utf-8")).sections["What it finds"]
    assert ("extend-select" in finds) is described.opt_in


def test_no_page_lies_beside_no_rule() -> None:
    folder = RULES[0].page.parent
    assert {described.page for described in RULES} == set(folder.glob("*.md"))


Install = Callable[..., str]


@pytest.fixture
def plugin(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a module in place that brings what it is given, and say its name."""

    def install(api: object = API, **brings: object) -> str:
        module = ModuleType("some_plugin")
        if api is not None:
            module.API = api  # type: ignore[attr-defined]
        for name, value in brings.items():
            setattr(module, name, value)
        monkeypatch.setitem(sys.modules, "some_plugin", module)
        return "some_plugin"

    return install


def bringing(*rules: object) -> Callable[[], tuple[object, ...]]:
    @hookimpl
    def policylint_rules() -> tuple[object, ...]:
        return rules

    return policylint_rules


def doing(**actions: Action) -> Callable[[], dict[str, Action]]:
    @hookimpl
    def policylint_actions() -> dict[str, Action]:
        return actions

    return policylint_actions


def silent(context: Context) -> Iterator[Finding]:
    return iter(())


def paged(tmp_path: Path, code: str, name: str, governs: Governs = None) -> Rule:
    """A rule with a page, made in a file of its own as plug-ins do."""
    source = tmp_path / f"{name}.py"
    source.write_text("def run(context):\n    return iter(())\n", encoding="utf-8")
    source.with_suffix(".md").write_text("# a page\n", encoding="utf-8")
    namespace: dict[str, Callable[[Context], Iterator[Finding]]] = {}
    exec(compile(source.read_text(encoding="utf-8"), str(source), "exec"), namespace)
    run = namespace["run"]
    run.__name__ = name
    return rule(code, governs=governs)(run)


def refusal(*plugins: str) -> str:
    with pytest.raises(PluginError) as caught:
        load(plugins)
    return str(caught.value)


def test_a_plugin_that_does_not_exist() -> None:
    said = refusal("no_such_plugin")
    assert said.startswith("the plug-in `no_such_plugin` cannot be loaded: ModuleNotFoundError: ")


@pytest.mark.parametrize("source", ["1 / 0\n", "def (\n", "import no_such_module\n", "raise Exception\n"])
def test_a_plugin_that_fails_while_it_is_imported(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "failing_plugin.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "failing_plugin", raising=False)
    assert refusal("failing_plugin").startswith("the plug-in `failing_plugin` cannot be loaded: ")


@pytest.mark.parametrize("api", [None, 0, API + 1, "1"])
def test_a_plugin_for_another_version(api: object, plugin: Install) -> None:
    said = refusal(plugin(api, policylint_rules=bringing()))
    assert said == f"the plug-in `some_plugin` is made for API {api}; this is API {API}: install a version that fits"


def test_a_plugin_that_brings_nothing(plugin: Install) -> None:
    assert refusal(plugin()) == "the plug-in `some_plugin` brings nothing: it has no function `policylint_rules`"


def test_a_plugin_that_brings_something_else_than_rules(plugin: Install) -> None:
    assert refusal(plugin(policylint_rules=bringing(silent))).endswith("decorate the function with `@rule(…)`")


def test_a_rule_without_a_page(plugin: Install) -> None:
    said = refusal(plugin(policylint_rules=bringing(rule("XX001")(silent))))
    assert said == "the rule `silent` has no page: write `test_registry.md` beside it"


@pytest.mark.parametrize(("code", "name"), [("PL101", "another_name"), ("XX001", "forbidden_sale")])
def test_a_rule_whose_code_or_name_is_taken(code: str, name: str, plugin: Install, tmp_path: Path) -> None:
    said = refusal(plugin(policylint_rules=bringing(paged(tmp_path, code, name))))
    assert said == f"two rules are called `{code}` or `{name.replace('_', '-')}`: rename one of them"


def test_an_action_that_is_taken(plugin: Install) -> None:
    said = refusal(plugin(policylint_actions=doing(sale=sharing)))
    assert said == "two plug-ins bring the action `sale`: leave one of them out"


@pytest.mark.parametrize("kind", ["forbid", "require"])
def test_an_action_whose_obligations_nobody_would_report(kind: str, plugin: Install, tmp_path: Path) -> None:
    governs = requires("printing") if kind == "forbid" else forbids("printing")
    brought = bringing(paged(tmp_path, "XX001", "printed_data", governs))
    said = refusal(plugin(policylint_rules=brought, policylint_actions=doing(printing=sharing)))
    assert said == f"no rule reports `{kind} printing`: add one that governs it"


def test_a_plugin_that_fits(plugin: Install, tmp_path: Path) -> None:
    rules = (
        paged(tmp_path, "XX001", "forbidden_printing", forbids("printing")),
        paged(tmp_path, "XX002", "unmet_printing_requirement", requires("printing")),
    )
    name = plugin(policylint_rules=bringing(*rules), policylint_actions=doing(printing=sharing))
    registry = load((name, name))
    assert set(registry.rules) == {*REGISTRY.rules, "XX001", "XX002"}
    assert set(registry.actions) == {*ACTIONS, "printing"}
    assert registry.find("forbidden-printing") is rules[0]


def test_opt_in_rules_run_where_they_are_selected() -> None:
    everything = frozenset(REGISTRY.rules)
    by_default = REGISTRY.selected((), (), ())
    assert everything - by_default == {described.code for described in RULES if described.opt_in}
    assert REGISTRY.selected(("ALL",), (), ()) == everything
    assert REGISTRY.selected((), ("purpose-drift",), ()) == by_default | {"PL503"}
    assert REGISTRY.selected(("PL11",), (), ("undisclosed-data",)) == {f"PL11{digit}" for digit in range(2, 8)}


@pytest.mark.parametrize("word", ["", "PL999", "forbidden", "Forbidden-Sale"])
def test_a_word_that_selects_nothing(word: str) -> None:
    with pytest.raises(UnknownRuleError):
        REGISTRY.selected((word,), (), ())
