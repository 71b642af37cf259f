"""`check` quotes passages, says which are gone, and reports those that nobody cites."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from policylint.citation.pins import pin_of
from policylint.cli.main import policylint
from tests.citation.projects import FLOW, KEPT, POLICY, SOLD, TEXT, policy, project

BROKEN_FLOW = FLOW.replace("keep 1 month", "keep 2 years")


def check(folder: Path, *options: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(policylint, ["check", str(folder), "--output-format", "json", *options])
    assert result.exit_code in (0, 1), result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    return found


def test_a_finding_quotes_the_passage_with_its_line(tmp_path: Path) -> None:
    project(tmp_path)
    tmp_path.joinpath("acme.flow").write_text(BROKEN_FLOW)
    (finding,) = check(tmp_path)
    assert finding["code"] == "PL401"
    assert finding["citation"] == {"pin": KEPT, "line": 3, "quote": "We keep it for 12 months."}


def test_without_the_text_pins_are_not_checked_and_it_is_said_once(tmp_path: Path) -> None:
    project(tmp_path, text=None, written=policy(sold="000000000000"))
    tmp_path.joinpath("acme.flow").write_text(BROKEN_FLOW)
    (finding,) = check(tmp_path)
    assert finding["citation"] == {"pin": KEPT, "line": None, "quote": None}
    said = CliRunner().invoke(policylint, ["check", str(tmp_path)]).stdout
    assert said.count("is not at hand") == 1
    assert "acme.policy:3:9" in said


def test_texts_are_found_in_the_configured_folders(tmp_path: Path) -> None:
    project(tmp_path, text=None, written=policy(sold="000000000000"))
    tmp_path.joinpath("policylint.toml").write_text('policy-texts = ["missing", "texts"]\n')
    tmp_path.joinpath("texts").mkdir()
    tmp_path.joinpath("texts", "acme.txt").write_text(TEXT)
    (finding,) = check(tmp_path)
    assert finding["code"] == "PL801"


def test_a_stale_pin_says_which_clause_and_what_changed(tmp_path: Path) -> None:
    project(tmp_path, text=TEXT.replace("12 months", "24 months"))
    (finding,) = check(tmp_path)
    assert (finding["code"], finding["severity"], finding["certainty"]) == ("PL801", "error", "certain")
    assert (finding["declaration"], finding["policy"], finding["clause"]) == ("policy acme", "acme", "2")
    assert (finding["line"], finding["column"], finding["end_column"]) == (9, 11, 23)
    assert finding["message"] == "the clause `2` cites a passage that is not in `acme.txt`"
    assert finding["help"] == (
        "compare the clause with line 3, where “12” became “24”: “We keep it for 24 months.”; then pin it again"
    )
    assert finding["citation"] == {"pin": KEPT, "line": None, "quote": None}


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        ("We keep it for at least 12 months.", "where “at least” is new"),
        ("We keep it, your data, for 12 months.", "where “your data” is new"),
        ("We keep for 12 months.", "where “it” is gone"),
        ("We keep it for 12 weeks.", "where “months” became “weeks”"),
        ("We keep it for 12 months and We hope you like that.", "where “and we hope you like that” is new"),
        ("We burn all that we have ever had after 12 months.", "the nearest one today"),
        ("We keep it. For 12 months.", "where it ends earlier and goes on in the next: “We keep it.”"),
    ],
)
def test_the_words_that_changed_are_found_out(tmp_path: Path, now: str, changed: str) -> None:
    project(tmp_path, text=TEXT.replace("We keep it for 12 months.", now))
    (finding,) = check(tmp_path)
    assert finding["code"] == "PL801"
    assert changed in finding["help"]


def test_a_hedged_clause_is_stale_mildly(tmp_path: Path) -> None:
    written = policy(kept="000000000000").replace("beyond 12 months", 'beyond 12 months hedged because "usually"')
    project(tmp_path, written=written)
    (finding,) = check(tmp_path)
    assert (finding["code"], finding["severity"]) == ("PL801", "warning")


@pytest.mark.parametrize(
    ("text", "reason"),
    [(b"", "it is empty"), (b" \n\xc2\xa0\n", "it is empty"), (b"%PDF-1.4\n\x00\x01\x02\xff", "it holds binary data")],
)
def test_a_text_that_is_of_no_use_is_one_finding(tmp_path: Path, text: bytes, reason: str) -> None:
    project(tmp_path, text=text)
    (finding,) = check(tmp_path)
    assert finding["message"] == f"the text of the policy `acme` cannot be read: {reason}"
    assert (finding["code"], finding["line"], finding["declaration"]) == ("PL801", 3, "policy acme")


def test_only_texts_are_read(tmp_path: Path) -> None:
    project(tmp_path, written=policy().replace("acme.txt", "acme.flow"))
    (finding,) = check(tmp_path)
    assert "it is none of .txt, .md" in finding["message"]


def test_a_passage_of_another_policys_text_is_said_to_be_there(tmp_path: Path) -> None:
    other = pin_of("Bela never lends data.")
    project(tmp_path, written=policy(sold=other))
    tmp_path.joinpath("bela.policy").write_text(
        f'policy bela "Bela" {{\n  binds acme\n  text "bela.txt"\n  clause 1 {{ cites {other} forbid sale }}\n}}\n'
    )
    tmp_path.joinpath("bela.txt").write_text("Bela never lends data.\n")
    (finding,) = check(tmp_path)
    assert (finding["policy"], finding["clause"]) == ("acme", "1")
    assert finding["help"] == "cite a passage of `acme.txt`: this one is in the text of the policy `bela`"


def test_a_policy_with_the_text_of_another_has_nothing_but_stale_clauses(tmp_path: Path) -> None:
    project(tmp_path, text="Something else altogether.\n")
    found = check(tmp_path)
    assert [(finding["code"], finding["clause"]) for finding in found] == [("PL801", c) for c in "123"]
    help = "put the policy's own text at `acme.txt`: this one has none of its passages"
    assert {finding["help"] for finding in found} == {help}


def test_uncovered_passages_are_found_in_the_text(tmp_path: Path) -> None:
    project(tmp_path)
    found = check(tmp_path, "--extend-select", "uncovered-text")
    assert {finding["code"] for finding in found} == {"PL804"}
    assert {finding["declaration"] for finding in found} == {"policy acme"}
    places = [(Path(finding["path"]).name, finding["line"], finding["column"]) for finding in found]
    assert places == [("acme.txt", 1, 1), ("acme.txt", 4, 3), ("acme.txt", 5, 1), ("acme.txt", 8, 1)]
    assert found[1]["message"] == "no clause of the policy `acme` cites “Nobody under 16 is asked for anything.”"
    assert not check(tmp_path)


def test_of_twins_the_one_after_the_clause_before_is_quoted(tmp_path: Path) -> None:
    pin = pin_of("Learn more")
    written = POLICY.replace("a heading", "what follows").format(sold=SOLD, kept=pin, cookies=pin)
    project(
        tmp_path,
        written=written.replace("unchecked because", "forbid retention of personal beyond 1 day unchecked because"),
    )
    tmp_path.joinpath("acme.flow").write_text(BROKEN_FLOW)
    lines = {finding["clause"]: finding["citation"]["line"] for finding in check(tmp_path)}
    assert lines == {"2": 5, "3": 5}


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_encodings_change_no_pin(tmp_path: Path, codec: str) -> None:
    said = "Müller & Söhne never sell your data – ça va?"
    said = said if codec != "latin-1" else said.replace("–", "-")
    project(
        tmp_path, text=TEXT.replace("We never sell your data.", said).encode(codec), written=policy(sold=pin_of(said))
    )
    assert check(tmp_path) == []


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_change_no_pin(tmp_path: Path, ends: str) -> None:
    project(tmp_path, text=TEXT.replace("\n", ends))
    tmp_path.joinpath("acme.flow").write_text(BROKEN_FLOW)
    (finding,) = check(tmp_path)
    assert finding["citation"]["line"] == 3


def test_html_in_a_declared_encoding(tmp_path: Path) -> None:
    page = '<meta charset="windows-1251"><p>Мы не продаём данные.</p>'
    written = policy(sold=pin_of("Мы не продаём данные."), kept=SOLD, cookies=SOLD).replace("acme.txt", "acme.html")
    project(tmp_path, text=None, written=written)
    tmp_path.joinpath("acme.html").write_bytes((page + "<p>We never sell your data.").encode("windows-1251"))
    assert check(tmp_path) == []


def test_two_policies_with_one_name_are_a_duplicate(tmp_path: Path) -> None:
    project(tmp_path)
    tmp_path.joinpath("z.policy").write_text('policy acme "Again" { binds acme }\n')
    result = CliRunner().invoke(policylint, ["check", str(tmp_path), "--output-format", "json"])
    assert result.exit_code == 3
    assert [finding["code"] for finding in json.loads(result.stdout)["findings"]] == ["PL003"]
