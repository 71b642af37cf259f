"""Every sample of `grammar/errors` gets exactly the words, and the place, that it asks for."""

import re
from pathlib import Path

import pytest

from policylint.source.mistake import MistakeKind
from policylint.source.text import SourceText
from policylint.syntax.parser import File, parse
from policylint.syntax.tree import Broken

SAMPLES = sorted(Path(__file__).parents[2].joinpath("grammar", "errors").iterdir())
VERBS = {
    "add", "begin", "close", "did", "end", "join", "keep", "move", "put", "remove", "use", "write",
}  # fmt: skip
UNFIT = re.compile(
    r"\b(RBRACE|LBRACE|COMMA|NAME_|STRING|INT|UNIT|SECTION_|PIN_|END|token|terminal|parser?|lark|None|Error|str|tuple)\b|[$_]END"
)


def _wanted(text: str, field: str) -> str:
    match = re.search(rf"^# {field}: (.*)$", text, re.MULTILINE)
    assert match, f"the sample has no `# {field}:`"
    return match[1]


def _read(sample: Path) -> tuple[SourceText, File]:
    source = SourceText(sample.name, sample.read_text(encoding="utf-8"))
    return source, parse(source)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_sample_gets_its_words(sample: Path) -> None:
    source, file = _read(sample)
    assert source.text.startswith("# ")
    (mistake,) = file.mistakes
    line, column = source.position(mistake.span.start)
    assert mistake.kind is MistakeKind.SYNTAX
    assert mistake.message == _wanted(source.text, "message")
    assert mistake.help == _wanted(source.text, "help")
    assert f"{line}:{column}" == _wanted(source.text, "at")
    assert source.text[mistake.span.start : mistake.span.end] == _wanted(source.text, "under")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_words_are_plain(sample: Path) -> None:
    _, file = _read(sample)
    (mistake,) = file.mistakes
    prose = re.sub(r"`[^`]*`", "…", mistake.message)
    assert not prose[0].isupper()
    assert not mistake.message.endswith(".")
    assert mistake.help
    assert mistake.help.split()[0].rstrip(":") in VERBS
    assert not mistake.help.endswith(".")
    assert not UNFIT.search(prose)
    assert not UNFIT.search(re.sub(r"`[^`]*`", "…", mistake.help))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_mistake_stays_local(sample: Path) -> None:
    """The declarations before and after are read; only the broken one is not."""
    source, file = _read(sample)
    read = [declaration.name.text for declaration in file.declarations if not isinstance(declaration, Broken)]
    before = ["before"] if "\nparty before" in source.text else []  # nothing stands before the first declaration
    assert read == [*before, "after"]
    assert len(file.declarations) - len(read) <= 1


def test_every_sample_says_something_of_its_own() -> None:
    first_lines = [sample.read_text(encoding="utf-8").split("\n", 1)[0] for sample in SAMPLES]
    assert len(set(first_lines)) == len(first_lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("party x { \x1b[31m }", "`U+001B` has no meaning here"),
        (f"party x {{ {'y' * 100} CA }}", f"there is no clause `{'y' * 39}…` here"),
        (
            "flow x from a to b { keep " + "9" * 10_000 + " days }",
            f"the number `{'9' * 39}…` is too large to mean anything",
        ),
        ("party x { in CA \ufffd }", "`\ufffd` has no meaning here"),
        ("\u00a0party x { }", "the declaration `party x` does not begin in the first column"),
        ("flow/x", "`flow/x` begins no declaration"),
        ("flow", "the name is missing after `flow`"),
    ],
)
def test_unprintable_and_endless_words_are_shown_safely(text: str, message: str) -> None:
    (mistake,) = parse(SourceText("x.flow", text)).mistakes
    assert mistake.message == message


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing\n", "  # nothing", "\r\n\r\n", "\ufeff".encode().decode("utf-8-sig")]
)
def test_nothing_is_no_mistake(text: str) -> None:
    assert parse(SourceText("x.flow", text)).mistakes == ()


def test_every_broken_declaration_is_reported() -> None:
    text = "party a { in }\nparty b { in CA }\nparty c {\nflow d\nparty e { in US }\n"
    file = parse(SourceText("x.flow", text))
    assert [mistake.declaration for mistake in file.mistakes] == ["party a", "party c", "flow d"]


def test_windows_line_ends_change_no_place() -> None:
    for sample in SAMPLES:
        unix, file = _read(sample)
        windows = SourceText(sample.name, unix.text.replace("\n", "\r\n"))
        (expected,), (mistake,) = file.mistakes, parse(windows).mistakes
        assert mistake.message == expected.message
        assert windows.position(mistake.span.start) == unix.position(expected.span.start)
