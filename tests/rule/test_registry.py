"""The registry: one rule for every code, name and page, and a sentence for each plug-in that cannot be used."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from policylint.finding.finding import Finding
from policylint.graph.travel import Travel
from policylint.interop.importers import importers
from policylint.model.build import Vocation, build
from policylint.report.formats import formats, loaded
from policylint.rule.context import Context, Judged
from policylint.rule.description import (
    API,
    Governs,
    Rule,
    Run,
    any_obligation,
    discloses,
    forbids,
    obligations,
    requires,
    rule,
)
from policylint.rule.hooks import hookimpl
from policylint.rule.page import HEADINGS, read_page
from policylint.rule.plugins import found_by, guarded
from policylint.rule.registry import PluginError, Registry, UnknownRuleError, load
from policylint.verdict.actions import ACTIONS, Action, sharing
from policylint.vocabulary.facet import Term

REGISTRY = load(())
RULES = tuple(REGISTRY.rules.values())
MODEL, _ = build((), REGISTRY.vocabulary, Vocation(REGISTRY.actions.keys(), REGISTRY.words()), None)
JUDGED = Judged(MODEL, Travel(MODEL.words, (), {}), {}, {}, ())
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
    said = refusal(plugin())
    assert said.startswith("the plug-in `some_plugin` brings nothing: it has none of `policylint_rules`, ")


def test_a_plugin_that_brings_something_else_than_rules(plugin: Install) -> None:
    assert refusal(plugin(policylint_rules=bringing(silent))).endswith("decorate the function with `@rule(…)`")


def test_a_rule_without_a_page(plugin: Install) -> None:
    said = refusal(plugin(policylint_rules=bringing(rule("XX001")(silent))))
    assert said == "the rule `silent` has no page: write `silent.md` beside it"


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


def test_a_plugin_whose_hook_fails(plugin: Install) -> None:
    @hookimpl
    def policylint_rules() -> Iterator[Rule]:
        raise RuntimeError("not today")
        yield

    said = refusal(plugin(policylint_rules=policylint_rules))
    assert said == "the plug-in `some_plugin` fails in `policylint_rules`: RuntimeError: not today"


def test_a_plugin_that_leaves_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "leaving_plugin.py").write_text("import sys\nsys.exit(0)\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert refusal("leaving_plugin") == "the plug-in `leaving_plugin` cannot be loaded: SystemExit: 0"


def test_a_hook_that_is_misspelt_or_not_marked(plugin: Install) -> None:
    def policylint_rules() -> tuple[Rule, ...]:
        return ()

    def policylint_rule() -> tuple[Rule, ...]:
        return ()

    said = refusal(plugin(policylint_actions=doing(), policylint_rules=policylint_rules))
    assert said == "the plug-in `some_plugin` has `policylint_rules` without `@hookimpl`: put that above it"
    for hook in (policylint_rule, hookimpl(policylint_rule)):
        said = refusal(plugin(policylint_actions=doing(), policylint_rules=bringing(), policylint_rule=hook))
        assert said.startswith("the plug-in `some_plugin` has `policylint_rule`, which is no hook: the hooks are ")


def test_a_hook_that_takes_what_is_not_given(plugin: Install) -> None:
    @hookimpl
    def policylint_rules(project: str) -> tuple[Rule, ...]:
        return ()

    assert refusal(plugin(policylint_rules=policylint_rules)).startswith("the plug-in `some_plugin` cannot be used: ")


@pytest.mark.parametrize("code", ["x1", "XX", "001", "XX-1"])
def test_a_code_that_is_no_code(code: str, plugin: Install, tmp_path: Path) -> None:
    said = refusal(plugin(policylint_rules=bringing(paged(tmp_path, code, "some_rule"))))
    assert said.startswith(f"the rule `some-rule` has the code `{code}`")


@pytest.mark.parametrize(
    ("governs", "words"),
    [
        (forbids("sale"), "two rules report `forbid sale`, `forbidden-sale` and `some-rule`"),
        (forbids("use", stating="via"), "two rules report `forbid use`"),
        (obligations("transfer"), "two rules report `forbid transfer`"),
        (any_obligation(stating="age"), "two rules report `forbid `"),
        (discloses("data"), "two rules report `disclose data`"),
        (discloses("form"), "the rule `some-rule` governs the facet `form`, which is never disclosed"),
        (forbids("shredding"), "the rule `some-rule` governs the action `shredding`, which nobody brings"),
    ],
)
def test_a_rule_that_would_report_nothing(governs: Governs, words: str, plugin: Install, tmp_path: Path) -> None:
    assert refusal(plugin(policylint_rules=bringing(paged(tmp_path, "XX001", "some_rule", governs)))).startswith(words)


def giving(hook: str, value: object) -> dict[str, Callable[[], object]]:
    """A hook by its name, and what it brings."""

    def function() -> object:
        return value

    function.__name__ = hook
    return {hook: hookimpl(function)}


@pytest.mark.parametrize(
    ("facet", "terms", "words"),
    [
        ("dta", [Term("health.gait")], "brings words of `dta`: the facets are data, "),
        ("data", ["health.gait"], "brings 'health.gait' as a word"),
        ("data", [Term("health gait")], "as a word: give a `Term` whose key is a name"),
        ("form", [Term("blurred", identity="some")], "as a word: give a `Term`"),
        ("data", [Term("contact.email")], "brings the word `contact.email`, which is taken"),
        ("data", [Term("health.gait"), Term("health.gait")], "brings the word `health.gait`, which is taken"),
        ("means", [Term("consent")], "brings the word `consent`, which is taken"),
        ("place", [Term("xk")], "brings the word `xk`, which is taken"),
        ("data", [Term("nothing.such.as.this")], "needs the data term `nothing.such.as`: bring that too"),
        ("place", [Term("BENELUX", members=frozenset(("BE", "NL", "LX")))], "needs the place term `LX`"),
        ("data", None, "fails in `policylint_terms`: TypeError"),
    ],
)
def test_words_that_cannot_be_added(facet: str, terms: object, words: str, plugin: Install) -> None:
    assert words in refusal(plugin(**giving("policylint_terms", {facet: terms})))


def test_words_are_added_to_the_vocabulary(plugin: Install) -> None:
    terms = {"data": [Term("gait.stride"), Term("gait")], "place": [Term("BENELUX", members=frozenset(("BE", "NL")))]}
    words = load((plugin(**giving("policylint_terms", terms)),)).vocabulary
    assert {"gait", "personal"} <= words["data"].above("gait.stride")
    assert "BENELUX" in words["place"].above("NL")
    assert "gait" not in REGISTRY.vocabulary["data"].terms


def test_policies_that_cannot_be_added(plugin: Install, tmp_path: Path) -> None:
    file = tmp_path / "ours.policy"
    assert "is no policy file" in refusal(plugin(**giving("policylint_policies", {"ours": file})))
    file.touch()
    assert load((plugin(**giving("policylint_policies", {"ours": file})),)).policies["ours"] == file
    said = refusal(plugin(**giving("policylint_policies", {"jen": file})))
    assert said == "the plug-in `some_plugin` brings the policy `jen`, which is there already"


@pytest.mark.parametrize(
    ("hook", "known", "what", "taken"),
    [
        ("policylint_formats", formats, "report format", "json"),
        ("policylint_importers", importers, "importer", "fides"),
    ],
)
def test_formats_and_importers_that_cannot_be_added(
    hook: str, known: Callable[[Registry], object], what: str, taken: str, plugin: Install
) -> None:
    assert not load(()).formats
    assert not load(()).importers
    with pytest.raises(
        PluginError, match=f"the {what} `{taken}` of the plug-in `some_plugin` has a name that is taken"
    ):
        known(load((plugin(**giving(hook, {taken: "some_plugin"})),)))


@pytest.mark.parametrize("module", ["no_such_module", "some_plugin"])
def test_report_formats_that_cannot_be_loaded(module: str, plugin: Install) -> None:
    known = formats(load((plugin(**giving("policylint_formats", {"csv": module})),)))
    with pytest.raises(PluginError, match="the report format `csv` of the plug-in `some_plugin` cannot be loaded: "):
        loaded("csv", known)


def failing(context: Context) -> Iterator[Finding]:
    raise RuntimeError("not today")


def exiting(context: Context) -> Iterator[Finding]:
    raise SystemExit(0)


def strange(context: Context) -> Iterator[Finding]:
    yield "a finding"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (failing, "fails: RuntimeError: not today"),
        (exiting, "fails: SystemExit: 0"),
        (strange, "finds 'a finding', which is no finding"),
    ],
)
def test_a_rule_that_fails_is_a_plugin_that_cannot_be_used(run: Run, words: str) -> None:
    described = rule("XX001")(run)
    with pytest.raises(PluginError, match=words):
        found_by(Context(described, JUDGED))


@pytest.mark.parametrize(
    ("does", "words"),
    [(lambda case, atom: 1 / 0, "fails: ZeroDivisionError"), (lambda case, atom: True, "answers True")],
)
def test_an_action_that_fails_is_a_plugin_that_cannot_be_used(does: Action, words: str) -> None:
    with pytest.raises(PluginError, match=f"the action `printing` of the plug-in `some_plugin` {words}"):
        guarded("some_plugin", "printing", does)(None, None)  # type: ignore[arg-type]


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
