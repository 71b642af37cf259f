"""Whatever is changed between two runs, with a cache or several processes the same is said as without: byte by byte."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.cache.asking import answer, inside, settle
from tests.reference.projects import projects

CONFIGURATIONS = (
    "",
    'ignore = ["PL5"]\n',
    'exclude = ["b*.flow"]\n',
    'extend-select = ["PL503"]\n',
    "no = 1\n",
)
NAMES = ("a.flow", "b.flow", "p.policy", "sub/c.flow", "sub/.gitignore", ".gitignore", "policylint-baseline.json")


class Edits(RuleBasedStateMachine):
    """A project that somebody works on, and checks now and then."""

    @initialize(files=projects())
    def begin(self, files: dict[str, str]) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.patch = pytest.MonkeyPatch()
        self.patch.setenv("XDG_CACHE_HOME", str(self.folder / "of-user"))
        self.project = self.folder / "project"
        self.project.mkdir()
        for name, text in files.items():
            self.write(name, text)

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.folder)

    def write(self, name: str, text: str) -> None:
        path = self.project / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def files(self) -> list[Path]:
        files = (path for path in self.project.rglob("*") if path.is_file())
        return sorted(path for path in files if path.parent.name != ".policylint_cache")

    @rule(files=projects(), data=st.data())
    def replace_a_file(self, files: dict[str, str], data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(files)))
        self.write(data.draw(st.sampled_from(NAMES[:4])), files[name])

    @rule(data=st.data())
    def change_a_letter(self, data: st.DataObject) -> None:
        # As large as before, and no older: only the time of the change tells.
        path = data.draw(st.sampled_from(self.files()))
        text = path.read_text(encoding="utf-8", errors="replace")
        if text:
            at = data.draw(st.integers(0, len(text) - 1))
            path.write_text(text[:at] + "x" + text[at + 1 :], encoding="utf-8")

    @rule(data=st.data(), note=st.sampled_from(("", "# note\n")))
    def add_a_note(self, data: st.DataObject, note: str) -> None:
        path = data.draw(st.sampled_from(self.files()))
        path.write_bytes(note.encode() + path.read_bytes())

    @rule(name=st.sampled_from(NAMES[:4]))
    def spoil_a_file(self, name: str) -> None:
        self.write(name, "")
        (self.project / name).write_bytes(b"party x { in \xff }")

    @rule(data=st.data())
    def remove_a_file(self, data: st.DataObject) -> None:
        files = self.files()
        if len(files) > 1:
            data.draw(st.sampled_from(files)).unlink()

    @rule(data=st.data(), name=st.sampled_from(NAMES[:4]))
    def rename_a_file(self, data: st.DataObject, name: str) -> None:
        (self.project / name).parent.mkdir(exist_ok=True)
        data.draw(st.sampled_from(self.files())).rename(self.project / name)

    @rule(text=st.sampled_from(CONFIGURATIONS))
    def configure(self, text: str) -> None:
        self.write("policylint.toml", text)

    @rule(name=st.sampled_from(NAMES[4:6]), text=st.sampled_from(("a.flow\n", "*.policy\n", "")))
    def ignore(self, name: str, text: str) -> None:
        self.write(name, text)

    @rule()
    def wait(self) -> None:
        settle(self.project)

    @rule(garbage=st.binary(max_size=40), at=st.integers(0, 200))
    def damage_the_cache(self, garbage: bytes, at: int) -> None:
        for entry in self.project.glob(".policylint_cache/run-*"):
            content = entry.read_bytes()
            entry.write_bytes(content[:at] + garbage + content[at + len(garbage) :])

    @invariant()
    def a_cached_run_says_the_same(self) -> None:
        if not hasattr(self, "project") or not self.files():
            return
        with inside(self.project):
            plain = answer("check", "--no-cache", "--jobs", "1", "--as-of", "2026-11-22")
            assert answer("check", "--no-cache", "--jobs", "3", "--as-of", "2026-11-22") == plain
            assert answer("check", "--as-of", "2026-11-22") == plain
            assert answer("check", "--as-of", "2026-11-22") == plain


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
