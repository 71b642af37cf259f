"""`policylint pin` writes the pins that authors marked, and nothing else."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylint.citation.pins import pin_of
from policylint.cli.main import policylint
from tests.citation.projects import COOKIES, KEPT, SOLD, TEXT, policy, project

UNDER = pin_of("Nobody under 16 is asked for anything.")
TITLE = pin_of("Acme privacy notice")


def pin(*arguments: object) -> Result:
    return CliRunner().invoke(policylint, ["pin", *map(str, arguments)])


def marked(body: str) -> str:
    return f'policy acme "Acme" {{\n  binds acme\n  text "acme.txt"\n{body}}}\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '  clause 1 "x" {\n    # pin: "We never"\n    forbid sale\n  }\n',
            f'  clause 1 "x" {{\n    cites  {SOLD}\n    forbid sale\n  }}\n',
        ),
        (
            '  clause 1 { # pin: "we NEVER sell",  line 7\n\tforbid sale  # why\n  }\n',
            f"  clause 1 {{\n\tcites  {SOLD}, {COOKIES}\n\tforbid sale  # why\n  }}\n",
        ),
        (
            '  clause 1 {\n\n      forbid sale # pin: line 3 "we keep"\n  }  # end\n',
            f"  clause 1 {{\n      cites  {KEPT}\n\n      forbid sale\n  }}  # end\n",
        ),
        (
            f'  clause 1 {{\n    cites {SOLD}  # kept\n    forbid sale\n    # pin: "under 16"\n    #pin:line 1\n  }}\n',
            f"  clause 1 {{\n    cites {SOLD}, {UNDER}, {TITLE}  # kept\n    forbid sale\n  }}\n",
        ),
        (
            f'  clause 1 {{\n    forbid sale\n    cites 000000000000, {SOLD}\n    # pin: "We \\"keep\\" it"\n  }}\n',
            f"  clause 1 {{\n    forbid sale\n    cites {SOLD}, {KEPT}\n  }}\n",
        ),
        (
            '  clause 1 "# pin: \\"no\\" {" {\n    # pin: "- Nobody under 16"\n    forbid sale\n  }\n',
            f'  clause 1 "# pin: \\"no\\" {{" {{\n    cites  {UNDER}\n    forbid sale\n  }}\n',
        ),
        (
            '  clause 1 {\n    # a pin: is a mark; # pin: "not this"\n    # pin: "Cook"\n    forbid sale\n  }\n',
            f'  clause 1 {{\n    cites  {COOKIES}\n    # a pin: is a mark; # pin: "not this"\n    forbid sale\n  }}\n',
        ),
    ],
)
def test_marks_become_pins_and_the_rest_stays(tmp_path: Path, before: str, after: str) -> None:
    file = project(tmp_path, written=marked(before))
    result = pin(file)
    assert result.exit_code == 0, result.output
    assert file.read_text() == marked(after)
    assert pin("--check", file).exit_code == 0
    assert pin(file).exit_code == 0
    assert file.read_text() == marked(after)


def test_byte_order_mark_line_ends_and_mode_stay(tmp_path: Path) -> None:
    written = marked('  clause 1 "Ä" {\n    # pin: "We never"\n    forbid sale\n  }\n').replace("\n", "\r\n")
    file = project(tmp_path)
    file.write_bytes(b"\xef\xbb\xbf" + written.encode())
    file.chmod(0o640)
    link = tmp_path / "link.policy"
    link.symlink_to(file)
    assert pin(link).exit_code == 0
    expected = marked(f'  clause 1 "Ä" {{\n    cites  {SOLD}\n    forbid sale\n  }}\n').replace("\n", "\r\n")
    assert file.read_bytes() == b"\xef\xbb\xbf" + expected.encode()
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert {path.name for path in tmp_path.iterdir()} == {"acme.flow", "acme.policy", "acme.txt", "link.policy"}


@pytest.mark.parametrize(
    ("mark", "place", "message"),
    [
        ('# pin: "We sell"', "5:5", "“We sell”: no passage has these words of"),
        ("# pin: line 2", "5:5", "line 2: no such passage stands on this line of"),
        ("# pin: line 99", "5:5", "line 99: no such passage stands on this line of"),
        ("# pin: line 3", "5:5", "line 3 means 2 passages of"),
        (
            '# pin: "We"',
            "5:5",
            "give more words (line 3 “We never sell your data.”; line 3 “We keep it for 12 months.”)",
        ),
        ('# pin: "Learn more"', "5:5", "give the line too: one pin stands for both, since they say the same (line 5"),
        ("# pin: We never", "5:5", "this mark cannot be read"),
        ('# pin: "…"', "5:5", "this mark cannot be read"),
        ("# pin:", "5:5", "this mark cannot be read"),
    ],
)
def test_a_mark_that_fits_not_exactly_one_passage_is_refused(
    tmp_path: Path, mark: str, place: str, message: str
) -> None:
    written = marked(
        f'  clause 1 {{\n    {mark}\n    forbid sale\n  }}\n  clause 2 {{\n    # pin: "Cookies"\n  forbid sale }}\n'
    )
    file = project(tmp_path, written=written)
    result = pin(file)
    assert result.exit_code == 2
    assert f"acme.policy:{place}: " in result.stderr
    assert message in result.stderr
    assert file.read_text() == written


def test_a_line_tells_twins_apart_for_the_reader(tmp_path: Path) -> None:
    file = project(tmp_path, written=marked('  clause 1 {\n    # pin: line 8 "Learn"\n    forbid sale\n  }\n'))
    result = pin(file)
    assert result.exit_code == 0
    assert "acme.policy:5:12: note: the text says this more than once, in lines 5, 8" in result.stdout


def test_a_mark_outside_of_clauses_is_refused(tmp_path: Path) -> None:
    file = project(tmp_path, written=marked('  # pin: "We never"\n  clause 1 { forbid sale }\n'))
    result = pin(file)
    assert result.exit_code == 2
    assert "acme.policy:4:3: this mark stands in no clause" in result.stderr


def test_check_changes_nothing_and_fails_on_marks_that_are_left(tmp_path: Path) -> None:
    written = marked('  clause 1 {\n    # pin: "We never"\n    forbid sale\n  }\n')
    file = project(tmp_path, written=written)
    result = pin("--check", file)
    assert result.exit_code == 1
    assert "acme.policy:5:5: this mark (line 3) is not pinned yet" in result.stdout
    assert file.read_text() == written


@pytest.mark.parametrize("options", [("--check",), ()])
def test_stale_pins_fail_with_the_nearest_passage(tmp_path: Path, options: tuple[str, ...]) -> None:
    file = project(tmp_path, text=TEXT.replace("12 months", "24 months"))
    result = pin(*options, file)
    assert result.exit_code == 1
    assert "acme.policy:9:11: the clause `2` cites a passage that is not in `acme.txt`" in result.stdout
    assert "“12” became “24”" in result.stdout
    assert "acme: 3 pins to" in result.stdout
    assert file.read_text() == policy()


def test_a_text_can_be_named(tmp_path: Path) -> None:
    file = project(tmp_path, text=None)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    elsewhere.joinpath("acme.txt").write_text(TEXT)
    assert pin("--check", "--text", elsewhere / "acme.txt", file).exit_code == 0
    assert pin("--check", "--text", elsewhere, file).exit_code == 0
    assert pin("--check", file).exit_code == 2
    tmp_path.joinpath("policylint.toml").write_text('policy-texts = ["elsewhere"]\n')
    assert pin("--check", file).exit_code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "acme.policy:3:9: the text `acme.txt` is not at hand (beside the policy): use --text"),
        (b"", "cannot read"),
        (b"\x89PNG\r\n\x00\x00\x01", "it holds binary data"),
    ],
)
def test_texts_of_no_use_are_refused_with_a_place(tmp_path: Path, text: bytes | None, message: str) -> None:
    file = project(tmp_path, text=text)
    result = pin("--check", file)
    assert result.exit_code == 2
    assert "acme.policy:3:9: " in result.stderr
    assert message in result.stderr


def test_bad_arguments_are_refused(tmp_path: Path) -> None:
    file = project(tmp_path)
    assert pin().exit_code == 2
    assert "there is no file" in pin(tmp_path / "none.policy").stderr
    assert "is no policy file" in pin(tmp_path / "acme.flow").stderr
    assert "there is no such file" in pin(file, "--text", tmp_path / "none.txt").stderr
    file.write_text('policy acme "Acme" { binds acme  clause 1 { forbid sale } }\n')
    assert "acme.policy:1:8: the policy `acme` names no text" in pin(file).stderr


def test_a_policy_that_cannot_be_read_is_not_pinned(tmp_path: Path) -> None:
    file = project(tmp_path, written=marked('  clause 1 {\n    # pin: "We never"\n    forbit sale\n  }\n'))
    result = pin(file)
    assert result.exit_code == 3
    assert "acme.policy:6:5: " in result.stderr


def test_two_policies_with_one_name_are_refused(tmp_path: Path) -> None:
    first, second = project(tmp_path), tmp_path / "again.policy"
    second.write_text(policy())
    result = pin("--check", first, second)
    assert result.exit_code == 3
    assert "`acme` is declared already (the first one: " in result.stderr


SHARED = Path(__file__).parents[2].parent / "shared" / "policies"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the policies' texts are not at hand")
def test_the_five_policies_fit_their_texts() -> None:
    files = sorted(Path(__file__).parents[2].joinpath("policies").glob("*.policy"))
    result = pin("--check", "--text", SHARED, *files)
    assert result.exit_code == 0, result.output
    assert len(files) == 5
    assert result.output.count(" 0 stale\n") == 5
