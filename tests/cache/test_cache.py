"""When the cache is believed, when it is not, and what it leaves behind."""

import errno
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pathspec
import pytest

from policylint import check
from policylint.cache import folder as cache_folder
from policylint.cache import seal
from policylint.check import Checked
from policylint.cli import remembering
from policylint.recheck import changed
from policylint.source import files
from policylint.source.files import Reading
from policylint.source.witness import signature
from tests.cache.asking import answer, inside, settle

CODE = remembering._code
FLOW = """\
party acme { in CA }
service crm { of acme }
flow signup from visitor to crm {
  data     contact.email
  purpose  analytics
}
"""
MORE = "flow more-{} from visitor to crm {{ data contact.email  purpose analytics }}\n"
POLICY = 'policy acme "Acme" { binds acme  clause 1 { forbid use for analytics } }\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "of-user"))
    monkeypatch.delenv("POLICYLINT_NO_CACHE", raising=False)
    # Whoever works on policylint has changed some of it this very moment.
    monkeypatch.setattr(remembering, "_code", lambda _: ())
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "a.flow").write_text(FLOW)
    (folder / "p.policy").write_text(POLICY)
    (folder / "code.py").write_text("print(1)\n")
    with inside(folder):
        yield folder


@pytest.fixture
def known(project: Path) -> Path:
    """A project that was checked already, and has not changed for a while."""
    answer("check")  # makes the folder of the cache, which changes the project's
    settle(project)
    answer("check")
    return project


def without_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the command was run")

    monkeypatch.setattr("policylint.cli.main.main", fail)


def entries(project: Path) -> list[str]:
    return sorted(path.name for path in (project / cache_folder.NAME).iterdir() if path.name.startswith("run-"))


def test_what_has_not_changed_is_said_again_without_the_engine(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = answer("check", "--no-cache")
    without_the_engine(monkeypatch)
    assert answer("check") == plain
    assert plain[2] == 1


def test_only_what_has_changed_is_read_again(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (known / "a.flow").write_text(FLOW.replace("analytics", "service"))
    read: list[str] = []
    text = files._text
    monkeypatch.setattr(files, "_text", lambda path: read.append(path) or text(path))
    assert answer("check")[2] == 0
    assert read == ["a.flow"]


@pytest.mark.parametrize(("name", "text"), [("a.flow", FLOW), ("code.py", "print(2)\n")])
def test_what_declares_the_same_is_not_checked_again(
    known: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    plain = answer("check", "--no-cache")
    (known / name).write_text(text)
    without_the_engine(monkeypatch)
    assert answer("check") == plain


def test_after_a_change_only_what_it_may_matter_to_is_checked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        (project / f"more-{number}.flow").write_text(MORE.format(number))
    answer("check")
    settle(project)
    answer("check")
    (project / "more-1.flow").write_text((project / "more-1.flow").read_text().replace("analytics", "service"))
    asked: list[list[str]] = []

    def check_texts(reading: Reading, *rest: Any) -> Checked:
        asked.append([text.path for text in reading.texts])
        return check.check_texts(reading, *rest)

    monkeypatch.setattr(changed, "check_texts", check_texts)
    found = answer("check")
    assert asked == [["a.flow", "more-1.flow", "p.policy"]]
    assert found == answer("check", "--no-cache")


def test_what_has_just_changed_is_not_believed_to_be_settled(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer("check")
    without_the_engine(monkeypatch)
    with pytest.raises(AssertionError, match="the command was run"):
        answer("check")


@pytest.mark.parametrize("name", ["policylint.toml", ".gitignore", "new.flow", "policylint-baseline.json"])
def test_a_new_file_that_decides_is_seen(known: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (known / name).write_text("")
    without_the_engine(monkeypatch)
    with pytest.raises(AssertionError, match="the command was run"):
        answer("check")


@pytest.mark.parametrize(
    ("words", "environment"),
    [(("check", "--quiet"), {}), (("check",), {"FORCE_COLOR": "1"}), (("check", "a.flow"), {})],
)
def test_other_words_and_another_terminal_are_other_runs(
    known: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], environment: dict[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    without_the_engine(monkeypatch)
    with pytest.raises(AssertionError, match="the command was run"):
        answer(*words)


def test_a_cache_that_somebody_else_made_is_not_believed(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(known.parent / "of-somebody-else"))
    without_the_engine(monkeypatch)
    with pytest.raises(AssertionError, match="the command was run"):
        answer("check")


@pytest.mark.parametrize("kept", [slice(-1), slice(0), slice(1, None)])
def test_a_damaged_entry_is_made_anew(known: Path, kept: slice) -> None:
    plain = answer("check", "--no-cache")
    (name,) = entries(known)
    entry = known / cache_folder.NAME / name
    entry.write_bytes(entry.read_bytes()[kept])
    assert answer("check") == plain


def test_where_nothing_can_be_kept_the_answer_is_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = answer("check", "--no-cache")
    (project / cache_folder.NAME).write_text("a file where the folder would be")
    assert answer("check") == plain
    (project / cache_folder.NAME).unlink()
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / "a.flow"))  # no folder at all
    assert answer("check") == plain
    assert not (project / cache_folder.NAME).exists()


def test_a_full_disk_leaves_nothing_half_written(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = entries(known)

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (known / "a.flow").write_text(FLOW.replace("analytics", "service"))
    monkeypatch.setattr(cache_folder.os, "replace", fail)
    assert answer("check")[2] == 0
    assert entries(known) == before


def test_nothing_is_written_through_a_link(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project / cache_folder.NAME).symlink_to(elsewhere)
    assert answer("check")[2] == 1
    assert list(elsewhere.iterdir()) == []


def test_several_runs_at_once(project: Path) -> None:
    plain = answer("check", "--no-cache")
    command = [sys.executable, "-m", "policylint", "check"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=project) for _ in range(4)]
    assert [(run.communicate()[0], run.returncode) for run in runs] == [(plain[0], 1)] * 4
    assert [name for name in entries(project) if "." in name] == []
    settle(project)
    assert answer("check") == plain


def test_a_planted_link_is_not_written_through(project: Path, tmp_path: Path) -> None:
    (project / cache_folder.NAME).mkdir()
    for name in (".gitignore", "CACHEDIR.TAG"):
        (project / cache_folder.NAME / name).symlink_to(tmp_path / f"victim-{name}")
    assert answer("check")[2] == 1
    assert not list(tmp_path.glob("victim-*"))


def test_an_entry_is_good_under_its_own_name_only(known: Path) -> None:
    (strict,) = entries(known)
    assert answer("check", "--fail-on", "never")[2] == 0
    (lenient,) = set(entries(known)) - {strict}
    cache = known / cache_folder.NAME
    (cache / strict).write_bytes((cache / lenient).read_bytes())
    assert answer("check")[2] == 1


def test_an_entry_is_for_its_owner_only(known: Path) -> None:
    (name,) = entries(known)
    assert (known / cache_folder.NAME / name).stat().st_mode & 0o077 == 0


def test_a_configuration_that_is_extended_through_a_link(project: Path, tmp_path: Path) -> None:
    for name, ignored in (("one", ""), ("two", 'ignore = ["PL501"]\n')):
        (tmp_path / f"{name}.toml").write_text(ignored)
    link = tmp_path / "current.toml"
    (project / "policylint.toml").write_text('extends = "../current.toml"\n')
    statuses = []
    for name in ("one", "two"):
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / f"{name}.toml")
        settle(tmp_path)
        statuses += [answer("check")[2], answer("check")[2]]
    assert statuses == [1, 1, 0, 0]


def test_all_code_is_among_what_decides() -> None:
    code = set(map(Path, CODE(())))
    own = {"check.py", "forbidden_sale.py", "forbidden_sale.md", "policylint.lark", "jen.policy", "data.json"}
    assert own <= {path.name for path in code}
    assert {Path(check.__file__).parent, Path(pathspec.__file__)} <= code, "a new file changes its folder only"


PLUGIN = """\
from policylint.rule.api import hookimpl
API = 1
{}
@hookimpl
def policylint_terms():
    return {{}}
"""


@pytest.fixture
def plugin(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    module = tmp_path / "code" / "kept_plugin.py"
    module.parent.mkdir()
    monkeypatch.syspath_prepend(str(module.parent))
    (project / "policylint.toml").write_text('plugins = ["kept_plugin"]\n')
    yield module
    sys.modules.pop("kept_plugin", None)


def test_runs_with_plug_ins_are_not_kept(project: Path, plugin: Path) -> None:
    plugin.write_text(PLUGIN.format(""))
    assert answer("check")[2] == 1
    assert not (project / cache_folder.NAME).exists()


def test_runs_with_pure_plug_ins_are_kept_until_these_change(
    project: Path, plugin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin.write_text(PLUGIN.format("PURE = True"))
    settle(plugin.parent)
    monkeypatch.setattr(remembering, "_code", CODE)
    monkeypatch.setattr(remembering, "settled", signature)  # whatever else was imported may be quite new
    answer("check")
    settle(project)
    plain = answer("check")
    without_the_engine(monkeypatch)
    assert answer("check") == plain
    plugin.write_text(PLUGIN.format("PURE = True  # really"))
    with pytest.raises(AssertionError, match="the command was run"):
        answer("check")


def test_git_and_backups_leave_it_alone_and_clean_takes_it_away(known: Path) -> None:
    assert (known / cache_folder.NAME / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172789f0688")
    subprocess.run(["git", "init", "-q"], cwd=known, check=True)
    listed = subprocess.run(["git", "status", "--porcelain"], cwd=known, check=True, capture_output=True, text=True)
    assert cache_folder.NAME not in listed.stdout
    assert answer("clean") == (b"removed .policylint_cache: 1 entry\n", b"", 0)
    assert not (known / cache_folder.NAME).exists()
    assert answer("clean") == (b"there is no .policylint_cache\n", b"", 0)


def test_clean_leaves_what_it_did_not_make(known: Path) -> None:
    (known / cache_folder.NAME / "mine").write_text("")
    assert answer("clean")[2] == 0
    assert [path.name for path in (known / cache_folder.NAME).iterdir()] == ["mine"]


def test_old_entries_go(known: Path) -> None:
    for number in range(20):
        answer("check", "--as-of", f"2026-01-{number + 1:02}")
    assert len(entries(known)) == 16


def test_no_two_entries_have_one_seal(known: Path) -> None:
    # So that what lies beside one is never taken for what lies beside another that saw and said the same.
    (name,) = entries(known)
    entry = known / cache_folder.NAME / name
    before = entry.read_bytes()
    entry.unlink()
    answer("check")
    assert entry.read_bytes()[: seal.SIZE] != before[: seal.SIZE]
