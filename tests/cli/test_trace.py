"""`policylint trace FLOW`: why each promise is broken or kept, in text and JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_check import run

FLOWS = """\
party acme "Acme Shop" { in CA }
party bunny { is processor  for acme  in US }
party adnet { is third_party }
service web { of acme }
service list { of bunny }
flow signup from visitor to web "Sign-up" {
  data contact.email, identity.name
  purpose service.order, marketing.direct.email
  subject visitor aged 13 to 15 in CA
  basis consent
  via web_form
}
flow store from web to list { data contact.email purpose service.order with dpa }
flow audience from list to adnet {
  data contact.email
  purpose marketing.advertising
  waive forbidden-sharing on acme:2 because "agreed"
}
"""
POLICY = """\
policy acme "Acme privacy notice" {
  binds acme
  clause 1 "Not sold" { forbid sale of personal }
  clause 2 "Not shared" { forbid sharing of contact, identity unless consent and for service.support }
  clause 3 "No children's data for advertising" { forbid use of personal from anyone aged under 16 for marketing }
  clause 4 "Agreements" { require dpa or scc for transfer of personal outside CA }
  clause 5 "Records" { forbid collection of communication }
  clause 6 "What we do" { disclose purpose service, marketing.direct }
}
policy other "Another party's" { binds adnet clause 1 { forbid use of personal } }
policy third "Of nobody here" { binds stranger clause 1 { forbid use of personal } }
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "a.flow").write_text(FLOWS + "party stranger { is controller }\n")
    (tmp_path / "p.policy").write_text(POLICY)
    (tmp_path / "policylint.toml").write_text("owner = 'acme'\n")
    return tmp_path


def traced(project: Path, *arguments: str) -> dict[str, Any]:
    result = run("trace", *arguments, "--output-format", "json", cwd=project)
    assert result.returncode == 0, result.stderr
    content: dict[str, Any] = json.loads(result.stdout)
    return content


def test_why_each_promise_is_broken_or_kept(project: Path) -> None:
    (policy,) = traced(project, "audience", "--policy", "acme")["policies"]
    assert policy["governs"] == "yes"
    why = {each["clause"]: (each["broken"], each["why"]) for each in policy["obligations"]}
    assert why == {
        "2": ("yes", "broken"),
        "3": ("yes", "broken"),
        "1": ("maybe", "may be broken: declare `consideration` on flow audience"),
        "4": ("maybe", "may be broken: declare `in` on party adnet"),
    }
    assert policy["left_out"] == 1
    assert list(why) == ["2", "3", "1", "4"]  # what is broken comes first


def test_the_answer_of_each_comparison(project: Path) -> None:
    (policy,) = traced(project, "store", "--policy", "acme", "--all")["policies"]
    sharing = next(each for each in policy["obligations"] if each["clause"] == "2")
    assert sharing["rule"] == "PL102"
    assert sharing["atom"] == {
        "data": "contact.email",
        "form": None,
        "subject": "visitor aged 13 to 15 in CA",
        "purpose": "service.order",
        "place": "US",
    }
    assert sharing["action"] == {"name": "sharing", "answer": "yes"}
    assert sharing["patterns"] == [{"condition": "of contact, identity", "answer": "yes"}]
    assert sharing["unless"] == [
        {"all_of": [{"condition": "consent", "answer": "no"}, {"condition": "for service.support", "answer": "no"}]}
    ]
    transfer = next(each for each in policy["obligations"] if each["clause"] == "4")
    assert transfer["needs"] == [
        {"any_of": [{"condition": "dpa", "answer": "yes"}, {"condition": "scc", "answer": "no"}]}
    ]
    assert transfer["why"] == "kept: all that it asks for is there"
    kept = {each["clause"]: each["why"] for each in policy["obligations"]}
    assert kept["5"] == "kept: this is no collection"
    assert kept["3"] == "kept: not `for marketing`"


def test_what_is_disclosed(project: Path) -> None:
    (policy,) = traced(project, "audience", "--policy", "acme")["policies"]
    (purpose,) = policy["disclosures"]
    assert (purpose["facet"], purpose["rule"], purpose["undisclosed"]) == ("purpose", "PL112", "yes")
    assert purpose["elements"] == [{"element": "marketing.advertising", "undisclosed": "yes", "clauses": []}]
    (policy,) = traced(project, "signup", "--policy", "acme")["policies"]
    elements = policy["disclosures"][0]["elements"]
    assert {each["element"]: each["clauses"] for each in elements} == {
        "service.order": ["6"],
        "marketing.direct.email": ["6"],
    }


def test_the_path_by_which_people_came(project: Path) -> None:
    (subject,) = traced(project, "audience")["subjects"]
    assert subject["subject"] == "visitor aged 13 to 15 in CA"
    assert [step["declaration"] for step in subject["path"]] == ["flow signup", "flow store", "flow audience"]
    assert [each["path"] for each in traced(project, "signup")["subjects"]] == [[], []]


def test_the_path_by_which_promises_came(project: Path) -> None:
    acme, other, third = traced(project, "audience")["policies"]
    assert acme["ends"][0] == {"node": "list", "acts": "yes", "parties": ["bunny", "acme"]}
    assert (other["governs"], third["governs"]) == ("yes", "no")
    assert third["obligations"] == third["disclosures"] == []
    text = run("trace", "audience", cwd=project).stdout
    assert "sender: `list` is run by `bunny`, which works for `acme`" in text
    assert "receiver: `adnet` is bound by the policy" in text
    assert "policy third does not govern this flow" in text


def test_what_check_reports_on_it_stands_at_the_end(project: Path) -> None:
    text = run("trace", "flow audience", cwd=project).stdout
    end = text[text.index("what `check` reports") :]
    assert "error[PL102 forbidden-sharing] acme:2:" in end
    assert "(waived because “agreed”)" in end
    assert "1 other obligation on other actions or other data: `--all` shows them" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["audeince"], "there is no flow 'audeince'; did you mean 'audience'?"),
        (["x"], "there is no flow 'x': there are audience, signup, store"),
        (["audience", "--policy", "acne"], "there is no policy 'acne'; did you mean 'acme'?"),
        (["audience", "nowhere"], "there is no file or folder 'nowhere'"),
        (["audience", "--as-of", "soon"], "--as-of wants a day"),
        (["audience", "--config", "none.toml"], "there is no configuration file"),
    ],
)
def test_bad_usage_is_status_2_and_one_sentence(project: Path, arguments: list[str], words: str) -> None:
    result = run("trace", *arguments, cwd=project)
    assert (result.returncode, result.stdout) == (2, "")
    assert words in result.stderr


def test_what_is_not_understood_is_status_3_and_the_rest_is_traced(project: Path) -> None:
    (project / "b.flow").write_text("flow broken from visitor to web { data }\n")
    result = run("trace", "store", cwd=project)
    assert result.returncode == 3
    assert result.stdout.startswith("flow store from web to list")
    assert "`policylint check` says what" in result.stderr
    assert run("trace", "broken", cwd=project).returncode == 2


def test_hostile_names_do_nothing(project: Path) -> None:
    (project / "a.flow").write_text((project / "a.flow").read_text().replace("Sign-up", "\x1b[31m red \u202e"))
    text = run("trace", "signup", cwd=project).stdout
    assert "\x1b" not in text
    assert "\u202e" not in text
