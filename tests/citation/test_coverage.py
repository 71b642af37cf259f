"""`policylint coverage` lays a policy beside its text, in four formats."""

import json
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policylint.cli.main import policylint
from tests.citation.projects import COOKIES, KEPT, SOLD, TEXT, policy, project


def coverage(*arguments: object) -> Result:
    return CliRunner().invoke(policylint, ["coverage", *map(str, arguments)])


def as_json(*arguments: object) -> dict[str, Any]:
    result = coverage(*arguments, "--output-format", "json")
    assert result.exit_code == 0, result.output
    content: dict[str, Any] = json.loads(result.stdout)
    return content


def test_the_table_has_totals_first_and_every_passage(tmp_path: Path) -> None:
    lines = coverage(project(tmp_path)).stdout.splitlines()
    assert lines[0] == "acme: 7 passages, 2 cited, 1 unchecked, 4 not covered (42.8 % covered) by 3 clauses"
    shown = [
        (line[2], line[4:9].strip(), line[11:].split("  ")[0], line.split("  ")[-1].strip()) for line in lines[3:10]
    ]
    assert shown == [
        ("-", "1", "Acme privacy notice", "not covered"),
        ("+", "3", "We never sell your data.", "1 (forbid sale)"),
        ("+", "3", "We keep it for 12 months.", "2 (forbid retention)"),
        ("-", "4", "Nobody under 16 is asked for anything.", "not covered"),
        ("-", "5", "Learn more", "not covered"),
        ("o", "7", "Cookies", "3 (unchecked)"),
        ("-", "8", "Learn more", "not covered"),
    ]


def test_json(tmp_path: Path) -> None:
    content = as_json(project(tmp_path))
    assert content["policy"] == "acme"
    assert content["passages"] == {"total": 7, "cited": 2, "unchecked": 1, "uncovered": 4}
    clauses = [(each["section"], each["enforced"], each["unchecked"], each["pins"]) for each in content["clauses"]]
    assert clauses == [
        ("1", ["forbid sale"], None, [SOLD]),
        ("2", ["forbid retention"], None, [KEPT]),
        ("3", [], "a heading", [COOKIES]),
    ]
    assert content["coverage"][1] == {
        "line": 3,
        "kind": "sentence",
        "pin": SOLD,
        "quote": "We never sell your data.",
        "state": "cited",
        "clauses": ["1"],
    }


def test_several_clauses_and_kinds(tmp_path: Path) -> None:
    written = policy(cookies=f"{COOKIES}, {SOLD}").replace(
        "forbid sale of personal",
        "forbid sale of personal forbid sale of contact require dpa for sharing disclose data contact.email",
    )
    content = as_json(project(tmp_path, written=written))
    assert content["clauses"][0]["enforced"] == ["forbid sale", "require for sharing", "disclose data"]
    assert content["coverage"][1]["clauses"] == ["1", "3"]
    assert content["passages"]["cited"] == 2


def test_promises_are_shown_as_they_are_written(tmp_path: Path) -> None:
    file = project(tmp_path, written=policy().replace("sale of personal", "sale  # ever\n      of personal"))
    assert "<code>forbid sale of personal</code>" in coverage(file, "--output-format", "html").stdout


def test_clauses_that_cite_nothing_or_what_is_gone_are_named(tmp_path: Path) -> None:
    file = project(tmp_path, written=policy(sold="000000000000").replace(f"    cites {KEPT}\n", ""))
    out = coverage(file).stdout
    assert "the clause 1 is stale" in out
    assert "the clause 2 cites nothing" in out
    assert [each["stale"] for each in as_json(file)["clauses"]] == [True, False, False]
    assert "no longer in the text" in coverage(file, "--output-format", "html").stdout


def test_markdown(tmp_path: Path) -> None:
    file = project(tmp_path, text=TEXT.replace("Learn more", "Learn | *more*"))
    out = coverage(file, "--output-format", "markdown").stdout
    assert out.startswith("# Coverage of `acme`\n\nAcme. acme: 7 passages, 2 cited")
    assert "| 3 | We never sell your data. | cited | `1` No sale (forbid sale) |" in out
    assert "| 5 | Learn \\| \\*more\\* | **not covered** |  |" in out
    assert "`3` Cookies (unchecked: a heading)" in out


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action")]
        if tag not in ("meta", "input", "col", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_one_page_that_needs_nothing_else(tmp_path: Path) -> None:
    text = TEXT.replace("Learn more", "<script>alert('x')</script> & more")
    out = coverage(project(tmp_path, text=text), "--output-format", "html").stdout
    page = Page(out)
    assert page.open == []
    assert page.links == []
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert "http" not in out
    assert "@import" not in out
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; more" in out
    assert '<html lang="en">' in out
    assert out.count("<tr class=") == 7
    for words in (
        "We never sell your data.",
        "No sale",
        "Puts a limit on selling data",
        "Not checked: a heading.",
        "42.8 %",
    ):
        assert words in out


def test_html_without_jinja_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    result = coverage(project(tmp_path), "--output-format", "html")
    assert result.exit_code == 2
    assert "pip install 'policylint[report]'" in result.stderr


def test_fail_under(tmp_path: Path) -> None:
    file = project(tmp_path)
    assert coverage(file, "--fail-under", "42").exit_code == 0
    result = coverage(file, "--fail-under", "100")
    assert result.exit_code == 1
    assert "less than 100 % of the text is covered" in result.stderr
    assert "acme: 7 passages" in result.stdout
    assert coverage(file, "--fail-under", "101").exit_code == 2
    tmp_path.joinpath("acme.txt").write_text("We never sell your data. We keep it for 12 months.\n\nCookies\n")
    assert coverage(file, "--fail-under", "100").exit_code == 0


def test_a_policy_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert as_json("acme")["passages"]["total"] == 7
    result = coverage("acmee")
    assert result.exit_code == 2
    assert "there is no policy 'acmee'; the policies at hand are: acme, " in result.stderr


def test_a_file_with_several_policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = project(tmp_path, written=policy() + policy().replace("policy acme", "policy bela"))
    result = coverage(file)
    assert result.exit_code == 2
    assert "holds 2 policies (acme, bela): name the policy instead of the file" in result.stderr
    monkeypatch.chdir(tmp_path)
    assert as_json("bela")["policy"] == "bela"


@pytest.mark.parametrize("text", [None, b"", b"\x00\x01\x02\xff\xfe"])
def test_texts_of_no_use_are_refused_with_a_place(tmp_path: Path, text: bytes | None) -> None:
    result = coverage(project(tmp_path, text=text))
    assert result.exit_code == 2
    assert "acme.policy:3:9: " in result.stderr


def test_two_policies_with_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path)
    tmp_path.joinpath("z.policy").write_text('policy acme "Again" { binds acme }\n')
    monkeypatch.chdir(tmp_path)
    result = coverage("acme")
    assert result.exit_code == 3
    assert "z.policy:1:8: `acme` is declared already (the first one: acme.policy:1)" in result.stderr


def test_a_policy_that_is_not_understood(tmp_path: Path) -> None:
    result = coverage(project(tmp_path, written=policy().replace("forbid sale", "forbit sale")))
    assert result.exit_code == 3
    assert "acme.policy:6:5: " in result.stderr
