"""The canonical form: what it is, that a second time changes nothing, and that it says what the first text said."""

import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylint.check import check_texts
from policylint.config.settings import Settings
from policylint.rule.registry import load
from policylint.source.chunks import cut
from policylint.source.files import Reading, declares
from policylint.source.text import SourceText
from policylint.syntax.formatter import ChangedMeaningError, formatted
from policylint.syntax.parser import parse
from policylint.syntax.sameness import says_the_same
from policylint.vocabulary.spelling import spelled
from tests.reference.projects import AS_OF, projects

ROOT = Path(__file__).resolve().parents[2]
REGISTRY = load(())
few = settings(
    max_examples=int(os.environ.get("POLICYLINT_FUZZ_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def form(text: str, path: str = "a.flow") -> str:
    """Format, and see that a second time changes nothing."""
    once = formatted(path, text, spelled)
    assert formatted(path, once, spelled) == once
    return once


GOLDEN = {
    "a flow in its order, one clause a line, values in one column": (
        """flow signup from visitor to website "Sign-up" { purpose marketing.direct.email keep until unsubscribed
  basis consent data contact.email,identity.name consideration none subject visitor aged 16 + in ca , visitor}""",
        """flow signup from visitor to website "Sign-up" {
  data     contact.email, identity.name
  purpose  marketing.direct.email
  subject  visitor aged 16+ in CA, visitor
  basis    consent
  keep     until unsubscribed
  consideration none
}
""",
    ),
    "places in capitals, and by their code": (
        """party p { in uk, ca-ab, Anywhere, nowhere }
flow f from visitor to p {
  data contact purpose service subject visitor in el
}
policy q "Q" {
  clause 1 { forbid transfer of personal from anyone in eu into us, uk outside eea unless into ca or paper }
  clause 2 { disclose place uk, el to processor  disclose data contact }
}
""",
        """party p { in GB, CA-AB, anywhere, nowhere }

flow f from visitor to p {
  data     contact
  purpose  service
  subject  visitor in GR
}

policy q "Q" {
  clause 1 {
    forbid transfer of personal from anyone in EU into US, GB outside EEA unless into CA or paper
  }
  clause 2 {
    disclose place GB, GR to processor
    disclose data contact
  }
}
""",
    ),
    "what is called like a place is none": (
        """service ca { of us  keep ca 3 days }
flow us from ca to us { data ca as uk purpose us }
""",
        """service ca { of us  keep ca 3 days }

flow us from ca to us {
  data     ca as uk
  purpose  us
}
""",
    ),
    "one-line declarations of a kind keep together, others do not": (
        """

# About this file.
term data contact.fax_number "Fax"


term data contact.pager
party a {is processor in CA}
party b {
  in US
}
# The last one.
party c { in US with dpa, scc, security.access_control, encryption.in_transit, encryption.at_rest, need_to_know }
party d { }
party e { # nothing known yet
}


""",
        """# About this file.
term data contact.fax_number "Fax"

term data contact.pager

party a { is processor  in CA }
party b { in US }

# The last one.
party c {
  in   US
  with dpa, scc, security.access_control, encryption.in_transit, encryption.at_rest, need_to_know
}

party d {}

party e {  # nothing known yet
}
""",
    ),
    "comments go with what they stand beside or above": (
        """service s { # what it is
  keep 3 days # by hand
  # Signed in May.
    of acme
  # That is all.
} # s

flow f # why
  from a to b {
  # First its purpose.

  purpose service, # the first
     # the second
     security  # both
  data contact.email # mail
  , contact.phone
}
# The end.""",
        """service s {  # what it is
  # Signed in May.
  of   acme
  keep 3 days  # by hand
  # That is all.
}  # s

flow f  # why
    from a to b {
  data     contact.email,  # mail
           contact.phone
  # First its purpose.
  purpose  service,  # the first
           # the second
           security  # both
}
# The end.
""",
    ),
    "long lists hang below their first value": (
        """flow f from a to b {
  data communication.voice_recording, communication.voice_transcript, communication.call_summary, contact
  purpose service
  waive forbidden-use on p:4.1 until 2027-01-31 because "a reason that is too long for the line that it began on"
}
""",
        """flow f from a to b {
  data     communication.voice_recording, communication.voice_transcript,
           communication.call_summary, contact
  purpose  service
  waive    forbidden-use on p:4.1 until 2027-01-31
    because "a reason that is too long for the line that it began on"
}
""",
    ),
    "obligations break before a preposition, unless on its own line": (
        """policy p "P" {
  text "p.txt" binds acme, bolt
  dated 2026-01-31
  # ── One ──

  clause 1 "first" { hedged because "as a rule" cites 0b77e1a2c3d4,9c1e44d29c1e
    forbid retention of personal from anyone aged 13 to 15 in CA to backup beyond 6 months
 after account_closed unless legal_claim
    forbid use of personal unless for service, contract, personalization, improvement.service,
     improvement.new_products, analytics or disclosed_at_collection
 or consent and to third_party
    require scc or bcr and dpa for transfer of personal outside EEA
    forbid retention of device.user_agent, contact.email to processor, subprocessor to video_host beyond 30 days


    disclose purpose service of device, behavior, communication.voice_recording,
      communication.voice_transcript, contact with consent
  }
  clause 2 {unchecked because "an aim"}

  clause 3 { }
}
""",
        """policy p "P" {
  dated 2026-01-31
  binds acme, bolt
  text  "p.txt"

  # ── One ──

  clause 1 "first" {
    cites  0b77e1a2c3d4, 9c1e44d29c1e
    hedged because "as a rule"
    forbid retention of personal from anyone aged 13 to 15 in CA to backup
      beyond 6 months after account_closed
      unless legal_claim
    forbid use of personal
      unless for service, contract, personalization, improvement.service, improvement.new_products,
          analytics
        or disclosed_at_collection
        or consent and to third_party
    require scc or bcr and dpa for transfer of personal outside EEA
    forbid retention of device.user_agent, contact.email
      to processor, subprocessor
      to video_host
      beyond 30 days

    disclose purpose service
      of device, behavior, communication.voice_recording, communication.voice_transcript, contact
      with consent
  }
  clause 2 {
    unchecked because "an aim"
  }

  clause 3 {}
}
""",
    ),
    "what does not stand in the first column stays as it is": (
        """  party  a { in ca }
party   b { in ca }
""",
        """  party  a { in ca }

party b { in CA }
""",
    ),
    "what cannot be read stays as it is": (
        """party   a { in ca }
flow  f from a  to b {
    data contact   # no purpose list
    purpose ,
  # inside
# About b.
party   b { in us }
what is   this
""",
        """party a { in CA }

flow  f from a  to b {
    data contact   # no purpose list
    purpose ,
  # inside

# About b.
party   b { in us }
what is   this
""",
    ),
}


@pytest.mark.parametrize(("before", "after"), GOLDEN.values(), ids=GOLDEN)
def test_golden(before: str, after: str) -> None:
    assert form(before) == after


@pytest.mark.parametrize(("_", "after"), GOLDEN.values(), ids=GOLDEN)
def test_line_ends_stay_what_they_are(_: str, after: str) -> None:
    with_returns = after.replace("\n", "\r\n")
    assert form(with_returns) == with_returns


def test_strings_are_not_touched() -> None:
    odd = '"a  b, c { # } \\" \\\\ \tü \u2028"'
    text = f"party p {odd} {{ in CA }}\n\nservice s {{ of p  at {odd}, {odd} }}\n"
    assert form(text) == text


@pytest.mark.parametrize("text", ["", "\n", " \n\n", "\r\n"])
def test_nothing_stays_nothing(text: str) -> None:
    assert form(text) == ""


def test_comments_alone() -> None:
    assert form("\n\n# one\n\n\n  # two  \n\n") == "# one\n\n# two\n"


FLOW = "flow f from visitor to web { purpose service data contact.email }"
ANNOTATIONS = {
    "line comments": (
        "a.py",
        f"def f():\n    # policylint: {FLOW}\n    pass  # {{\n",
        "def f():\n    # policylint: flow f from visitor to web {\n    #   data     contact.email\n"
        "    #   purpose  service\n    # }\n    pass  # {\n",
    ),
    "leaders in one column": (
        "a.ts",
        "\t// policylint: flow f from visitor to web {\n// data contact\n\t\t//purpose service\n\t  // } tail\ncode\n",
        "\t// policylint: flow f from visitor to web {\n\t//   data     contact\n\t//   purpose  service\n"
        "\t// } tail\ncode\n",
    ),
    "starred block": (
        "a.java",
        "/**\n   * policylint: flow f from visitor to web {\n   *data contact\n   * purpose service }\n   */\nint a;\n",
        "/**\n   * policylint: flow f from visitor to web {\n   *   data     contact\n   *   purpose  service\n   * }\n"
        "   */\nint a;\n",
    ),
    "a block on one line": (
        "a.css",
        f"  /* policylint: {FLOW} */ a {{ }}\n",
        "  /* policylint: flow f from visitor to web {\n   *   data     contact.email\n   *   purpose  service\n"
        "   * } */ a { }\n",
    ),
    "a block without stars": (
        "a.css",
        "/* policylint: flow f from visitor to web {\n data contact\n purpose service } */\n",
        "/* policylint: flow f from visitor to web {\n     data     contact\n     purpose  service\n   } */\n",
    ),
    "a comment of a page": (
        "a.html",
        f"<p>\n  <!-- policylint: {FLOW} -->\n</p>\n",
        "<p>\n  <!-- policylint: flow f from visitor to web {\n         data     contact.email\n"
        "         purpose  service\n       } -->\n</p>\n",
    ),
    "behind code": (
        "a.sql",
        f"  select 1; -- policylint: {FLOW}\n  select 2;\n",
        "  select 1; -- policylint: flow f from visitor to web {\n  --   data     contact.email\n"
        "  --   purpose  service\n  -- }\n  select 2;\n",
    ),
    "terms and parties": (
        "a.yaml",
        "# policylint:   term  data   contact.pager   # old\n# policylint:party p {in  uk}   \nkey: 1\n",
        "# policylint:   term data contact.pager  # old\n# policylint:party p { in GB }   \nkey: 1\n",
    ),
    "what cannot be read": (
        "a.go",
        "// policylint: flow  f from a {\n//   data\n\n// policylint: party  p { in ca }\nfunc f() { }\n",
        "// policylint: flow  f from a {\n//   data\n\n// policylint: party p { in CA }\nfunc f() { }\n",
    ),
}


@pytest.mark.parametrize(("path", "before", "after"), ANNOTATIONS.values(), ids=ANNOTATIONS)
def test_annotations(path: str, before: str, after: str | None) -> None:
    assert form(before, path) == (before if after is None else after)
    assert form(before.replace("\n", "\r\n"), path) == form(before, path).replace("\n", "\r\n")


def test_a_form_that_says_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policylint.syntax.formatter.layout", lambda words: ["party other { in CA }"])
    with pytest.raises(ChangedMeaningError):
        formatted("a.flow", "party p { in CA }", spelled)


# Every file at hand


def files_at_hand() -> list[Path]:
    folders = (
        ROOT / "policies",
        ROOT / "examples",
        ROOT / "tests" / "situations",
        ROOT.parent / "shared" / "conformance",
    )
    found = (path for folder in folders if folder.is_dir() for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if declares(path) or b"policylint:" in path.read_bytes()]


@pytest.mark.parametrize("path", files_at_hand(), ids=lambda path: "/".join(path.parts[-3:]))
def test_every_file_at_hand_keeps_its_meaning_and_its_comments(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    same(path.name, text, form(text, path.name))


def same(path: str, before: str, after: str) -> None:
    assert says_the_same(parse(SourceText(path, before)), parse(SourceText(path, after)), spelled)
    if declares(path):
        assert comments(after) == comments(before)


def comments(text: str) -> Counter[str]:
    found = re.finditer(r'"(?:\\.|[^"\\\n])*"|(#[^\n]*)', text)
    return Counter(match[1].rstrip() for match in found if match[1])


# Random projects, with white space and comments anywhere

_PIECE = re.compile(r'"[^"\n]*"|[{},]|[^\s{},"]+')
_GAPS = (
    *[" "] * 12,
    "  ",
    "\t",
    "\n ",
    "\n\n\n  ",
    "  # a remark\n  ",
    "\n  # on its own\n ",
    '\n\n\t# "odd { #\n\n ',
    "#\n ",
)
_AFTER = ("\n", "\n", "\n\n\n", "  # beside\n", "\n# about the next\n", "\n\n  # between\n\n", "\n# a\n\n# b\n")


def scattered(text: str, random: Random) -> str:
    """The words of a file again, with other white space and with comments between them."""
    returns = "\r\n" if "\r\n" in text else "\n"
    declarations = [chunk.content for chunk in cut(text)]
    # A comment of the text itself ends where its line ends: such declarations are left as they are.
    loose = [one if "#" in one else respaced(one, random) + random.choice(_AFTER) for one in declarations]
    return "".join(loose).replace("\r\n", "\n").replace("\n", returns)


def respaced(declaration: str, random: Random) -> str:
    first, *others = _PIECE.findall(declaration)
    return first + "".join(
        between(before, piece, random) + piece for before, piece in zip([first, *others], others, strict=False)
    )


def between(before: str, after: str, random: Random) -> str:
    return "" if {before, after} & set("{},") and random.random() < 0.3 else random.choice(_GAPS)


def findings(files: Mapping[str, str]) -> Counter[tuple[object, ...]]:
    texts = tuple(SourceText(path, text.removeprefix("\ufeff"), path) for path, text in sorted(files.items()))
    checked = check_texts(Reading(texts, ()), Settings(Path(), extend_select=("PL503", "PL902")), REGISTRY, AS_OF)
    return Counter(
        (
            *(one.fingerprint, one.certainty, one.severity, one.message, one.missing, one.help, one.suppressed),
            *(step.declaration for step in one.steps),
        )
        for one in checked.findings
    )


@given(projects(), st.randoms(use_true_random=False))
@few
def test_random_projects_keep_their_meaning(files: dict[str, str], random: Random) -> None:
    loose = {
        path: scattered(text.removeprefix("\ufeff"), random) if declares(path) else text for path, text in files.items()
    }
    neat = {path: form(text, path) for path, text in loose.items()}
    for path, text in loose.items():
        same(path, text, neat[path])
    assert findings(neat) == findings(loose)


@given(projects(), st.randoms(use_true_random=False))
@few
def test_any_text_is_formatted_or_left(files: dict[str, str], random: Random) -> None:
    text = scattered(files["b.flow"] + files["p.policy"].removeprefix("\ufeff"), random)
    for _ in range(random.randint(1, 6)):
        start = random.randrange(len(text))
        end = min(len(text), start + random.choice((0, 1, 2, 9, 40)))
        text = (
            text[:start] + random.choice(("", "", "{", "}", '"', "#", "\n", "\r", "\n\n  ", " flow ", ",")) + text[end:]
        )
    form(text)
    form("# policylint: " + text.replace("\n", random.choice(("\n", "\n# "))), "a.py")
    form(f"/* policylint: {text} */", "a.ts")


_STYLES: Sequence[tuple[str, str, str, str, str]] = (
    ("a.py", "    ", "# ", "    # ", ""),
    ("a.ts", "\t", "// ", "\t// ", ""),
    ("a.sql", "x; ", "-- ", "  --", ""),
    ("a.go", "", "/* ", " * ", " */"),
    ("a.rs", "  ", "/* ", "", " */ y"),
    ("a.html", " ", "<!-- ", "    ", " -->"),
)


@given(projects(), st.randoms(use_true_random=False), st.sampled_from(_STYLES))
@few
def test_random_annotations_keep_their_meaning(
    files: dict[str, str], random: Random, style: tuple[str, str, str, str, str]
) -> None:
    path, indent, opener, leader, closer = style
    pieces = ["before {\n"]
    for chunk in cut(files["b.flow"].removeprefix("\ufeff").replace("\r\n", "\n")):
        if "#" not in chunk.content and not parse(SourceText("a.flow", chunk.content)).mistakes:
            lines = respaced(chunk.content, random).replace("\n", f"\n{leader}")
            pieces.append(f"{indent}{opener}policylint: {lines}{closer}\ncode( {{\n")
    text = "".join(pieces)
    neat = form(text, path)
    same(path, text, neat)
    assert [line for line in neat.split("\n") if line == "code( {"] == ["code( {"] * (len(pieces) - 1)
    assert findings({**files, path: neat}) == findings({**files, path: text})
