"""Texts are cut into sentences, list items and headings, and the same words make the same pin."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policylint.citation.passages import Passage, passages
from policylint.citation.pins import normalised, pin_of
from policylint.source.text import SourceText


def cut(text: str, name: str = "p.txt") -> tuple[Passage, ...]:
    return passages(SourceText(name, text))


def texts(text: str, name: str = "p.txt") -> list[str]:
    return [passage.text for passage in cut(text, name)]


def test_a_pin_is_the_fingerprint_of_the_words_alone() -> None:
    expected = hashlib.sha256(b"we don t sell data 1 2").hexdigest()[:12]
    assert pin_of("  We don't SELL “data” — 1.2!\n") == expected


@pytest.mark.parametrize(
    "variant",
    [
        "We don't share your e-mail, ever.",
        "We don’t share your e‑mail, ever.",
        "we DON'T share your\u00a0e–mail ,  ever",
        "“We don`t share your e-mail — ever”",
        "Ｗｅ don't share your e-mail, ever.",
        "We don't _share_ your e-mail, ever.",
    ],
)
def test_typography_changes_no_pin(variant: str) -> None:
    assert pin_of(variant) == pin_of("We don't share your e-mail, ever.")


def test_another_word_changes_the_pin() -> None:
    assert pin_of("We never share it") != pin_of("We share it")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We keep it. You may ask. Fine?", ["We keep it.", "You may ask.", "Fine?"]),
        ("Data, e.g. Your name, i.e. Personal data.", ["Data, e.g. Your name, i.e. Personal data."]),
        ("We use Acme, Inc. (“Acme”) for that.", ["We use Acme, Inc. (“Acme”) for that."]),
        ("We use Acme, Inc. We trust them.", ["We use Acme, Inc.", "We trust them."]),
        ("See No. 5 and Art. 6. No. We do not.", ["See No. 5 and Art. 6.", "No.", "We do not."]),
        ("Version 1.1 of 2.5 MB. Next.", ["Version 1.1 of 2.5 MB.", "Next."]),
        (
            "Visit https://a.example/x.y. Write to a.b@c.example.",
            ["Visit https://a.example/x.y.", "Write to a.b@c.example."],
        ),
        ("He said “stop.” Then we stopped.", ["He said “stop.”", "Then we stopped."]),
        ("Cookies, tags, etc. To opt out, write.", ["Cookies, tags, etc.", "To opt out, write."]),
        ("In the U.S. Department it is kept.", ["In the U.S. Department it is kept."]),
        ("We may: sell it; keep it; lose it.", ["We may: sell it; keep it; lose it."]),
        ("We ask for: -Name: yours. -Mail: yours.", ["We ask for:", "Name: yours.", "Mail: yours."]),
        ("We ask for • a name • a mail", ["We ask for", "a name", "a mail"]),
        ("As follows: 1. a name and 2. a mail. Done.", ["As follows: 1. a name and 2. a mail.", "Done."]),
        ("It is … well. yes", ["It is … well. yes"]),
        ("___\n***\n...", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_lines_items_and_headings() -> None:
    text = (
        "Privacy notice\n\n1. What we collect\nWe collect:\n  • your name;\n  - your mail\n  * (your) phone\n"
        "  2) your address. Only once.\n  a) a photo\n"
    )
    found = [(each.line, each.kind, each.marker, each.text) for each in cut(text)]
    assert found == [
        (1, "heading", "", "Privacy notice"),
        (3, "heading", "1.", "What we collect"),
        (4, "sentence", "", "We collect:"),
        (5, "item", "•", "your name;"),
        (6, "item", "-", "your mail"),
        (7, "item", "*", "(your) phone"),
        (8, "item", "2)", "your address."),
        (8, "sentence", "", "Only once."),
        (9, "item", "a)", "a photo"),
    ]


def test_numbering_anew_changes_no_pin_but_a_copied_number_fits_too() -> None:
    (old,), (new,) = cut("3. We keep it."), cut("4. We keep it.")
    assert old.pin == new.pin
    assert pin_of("3. We keep it.") in old.pins


def test_a_wrapped_text_is_the_text() -> None:
    wrapped = (
        "We collect what you give us when you write to\nus, and nothing else at all. We delete it after\n"
        "a year.\n\nAcme Ltd.\n1 High Street\nLeeds\n\n- a list item that is long enough to be broken\n"
        "  at the end of its line\n- another\n"
    )
    assert texts(wrapped) == [
        "We collect what you give us when you write to us, and nothing else at all.",
        "We delete it after a year.",
        "Acme Ltd.",
        "1 High Street",
        "Leeds",
        "a list item that is long enough to be broken at the end of its line",
        "another",
    ]
    assert [each.line for each in cut(wrapped)][:2] == [1, 2]


def test_offsets_are_those_of_the_file() -> None:
    text = "# One\n\n- **Two** is [here](x.html). Three.\n"
    for name in ("p.txt", "p.md"):
        for passage in cut(text, name):
            piece = text[passage.start : passage.end]
            assert normalised(piece).split()[0] == passage.words.split()[0]


def test_markdown_says_what_its_reader_sees() -> None:
    text = (
        "# Privacy *notice* #\n\nWe use **cookies**\nand [tags](https://x.example/a.b), see ![pic](a.png) below.\n\n"
        "> A quote\n> goes on.\n\n1. first_name\n2. `code` \\*star\\*\n\n<!-- nobody\nsees this -->\n"
        "Title\n=====\n\n[ref]: https://x.example\n\n| a | b |\n|---|---|\n| c | d |\n\nEnd <b>here</b> [1].\n"
    )
    found = [" ".join(each.words.split()) for each in cut(text, "p.md")]
    assert found == [
        "privacy notice",
        "we use cookies and tags see below",
        "a quote goes on",
        "first name",
        "code star",
        "title",
        "a b",
        "c d",
        "end here 1",
    ]
    assert cut(text, "p.md")[0].kind == "heading"
    assert texts("We *never* sell [your data](x).", "p.md") == ["We never sell your data."]


HTML = """<!doctype html><html><head><title>Not seen</title><style>p { color: red }</style></head>
<body><nav hidden>Menu</nav>
<h2>What we <em>collect</em></h2>
<p>We use coo<b>kie</b>s &amp;
tags.<br>We&nbsp;delete them &#8212; always.</p>
<ul><li>Your name<li>Your mail</ul>
<script>var x = "We sell it.";</script><p style="display: none">Hidden.</p>
<div aria-hidden="false">Shown<span style="display:none"> not <span>this</span></span> too</div>
<!-- nor this --><img alt="picture"><p>Last"""


def test_html_says_what_its_reader_sees() -> None:
    found = cut(HTML, "p.html")
    assert [each.text for each in found] == [
        "What we collect",
        "We use cookies & tags.",
        "We delete them — always.",
        "Your name",
        "Your mail",
        "Shown too",
        "Last",
    ]
    assert [each.kind for each in found][:5] == ["heading", "sentence", "sentence", "item", "item"]
    assert [each.line for each in found] == [3, 4, 5, 6, 6, 8, 9]


def test_the_same_words_have_one_pin_in_every_kind_of_text() -> None:
    said = "We don't sell your data — ever."
    pins = {
        cut(f"- {said}\n")[0].pin,
        cut("* We **don't** sell [your](x) data — ever.\n", "p.md")[0].pin,
        cut("<li>We don&rsquo;t sell your&nbsp;data &mdash; <i>ever</i>.</li>", "p.html")[0].pin,
        cut("1. We don’t sell your\u00a0da\u00adta – ever.")[0].pin,
    }
    assert pins == {pin_of(said)}


def test_long_and_odd_texts_are_cut_in_no_time() -> None:
    odd = ["(" * 20_000, "a. " * 20_000, "- " * 20_000, "<" * 20_000, "[" * 20_000, "_" * 20_000, "!" * 20_000]
    odd += ["![[" * 20_000, "[a](" * 20_000, "<a " * 20_000, "x." + " " * 20_000 + "y", "“" * 20_000]
    for text in odd:
        for name in ("p.txt", "p.md", "p.html"):
            cut(text, name)


PIECES = st.sampled_from(
    [
        *"aZ1 .!?:;-•*_#[]()<>&\"'“”\n\t|`\\",
        "\u00a0",
        "\u00ad",
        "\u200b",
        "e.g. ",
        "<p>",
        "</p>",
        "<b>",
        "&amp;",
        "<!--",
        "-->",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(["p.txt", "p.md", "p.html"]))
def test_every_passage_is_quoted_so_that_its_pin_fits(text: str, name: str) -> None:
    at = 0
    for passage in cut(text, name):
        assert pin_of(passage.text) == passage.pin
        assert at <= passage.start < passage.end <= len(text)
        assert passage.line == text.count("\n", 0, passage.start) + 1
        at = passage.end


SHARED = Path(__file__).parents[2].parent / "shared" / "policies"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the policies' texts are not at hand")
def test_real_texts_have_as_many_passages_as_before() -> None:
    from policylint.source.policy_texts import read_policy_text

    found = {}
    for path in sorted(SHARED.glob("*.txt")):
        source = read_policy_text(path)
        assert isinstance(source, SourceText)
        found[path.stem] = len(passages(source))
    assert found == {"getjenny": 130, "jector": 54, "jen": 93, "jensii": 264, "jiq": 178}
