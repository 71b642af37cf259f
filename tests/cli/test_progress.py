"""What is shown while a run takes long, and to whom."""

import io
from contextlib import suppress
from threading import Event

import pytest

from policylint.cli.progress import progress
from policylint.stages import stage


class _Stream(io.StringIO):
    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal
        self.says_judge = Event()

    def isatty(self) -> bool:
        return self._is_terminal

    def write(self, text: str) -> int:
        if "judge" in text:
            self.says_judge.set()
        return super().write(text)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policylint.cli.progress._DELAY", 0.0)
    monkeypatch.setattr("policylint.cli.progress._EVERY", 0.001)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)


def shown(
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_terminal: bool = True,
    quiet: bool = False,
    wait: float = 60,
    fails: bool = False,
) -> str:
    """What stands on standard error after some work that goes on until it is shown."""
    stream = _Stream(is_terminal=is_terminal)
    monkeypatch.setattr("sys.stderr", stream)

    @stage("judge")
    def work() -> None:
        stream.says_judge.wait(wait)
        if fails:
            raise ArithmeticError

    with suppress(ArithmeticError), progress(quiet=quiet):
        work()
    return stream.getvalue()


def test_a_terminal_is_told_what_is_under_way_and_left_clean(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = shown(monkeypatch)
    assert "policylint: judge" in said
    assert said.endswith("\r\x1b[K")
    assert "\n" not in said
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_nobody_else_is(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, is_terminal=False, wait=0.01) == ""
    assert shown(monkeypatch, quiet=True, wait=0.01) == ""
    monkeypatch.setenv(name, value)
    assert shown(monkeypatch, wait=0.01) == ""


def test_a_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policylint.cli.progress._DELAY", 3600.0)
    assert shown(monkeypatch, wait=0.01) == ""


def test_what_fails_leaves_the_terminal_clean_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, fails=True).endswith("\r\x1b[K")
