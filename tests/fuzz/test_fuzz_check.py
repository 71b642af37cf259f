"""Whatever is written, check answers: no exception, every place inside its file, a report that is JSON.

Short by default; `POLICYLINT_FUZZ_EXAMPLES=20000 pytest tests/fuzz` looks longer.
"""

import json
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylint.check import Checked, check_texts
from policylint.config.settings import Settings
from policylint.report import json as json_report
from policylint.rule.registry import Registry, load
from policylint.source.files import Reading, read
from policylint.source.mistake import MistakeKind
from policylint.source.text import SourceText, Span
from policylint.syntax.parser import parse
from policylint.syntax.tree import PartyDeclaration

EXAMPLES = int(os.environ.get("POLICYLINT_FUZZ_EXAMPLES", "60"))
ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 22)

fuzz = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

WORLD = """
party acme "Acme" { in CA  with iso27001 }
party bunny { is processor, video_host  for acme  in anywhere }
service web { of acme  in CA  at "src/**"  keep contact 30 days  keep 1 year after account_closed }
service player { of bunny }
term data contact.fax "Fax"
flow signup from visitor to web "Sign-up" {
  data contact.email, identity.name as pseudonymised
  purpose marketing.direct.email, service
  subject visitor aged 16+ in CA, visitor aged under 16, customer aged 13 to 15 in US
  basis consent  via web_form  when client_instruction  keep until unsubscribed
}
flow play from web to player {
  data usage  purpose analytics  consideration none
  waive forbidden-use on acme:1 until 2027-01-31 because "agreed \\"so\\""
}
policy acme "Acme" {
  dated 2024-10-22  binds acme  text "acme.txt"
  clause 1 "One" { cites 9c1e44d29c1e, 0b77e1a2c3d4  forbid use of contact as pseudonymised for analytics
    unless consent and for service or with dpa }
  clause 2 { require scc or bcr and dpa for transfer of personal from anyone aged under 16 outside EEA, CA }
  clause 3 { disclose data contact, usage for marketing  disclose recipient processor  hedged because "as a rule" }
  clause 4 { forbid retention beyond 6 months after account_closed  forbid collection via web_form into US to bunny }
  clause 5 { unchecked because "no flow" }
}
"""
SAMPLES = sorted(ROOT.joinpath("grammar", "errors").iterdir())
TOKEN = re.compile(r'\s+|#[^\n]*|"[^"\n]*"|[\w.+-]+|.', re.DOTALL)
WORDS = sorted(
    {token for token in TOKEN.findall(WORLD) if token.strip()} | {"here", "zz", "anyone", "999999999", "\n# x\n"}
)


@cache
def _registry() -> Registry:
    return load(())


@st.composite
def _mutated(draw: st.DrawFn) -> str:
    """A project, or one declaration of it, with words left out, doubled, moved, replaced and invented."""
    sources = [WORLD, *(sample.read_text(encoding="utf-8") for sample in SAMPLES)]
    tokens = TOKEN.findall(draw(st.sampled_from(sources)))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(tokens)))
        width = draw(st.integers(0, 4))
        new = draw(
            st.one_of(
                st.just([]),
                st.just(tokens[at : at + width] * 2),
                st.lists(st.sampled_from(WORDS), max_size=3),
                st.lists(
                    st.sampled_from(["{", "}", ",", "\n", " ", '"', "\r\n", "\\", ":", "#", "flow", "\n\n"]), max_size=2
                ),
                st.text(max_size=4).map(lambda text: [text]),
            )
        )
        tokens[at : at + width] = new
    return "".join(tokens)


@st.composite
def _sentences(draw: st.DrawFn) -> str:
    """Words of the language in any order."""
    words = draw(st.lists(st.sampled_from([*WORDS, "{", "}", ",", "\n"]), max_size=40))
    return draw(st.sampled_from(["", "flow a from visitor to web { ", 'policy p "P" { clause 1 { '])) + " ".join(words)


def _annotated(text: str, leader: str) -> str:
    """The same in comments."""
    return "\n".join(
        f"{leader} policylint: {line}" if line[:1].isalpha() else f"{leader} {line}" for line in text.split("\n")
    )


def _spans(checked: Checked) -> Iterator[Span]:
    for finding in checked.findings:
        yield finding.span
        yield from (label.span for label in finding.labels)
        yield from (step.span for step in finding.steps)


def _assert_sound(checked: Checked, unread: set[str]) -> None:
    for span in _spans(checked):
        if span.path in unread:
            assert (span.start, span.end) == (0, 0)
            continue
        assert 0 <= span.start <= span.end <= len(checked.sources[span.path].text)
    report = json.loads(json_report.render(checked).encode("utf-8"))
    assert len(report["findings"]) == len(checked.findings)
    for finding in report["findings"]:
        assert finding["message"]
        assert (finding["line"], finding["column"]) <= (finding["end_line"], finding["end_column"])


def _check(files: dict[str, str]) -> Checked:
    texts = tuple(SourceText(path, text, path) for path, text in sorted(files.items()))
    return check_texts(Reading(texts, ()), Settings(Path()), _registry(), DAY)


@fuzz
@given(st.one_of(_mutated(), _sentences()), st.sampled_from(["", WORLD]))
def test_declarations(text: str, world: str) -> None:
    files = {"a.flow": text, **({"world.policy": world} if world else {})}
    _assert_sound(_check(files), set())


@fuzz
@given(st.one_of(_mutated(), _sentences()), st.sampled_from(["#", "//", " *", "--", ";;", "<!--"]))
def test_annotations(text: str, leader: str) -> None:
    files = {"src/a.unknown": _annotated(text, leader), "src/b.ts": f"/* policylint: {text} */", "world.flow": WORLD}
    _assert_sound(_check(files), set())


@fuzz
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    _assert_sound(_check({"a.flow": text, "b.py": "# policylint: " + text, "c.policy": "policy " + text}), set())


@fuzz
@given(st.one_of(_mutated(), _sentences(), st.text(max_size=50)))
def test_mistakes_stay_local_and_say_what_to_do(text: str) -> None:
    source = SourceText("a.flow", f"party before {{ in CA }}\nparty broken {text}\nparty after {{ in CA }}\n")
    file = parse(source)
    parties = [declaration for declaration in file.declarations if isinstance(declaration, PartyDeclaration)]
    assert parties[0].name.text == "before"
    assert parties[-1].name.text == "after"
    for mistake in file.mistakes:
        assert mistake.kind is MistakeKind.SYNTAX
        assert mistake.message
        assert mistake.help
        assert len(mistake.message) < 300


@fuzz
@given(
    st.dictionaries(
        st.sampled_from(["a.flow", "b.policy", "c.py", "sub/d.ts", "e", ".gitignore", "sub/.gitignore"]),
        st.one_of(
            st.binary(max_size=200),
            st.binary(max_size=50).map(lambda content: b"# policylint: party x { in CA }\n" + content),
            st.builds(
                lambda text, content: text.encode("utf-8", "replace") + content, _mutated(), st.binary(max_size=3)
            ),
        ),
    )
)
def test_any_bytes(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, content in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content)
        reading = read([folder], (), folder)
        checked = check_texts(reading, Settings(folder), _registry(), DAY)
        _assert_sound(checked, {mistake.span.path for mistake in reading.mistakes})


@fuzz
@given(_mutated())
def test_line_ends_and_byte_order_marks_change_nothing(text: str) -> None:
    unix = text.replace("\r", "")
    unix = re.sub(r"#[^\n]*", "", unix)
    windows = unix.replace("\n", "\r\n")
    first, second = (_check({"a.flow": each}) for each in (unix, windows))
    assert [(f.code, f.message) for f in first.findings] == [(f.code, f.message) for f in second.findings]
