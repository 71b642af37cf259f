"""Declarations in the comments of every kind of source file, at the places where they stand in it."""

from datetime import date
from pathlib import Path

import pytest

from policylint.check import Checked, check
from policylint.config.settings import Settings
from policylint.rule.registry import load
from policylint.source.text import SourceText
from policylint.syntax.parser import File, parse
from policylint.syntax.tree import Broken, FlowDeclaration

BODY = (
    "data contact.email, identity.name",
    "purpose marketing",
    'waive forbidden-use because "a } in a text"  # { here',
)


def _led(leader: str, indent: str = "", first: str = "") -> str:
    """A flow behind a leader on each line, with braces in a text and in a comment."""
    lines = [f"{first or leader} policylint: flow %s from visitor to here {{", *(f"{leader}   {line}" for line in BODY)]
    return "".join(f"{indent}{line}\n" for line in [*lines, f"{leader} }}"])


LANGUAGES = {
    "app.py": "import os\n\n" + _led("#") % "one" + "def f():\n" + _led("#", "    ") % "two" + "    return {1: 2}\n",
    "app.ts": "const a = {\n" + _led("//", "\t") % "one" + "};\n/*\n" + _led(" *") % "two" + " */\nlet b: string;\n",
    "app.tsx": "<div>\n  {/* policylint: flow one from visitor to here {\n data contact.email purpose marketing } */}\n"
    + _led("//") % "two"
    + "</div>",
    "app.js": "/* " + (_led("") % "one").lstrip() + "*/\nfunction f() {\n" + _led("//", "  ") % "two" + "}\n",
    "App.java": "/**\n" + _led(" *", "  ") % "one" + " */\nclass App {\n" + _led("//", "    ") % "two" + "}\n",
    "app.go": "package app\n" + _led("//") % "one" + "/*\n" + _led("  *") % "two" + "*/\n",
    "app.rs": _led("///") % "one" + "fn f() {\n" + _led("//!", "    ", "//") % "two" + "}\n",
    "App.cs": "/// <summary>Sends</summary>\n"
    + _led("///", "  ") % "one"
    + "class App {\n"
    + _led("//", " ") % "two"
    + "}",
    "app.sql": _led("--") % "one" + "select 1; " + _led("--") % "two" + "select '{';\n",
    "app.yaml": "a:\n" + _led("#", "  ") % "one" + "  b: {c: d}\ne: f " + _led("#") % "two",
    "app.tf": _led("#") % "one" + 'resource "a" "b" {\n' + _led("//", "  ") % "two" + "}\n",
    "app.html": "<p>\n  <!-- policylint: flow one from visitor to here {\n data contact\n purpose marketing } -->"
    "</p>\n<script>\n" + _led("//") % "two" + "</script>",
    "app.sh": "#!/bin/sh\n" + _led("#") % "one" + "f() { :; }\n" + _led("##") % "two",
    "app.php": "<?php\n" + _led("#") % "one" + "function f() {\n/**\n" + _led(" *", "  ") % "two" + " */}\n",
    "app.css": "a { b: c }\n/* " + (_led("") % "one").lstrip() + "*/\na { }\n/*\n" + _led("*") % "two" + "*/",
    "app.lua": _led("--") % "one" + "local a = {}\n" + _led("---") % "two",
    "app.lisp": _led(";;") % "one" + "(defun f () nil)\n" + _led(";", "  ") % "two",
    "Makefile": "all:\n" + _led("#", "\t") % "one" + "\techo {\n" + _led("#") % "two",
}


def _parse(path: str, text: str) -> tuple[SourceText, File]:
    source = SourceText(path, text, path)
    return source, parse(source)


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("path", LANGUAGES)
def test_each_language(path: str, ends: str) -> None:
    source, file = _parse(path, LANGUAGES[path].replace("\n", ends))
    assert file.mistakes == ()
    assert [declaration.name.text for declaration in file.declarations] == ["one", "two"]
    for declaration in file.declarations:
        assert isinstance(declaration, FlowDeclaration)
        words = [
            declaration.name,
            declaration.sender,
            *(declaration.lexemes[data] for data, _ in declaration.body.shape.items),
            *(declaration.lexemes[number] for number in declaration.body.shape.purposes),
        ]
        for word in words:
            assert source.text[word.start : word.end] == word.text
        assert [declaration.lexemes[number].text for number in declaration.body.shape.purposes] == ["marketing"]


@pytest.mark.parametrize("path", ["app.py", "app.ts", "app.html", "app.sql"])
def test_places_are_those_of_the_file(path: str) -> None:
    for number, line in enumerate(LANGUAGES[path].split("\n"), 1):
        for name in ("one", "two"):
            column = line.find(f"flow {name}")
            if column >= 0:
                source, file = _parse(path, LANGUAGES[path])
                (place,) = (d.name.start for d in file.declarations if d.name.text == name)
                assert source.position(place) == (number, column + len("flow ") + 1)


def test_place_of_a_mistake() -> None:
    source, file = _parse(
        "app.py", "\tx = 1\n\t# policylint: flow a from visitor to here {\n\t#   data contact.email,\n\t# }\n"
    )
    (mistake,) = file.mistakes
    assert source.position(mistake.span.start) == (3, len("\t#   data contact.email") + 1)
    assert source.text[mistake.span.start : mistake.span.end] == ","
    assert mistake.declaration == "flow a"


def test_code_after_one_that_never_balances_is_untouched() -> None:
    code = "# policylint: flow a from visitor to here {\n#   data contact.email\nx = {'}': 1}\n# }\n"
    source, file = _parse("app.py", code + "# policylint: party b { in CA }\n")
    (mistake,) = file.mistakes
    assert mistake.message == "the body of this flow is not closed"
    assert source.position(mistake.span.start) == (1, code.index("{") + 1)
    assert [d.name.text for d in file.declarations if not isinstance(d, Broken)] == ["b"]


def test_next_marker_ends_one_that_never_balances() -> None:
    _, file = _parse(
        "app.py", "# policylint: flow a from visitor to here {\n#   data x\n# policylint: party b { in CA }\n"
    )
    assert [mistake.declaration for mistake in file.mistakes] == ["flow a"]
    assert [d.name.text for d in file.declarations if not isinstance(d, Broken)] == ["b"]
    _, file = _parse(
        "a.css", "/* policylint: flow a from visitor to here {\n data x\n * policylint: party b { in CA } */"
    )
    assert [d.name.text for d in file.declarations if not isinstance(d, Broken)] == ["b"]


def test_block_comment_ends_one_that_never_balances() -> None:
    _, file = _parse("a.ts", "/* policylint: flow a from visitor to here {\n data x */ }\nconst y = 1\n")
    (mistake,) = file.mistakes
    assert mistake.message == "the body of this flow is not closed"
    assert mistake.span.end <= len("/* policylint: flow a from visitor to here {\n data x ")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", '# policylint: term data contact.fax "Fax"\n# and more prose { }\n'),
        ("a.ts", "/* policylint: term data contact.fax */ f({})\n"),
        ("a.sql", "-- policylint: term data contact.fax\r\n-- policylint: party b { in CA }\r\n"),
        ("a.html", "<!-- policylint: term data contact.fax -->"),
    ],
)
def test_term_ends_with_its_line(path: str, text: str) -> None:
    source, file = _parse(path, text)
    assert file.mistakes == ()
    assert file.declarations[0].name.text == "contact.fax"
    assert source.text[file.declarations[0].name.start :].startswith("contact.fax")


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("a.py", "# policylint: see the policy\n# flow x\n", "`see` begins no declaration"),
        ("a.py", "# policylint:\n# flow x from a to b {}\n", "no declaration follows `policylint:`"),
        ("a.py", "# policylint: flwo x from a to b {}\n", "`flwo` begins no declaration"),
        ("a.py", "# policylint: party b { in \ufffd }\n", "`\ufffd` is not a name"),
    ],
)
def test_marker_without_a_declaration_is_a_mistake(path: str, text: str, message: str) -> None:
    _, file = _parse(path, text)
    assert [mistake.message for mistake in file.mistakes] == [message]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", 'EXAMPLE = "# policylint: party b { in CA }"\n'),
        ("a.ts", "const a = '// policylint: party b'; const b = `/* policylint: party b */`\n"),
        ("a.ts", 'open("http://policylint:8080/")\n'),
        ("a.css", "#policylint:hover { --policylint: party }\n"),
        ("a.py", "// policylint: party b { in CA }\n/* policylint: party b */\n"),
        ("a.py", "# this is about policylint: party b\n"),
        ("a.py", "# mypolicylint: party b\n"),
    ],
)
def test_what_is_no_annotation(path: str, text: str) -> None:
    _, file = _parse(path, text)
    assert (file.declarations, file.mistakes) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "x = 1# policylint: party b { in CA }\n",
        "#policylint:party b { in CA }\n",
        "\t#\tpolicylint:\tparty b {\n\t#\t\tin CA }\n",
        "#   policylint:   party b { in CA } and prose } behind it\n",
        "### policylint: party b {\n### in CA\n### }",
    ],
)
def test_forms_of_the_marker(text: str) -> None:
    _, file = _parse("a.py", text)
    assert file.mistakes == ()
    assert [declaration.name.text for declaration in file.declarations] == ["b"]


def test_declaration_after_another_on_one_line() -> None:
    _, file = _parse("a.css", "/* policylint: party b { in CA } */ a { } /* policylint: party c { in US } */")
    assert [declaration.name.text for declaration in file.declarations] == ["b", "c"]


# From here on whole projects.

SYSTEM = """
party acme { in CA }
service web { of acme  at "web/**" }
service jobs { of acme  at "jobs/*.py" }
service any { of acme  at "any/**/deep/?.py" }
"""
FLOW = "# policylint: flow %s from visitor to here { data contact.email  purpose marketing }\n"


def _check(folder: Path) -> Checked:
    return check([folder], Settings(folder), load(()), date(2026, 11, 22))


def _receivers(folder: Path, files: dict[str, str]) -> dict[str, str]:
    (folder / "system.flow").write_text(SYSTEM)
    for name, path in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(FLOW % name)
    return {flow.name: flow.receiver.name for flow in _check(folder).model.flows}


def test_here_is_the_service_whose_glob_holds_the_file(tmp_path: Path) -> None:
    files = {
        "a": "web/a.py",
        "b": "web/x/y/b.py",
        "c": "jobs/c.py",
        "d": "any/deep/d.py",
        "e": "any/x/y/deep/e.py",
    }
    expected = {"a": "web", "b": "web", "c": "jobs", "d": "any", "e": "any"}
    assert _receivers(tmp_path, files) == expected


@pytest.mark.parametrize("path", ["jobs/x/c.py", "any/deep/dd.py", "other/a.py", "webs/a.py"])
def test_here_is_unknown_outside_all_globs(tmp_path: Path, path: str) -> None:
    _receivers(tmp_path, {"a": path})
    (finding,) = _check(tmp_path).findings
    assert finding.code == "PL002"
    assert path in (finding.help or "")


def test_bytes_that_are_no_text_elsewhere_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "system.flow").write_text(SYSTEM)
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "a.py").write_bytes(b"# caf\xe9\n" + (FLOW % "a").encode() + b"x = '\xff\xfe'\n")
    checked = _check(tmp_path)
    assert [flow.name for flow in checked.model.flows] == ["a"]
    (source,) = (source for path, source in checked.sources.items() if path.endswith("a.py"))
    assert source.position(checked.model.flows[0].span.start) == (2, len("# policylint: flow ") + 1)


def test_bytes_that_are_no_text_inside_an_annotation(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b'# policylint: party b "caf\xe9" { in CA }\n# policylint: party c { in \xe9 }\n')
    checked = _check(tmp_path)
    assert [(finding.code, finding.declaration) for finding in checked.findings] == [("PL001", "party c")]


def test_byte_order_mark_shifts_nothing(tmp_path: Path) -> None:
    (tmp_path / "system.flow").write_bytes(b"\xef\xbb\xbfparty acme { in }\n")
    (tmp_path / "a.py").write_bytes(b"\xef\xbb\xbf# policylint: party b { in }\n")
    checked = _check(tmp_path)
    places = [checked.sources[finding.span.path].position(finding.span.start) for finding in checked.findings]
    assert places == [(1, len("# policylint: party b { ") + 1), (1, len("party acme { ") + 1)]
