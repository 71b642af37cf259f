"""`policylint check --fix` on real files: what it mends, and what it leaves to people."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from policylint.vocabulary.spelling import meant

POLICY = """policy p "P" {
  binds acme
  clause 1 {
    forbid sale of personal
    forbid sharing of personal
  }
}
"""
PARTIES = """party acme { in CA }
party ads { is third_party  in US }
service web { of acme }
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.policy").write_text(POLICY)
    (tmp_path / "parties.flow").write_text(PARTIES)
    return tmp_path


def fix(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "policylint", "check", "--fix", "--as-of", "2026-11-22", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


def fixed(project: Path, text: str, *arguments: str, name: str = "a.flow") -> str:
    """What becomes of a file; fixing a second time must change nothing."""
    (project / name).write_text(text)
    fix(*arguments)
    once = (project / name).read_text()
    assert "fixed:" not in fix(*arguments).stderr
    assert (project / name).read_text() == once
    return once


def flow(*clauses: str) -> str:
    return "\n".join(["flow f from visitor to web {", *(f"  {clause}" for clause in clauses), "}", ""])


def test_a_misspelt_word(project: Path) -> None:
    before = flow("data contact.emial", "purpose marketing.direkt", "via web_frm", "keep until unsubscribd")
    after = flow("data contact.email", "purpose marketing.direct", "via web_form", "keep until unsubscribed")
    assert fixed(project, before) == after


def test_a_misspelt_word_of_a_policy_and_of_a_waiver(project: Path) -> None:
    (project / "p.policy").write_text(POLICY.replace("sharing", "sharin"))
    sale = 'flow s from web to ads { data contact purpose service waive forbidden-sharng because "asked" }\n'
    assert fixed(project, sale) == sale.replace("sharng", "sharing")
    assert "forbid sharing" in (project / "p.policy").read_text()


@pytest.mark.parametrize(
    "clauses",
    [
        ("data contact", "purpose marketing.direct", "when opted_ut"),  # as near to opted_in as to opted_out
        ("data wholly.different", "purpose service"),
        ("data contact", "purpose service", "subject visitor in CB"),
        ("data contact", "purpose service", "subject visitor in US-CX"),
        ("data contact", "purpose contact.email"),  # a word of another facet
    ],
)
def test_a_word_that_may_mean_another(project: Path, clauses: tuple[str, ...]) -> None:
    assert fixed(project, flow(*clauses)) == flow(*clauses)


def test_names_of_the_project_are_left(project: Path) -> None:
    text = "flow f from visitor to wep { data contact purpose service }\nservice crm { of acmee }\n"
    assert fixed(project, text) == text


def test_what_a_list_says_twice(project: Path) -> None:
    before = """party host { is processor, hosting, processor  in uk, GB, CA  with dpa, dpa, dpa }
flow f from visitor to web {
  data contact as truncated, contact, contact as truncated,
    contact
  purpose service
  subject visitor aged 16 + in ca, visitor aged 16+ in CA, visitor aged 16+
}
policy q "Q" {
  binds acme, acme
  clause 1 {
    cites 0b77e1a2c3d4, 0b77e1a2c3d4
    disclose data contact, contact as truncated, contact to processor, processor
  }
}
"""
    after = """party host { is processor, hosting  in uk, CA  with dpa }
flow f from visitor to web {
  data contact as truncated, contact
  purpose service
  subject visitor aged 16 + in ca, visitor aged 16+
}
policy q "Q" {
  binds acme
  clause 1 {
    cites 0b77e1a2c3d4
    disclose data contact as truncated, contact to processor
  }
}
"""
    assert fixed(project, before) == after


def test_a_comment_beside_a_repetition_keeps_it(project: Path) -> None:
    text = flow("data contact,  # by mail", "     contact  # by phone", "purpose service")
    assert fixed(project, text) == text


def test_waivers_that_are_over_or_unused_go_with_their_lines(project: Path) -> None:
    before = """service s { of acme  waive forbidden-use until 2026-11-21 because "over" }
flow f from visitor to web {
  data contact
  # A waiver.
  waive forbidden-sale because "unused"  # since May
  waive forbidden-sharing
    on p:1 because "unused"
  purpose service  waive forbidden-use
    because "unused"
}
"""
    after = """service s { of acme }
flow f from visitor to web {
  data contact
  # A waiver.
  purpose service
}
"""
    assert fixed(project, before) == after


def test_waivers_that_hold_stay(project: Path) -> None:
    text = """flow f from web to ads {
  data contact
  purpose service
  consideration money
  waive forbidden-sale until 2026-11-22 because "to the day"
  waive forbidden-sharing on p:1 because "asked"
}
"""
    assert fixed(project, text) == text


def test_an_unused_waiver_stays_where_not_all_was_understood(project: Path) -> None:
    waiver = 'waive forbidden-sale because "perhaps"'
    text = flow("data contact", "purpose no_such_purpose", waiver)
    assert fixed(project, text) == text
    text = flow("data contact", "purpose service", waiver)
    assert fixed(project, text, "--ignore", "PL101") == text
    assert fixed(project, text, "--select", "PL904") == text
    assert waiver not in fixed(project, text)


def test_annotations(project: Path) -> None:
    before = """def f():
    # policylint: flow f from visitor to web {
    #   data     contact.emial, contact.phone,
    #            contact.phone
    #   purpose  service
    #   waive    forbidden-sale
    #     because "unused"
    # }
    pass  # contact.emial
"""
    after = """def f():
    # policylint: flow f from visitor to web {
    #   data     contact.email, contact.phone
    #   purpose  service
    # }
    pass  # contact.emial
"""
    assert fixed(project, before, name="a.py") == after


def test_line_ends_stay(project: Path) -> None:
    text = flow("data contact.emial", 'waive forbidden-sale because "unused"', "purpose service")
    (project / "a.flow").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    fix()
    wanted = flow("data contact.email", "purpose service").replace("\n", "\r\n").encode()
    assert (project / "a.flow").read_bytes() == b"\xef\xbb\xbf" + wanted


def test_only_files_that_were_given_are_written(project: Path) -> None:
    (project / "policylint.toml").write_text('policies = ["p.policy"]\n')
    (project / "p.policy").write_text(POLICY.replace("sharing", "sharin"))
    (project / "flows").mkdir()
    (project / "flows" / "a.flow").write_text(PARTIES + flow("data contact.emial", "purpose service"))
    assert "a.flow:5:8: fixed: write `contact.email` here" in fix("flows").stderr
    assert "sharin " in (project / "p.policy").read_text()


def test_says_what_it_did_and_checks_again(project: Path) -> None:
    (project / "a.flow").write_text(flow("data contact.emial, contact.emial", "purpose service"))
    done = fix()
    assert done.returncode == 0
    assert "a.flow:2:8: fixed: write `contact.email` here" in done.stderr
    assert done.stderr.endswith("3 fixes in 1 file\n") or done.stderr.endswith("2 fixes in 1 file\n")
    assert "0 errors" in done.stdout


def test_a_check_counts_what_fix_would_mend(project: Path) -> None:
    waiver = 'waive forbidden-sale because "unused"'
    (project / "a.flow").write_text(flow("data contact.emial", "purpose service", waiver))
    command = [sys.executable, "-m", "policylint", "check", "--as-of", "2026-11-22"]

    def said(*arguments: str) -> str:
        return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False).stdout

    assert "\n1 fixable with `--fix`\n" in said()  # not the waiver: not all was understood
    assert "fixable" not in said("--quiet")
    assert "fixable" not in said("p.policy")
    (project / "a.flow").write_text(flow("data contact.email", "purpose service", waiver))
    assert "\n1 fixable with `--fix`\n" in said()
    assert json.loads(said("--output-format", "sarif"))["runs"][0]["results"][0]["fixes"]
    fix()
    assert "fixable" not in said()


def test_standard_input_is_not_mended(project: Path) -> None:
    assert fix("-", "--stdin-filename", "a.flow").returncode == 2


@pytest.mark.parametrize(
    ("word", "known", "wanted"),
    [
        ("emial", ("email", "phone"), "email"),
        ("maketing.drect", ("marketing.direct", "marketing"), "marketing.direct"),
        ("opted_ut", ("opted_in", "opted_out"), None),
        ("scd", ("scc",), None),
        ("site1", ("site2",), None),
        ("backup", ("backups", "backu"), None),
        ("x" * 100, ("x" * 99,), None),
    ],
)
def test_what_is_meant(word: str, known: tuple[str, ...], wanted: str | None) -> None:
    assert meant(word, known) == wanted
