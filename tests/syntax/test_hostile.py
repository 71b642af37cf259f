"""Input that nobody wrote by hand: large, deep and strange, and answered all the same.

No time is asserted. What is quadratic anywhere makes this file take minutes in place of seconds.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from policylint.check import Checked, check_texts
from policylint.config.settings import Settings
from policylint.report import json as json_report
from policylint.rule.registry import Registry, load
from policylint.source.files import Reading
from policylint.source.text import SourceText

MANY = 20_000
WORLD = 'party acme { in CA }\nservice web { of acme }\npolicy acme "Acme" { binds acme  clause 1 { forbid sale } }\n'
FLOW = "flow a from visitor to web {{ data {data}  purpose {purpose}  subject {subject}  with {measure} }}\n"


@cache
def _registry() -> Registry:
    return load(())


def _check(text: str, path: str = "x.flow") -> Checked:
    source = SourceText(path, text, path)
    return check_texts(Reading((source,), ()), Settings(Path()), _registry(), date(2026, 11, 22))


def _flow(data: str = "contact", purpose: str = "service", subject: str = "visitor", measure: str = "dpa") -> str:
    return WORLD + FLOW.format(data=data, purpose=purpose, subject=subject, measure=measure)


def _codes(checked: Checked) -> dict[str, int]:
    codes = [finding.code for finding in checked.findings]
    return {code: codes.count(code) for code in set(codes)}


UNKNOWN = ", ".join(f"zz{number}.y" for number in range(MANY))


@pytest.mark.parametrize(
    "text",
    [
        "flow b from visitor to web " + "{" * MANY,
        "flow b from visitor to web " + "{" * MANY + "}" * MANY,
        "party b " + "} " * MANY,
        "party b { in CA" + "," * MANY + " }",
        "party b " + "\\" * MANY,
        'party b "' + '\\"' * MANY,
        'party b { in CA "' + "x" * 2**20,
        "party b { in " + "x." * MANY + " }",
        "party b { in CA " + ";" * MANY + " }",
        "party b { " * MANY,
        "flow b from visitor to web { data contact, purpose service, " + "x" * 2**20 + " }",
        "flow b from visitor to web { data contact purpose service keep " + "9" * 10_000 + " days }",
        "flow b from visitor to web { data contact purpose service keep " + "0" * 10_000 + "1 days }",
        "flow b from visitor to web { data contact purpose service subject visitor aged " + "1" * 10_000 + "+ }",
        f"party b {{ in {', '.join(['CA'] * MANY)} , }}",
    ],
    ids=lambda text: f"{text[:30]}…{text[-8:]}",
)
def test_one_clear_mistake(text: str) -> None:
    checked = _check(_flow() + text + "\nparty after { in }\n")
    assert _codes(checked) == {"PL001": 2}
    assert all(len(finding.message) < 200 and len(finding.help or "") < 250 for finding in checked.findings)
    assert checked.model.flows[0].name == "a"


@pytest.mark.parametrize("where", ["data", "purpose", "subject", "measure"])
def test_long_lists_of_unknown_words(where: str) -> None:
    assert _codes(_check(_flow(**{where: UNKNOWN})))["PL002"] == MANY


def test_long_lists_of_unknown_places() -> None:
    assert _codes(_check(_flow() + f"party b {{ in {UNKNOWN} }}\n")) == {"PL002": MANY}


@pytest.mark.parametrize(
    ("where", "word"), [("data", "contact.email"), ("subject", "visitor in CA"), ("measure", "dpa")]
)
def test_long_lists_of_one_word(where: str, word: str) -> None:
    assert _codes(_check(_flow(**{where: ", ".join([word] * MANY)}))) == {}


def test_endless_names() -> None:
    name = "x" * 2**20
    checked = _check(_flow(data=name) + f"flow {name} from visitor to web {{ data contact purpose service }}\n")
    assert _codes(checked) == {"PL002": 1}
    assert len(checked.findings[0].message) < 200


@pytest.mark.parametrize("word", ["x." * 2**16 + "x", "contact." + "x." * 2**16 + "x"])
def test_endless_prefixes(word: str) -> None:
    assert "PL002" in _codes(_check(_flow(data=word) + f"term data {word}\n"))


def test_comments() -> None:
    assert _codes(_check(("# " + "c" * 98 + "\n") * 10_000 + "#" * 2**20 + "\n" + _flow())) == {}


@pytest.mark.parametrize(
    ("declaration", "code"),
    [
        ("party p{} {{ }}", None),
        ("flow p{}", "PL001"),
        ("flow p{} from visitor to web {{ data contact, }}", "PL001"),
        ("party p{} {{ in zz }}", "PL002"),
        ("term data contact.p{}", None),
    ],
)
def test_many_declarations(declaration: str, code: str | None) -> None:
    text = "\n".join(declaration.format(number) for number in range(MANY // 4))
    assert _codes(_check(_flow() + text)) == ({code: MANY // 4} if code else {})


def test_many_clauses() -> None:
    clauses = "\n".join(f"clause {number} {{ forbid sale }}" for number in range(MANY))
    checked = _check(_flow() + f'policy big "Big" {{ binds acme\n{clauses}\n}}\n')
    assert _codes(checked) == {}
    assert len(checked.model.policies[1].obligations) == MANY


def test_many_clauses_with_one_section() -> None:
    checked = _check(_flow() + 'policy big "Big" { binds acme\n' + "clause 1 { forbid sale }\n" * MANY + "}\n")
    assert _codes(checked) == {"PL003": MANY - 1}


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        ("a.py", "# policylint: flow a from visitor to web {\n# data x\n" * (MANY // 10), MANY // 10),
        ("a.ts", "/* policylint: party p { } */ /* " * (MANY // 10), 0),
        ("a.py", "#" * 2**20 + " policylint: party p { }", 0),
        ("a.py", "# " * 2**19 + " policylint: party p { }", 0),
        ("a.py", '# policylint: flow a from b to c "' + '\\"' * 2**19 + " {", 1),
        ("a.js", "/" * 2**20 + "*" * 2**20 + "policylint:", 0),
        ("a.zz", "#/*-;" * 2**18, 0),
    ],
    ids=lambda value: f"{value[:20]}" if isinstance(value, str) else "",
)
def test_annotations(path: str, text: str, count: int) -> None:
    assert _codes(_check(text, path)).get("PL001", 0) == count


def test_report_of_it_is_json() -> None:
    report = json.loads(json_report.render(_check(_flow(data=UNKNOWN))))
    assert len(report["findings"]) == MANY


@pytest.mark.parametrize(
    "clause",
    [
        "keep \u0663 days",
        "keep \uff11 day",
        "subject visitor aged 1\u0663+",
        'waive PL501 until 2\u066027-01-01 because "x"',
    ],
)
def test_only_plain_digits_are_numbers(clause: str) -> None:
    checked = _check(WORLD + f"flow a from visitor to web {{ data contact purpose service {clause} }}\n")
    assert _codes(checked) == {"PL001": 1}
