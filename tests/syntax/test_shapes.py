"""What is read by its shape says what the parser says of it; what the parser refuses no shape lets pass."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policylint.source.chunks import cut
from policylint.source.text import SourceText
from policylint.syntax.grammar import grammar, sample
from policylint.syntax.lexemes import placed
from policylint.syntax.parser import parse
from policylint.syntax.shapes import LISTS, shape_of
from policylint.syntax.token_types import BEGINNINGS
from policylint.syntax.tree import FlowBody, FlowDeclaration, WrittenFlow
from tests.reference.projects import projects

FLOWS = (
    "flow a from b to c {\n  data      contact.email as pseudonymised, identity\n  purpose   x, y\n}\n",
    'flow from from to to data "Said" { data data purpose purpose subject subject aged 13 to 15 in CA, w aged 16+ }',
    "flow a from b to c {\n  data x # why\n  purpose y\n  keep 30 days after z\n  consideration none\n}\n# after\n",
    "flow a from b to c {\n  data\n    x,\n    y\n  purpose z\n  via m,n\n  keep until e\n  when in\n}",
    "flow a from b to c { keep forever basis with with with data as as as }",
    "flow a from b to c { data x data y purpose z }",
    "flow a from b to c { data x purpose y subject s aged 15 to 13 }",
    "flow a from b to c { data x } # } }",
    'flow a from b to c { data x waive PL101 because "no } here" }',
    "flow a from b to c {}",
    'service a "Said # so" { of b in C, D keep data 30 days after x keep until y at "a/**", "b" } # more',
    "service of { of of  with in, with  keep forever }",
    "party p{is x  for y  in Z}",
    'party p "S1" { is N  waive PL101 until 2027-01-31 because "S2" }',
    'term data contact.x "S3"',
    "term N data",
    "party p { in A  in B }",
    "party p { in A ",
    "service s { keep 30days }",
)
PIECES = (
    *(
        "data",
        "purpose",
        "subject",
        "as",
        "in",
        "aged",
        "under",
        "16",
        "+",
        ",",
        "{",
        "}",
        "keep",
        "30days",
        "days",
        "to",
    ),
    *(
        "after",
        "until",
        "forever",
        "x",
        "a.b",
        "a.",
        ".b",
        "-",
        '"',
        "#",
        "\n",
        "\t",
        "\u00a0",
        "é",
        "N",
        "1234567",
        "waive",
    ),
    *(
        "consideration",
        "none",
        "value",
        "with",
        "via",
        "when",
        "basis",
        ":",
        "flow",
        ";",
        "\r",
        "\x1c",
        "x-y",
        "x_",
        "_",
    ),
)


def facts(declaration: object) -> object:
    """A flow as its words and where each stands."""
    if not isinstance(declaration, FlowDeclaration):
        return declaration
    lexemes, shape = declaration.lexemes, declaration.body.shape
    keep = shape.keep
    return (
        (declaration.name, declaration.sender, declaration.receiver, declaration.label),
        [(lexemes[data], form is not None and lexemes[form]) for data, form in shape.items],
        [(lexemes[who], age, place is not None and lexemes[place]) for who, age, place in shape.subjects],
        [[lexemes[number] for number in numbers] for numbers in shape if type(numbers) is range],
        keep and (keep[:2], keep.event is not None and lexemes[keep.event], lexemes[keep.first], lexemes[keep.last][2]),
        shape.consideration,
        declaration.waivers,
    )


def both(text: str) -> tuple[list[object], list[object]]:
    """What is read of a file with the help of shapes, and by the parser alone."""
    source = SourceText("a.flow", text, "a.flow")
    quick, plain = parse(source, {}), parse(source)
    assert quick.mistakes == plain.mistakes
    return [*map(facts, quick.declarations)], [*map(facts, plain.declarations)]


@pytest.mark.parametrize("text", FLOWS)
def test_samples_are_read_as_the_parser_reads_them(text: str) -> None:
    quick, plain = both(text)
    assert quick == plain


@pytest.mark.parametrize("text", FLOWS)
def test_a_list_of_names_is_every_other_lexeme(text: str) -> None:
    written = sample(text)
    if isinstance(written, WrittenFlow):
        shape, lexemes = shape_of(written, text, 0), [match[0] for match in placed(text)]
        for field in ("purposes", "bases", "safeguards", "means", "circumstances"):
            names = [name.text for name in getattr(written, field)]
            assert [lexemes[number] for number in getattr(shape, field)] == names


def test_flows_of_one_wording_share_what_they_say() -> None:
    bodies: dict[str, FlowBody] = {}
    parse(SourceText("a.flow", FLOWS[0] * 3 + FLOWS[0].replace("x, y", "y"), "a.flow"), bodies)
    assert len(bodies) == 2


@settings(max_examples=30, deadline=None)
@given(projects(), st.randoms(use_true_random=False))
def test_mutants_are_read_as_the_parser_reads_them(files: dict[str, str], random: random.Random) -> None:
    for text in files.values():
        for start, end in ((chunk.start, chunk.end) for chunk in cut(text) if not chunk.content.startswith("policy")):
            mutant = text[start:end]
            for _ in range(random.randint(0, 3)):
                at = random.randrange(len(mutant) + 1)
                space = random.choice(("", " "))
                mutant = mutant[:at] + space + random.choice(PIECES) + space + mutant[at + random.randint(0, 4) :]
            quick, plain = both(mutant)
            assert quick == plain, mutant


def test_no_clause_begins_with_a_word_that_goes_on_with_the_one_before() -> None:
    # What makes one clause after the other a flow of these clauses: asked of the grammar's own tables, at each place
    # where a clause may end.
    for clause in CLAUSES_OF_EACH_KIND:
        parsing = grammar().parse_interactive("flow N from N to N { " + clause)
        for _ in parsing.iter_parse():
            pass
        accepted = parsing.accepts()
        assert {word.upper() for word in BEGINNINGS} <= accepted, "the clause is whole"
        goes_on = accepted - {word.upper() for word in BEGINNINGS} - {"RBRACE"}
        assert goes_on <= {"COMMA", "AS", "AGED", "IN", "AFTER", "ON", "UNTIL"}
        assert "NAME" not in accepted, "no keyword is taken for a name there"


@pytest.mark.parametrize("clause", sorted(LISTS))
def test_what_may_stand_first_in_a_list_may_stand_behind_a_comma(clause: str) -> None:
    def accepted(text: str) -> set[str]:
        parsing = grammar().parse_interactive("flow N from N to N { " + text)
        for _ in parsing.iter_parse():
            pass
        return parsing.accepts()

    assert accepted(clause) == accepted(f"{clause} N ,") == {"NAME"}
    assert accepted(f"{clause} N") == accepted(f"{clause} N, N")
    assert "COMMA" in accepted(f"{clause} N")


CLAUSES_OF_EACH_KIND = (
    *("data N", "data N as N", "data N, N", "purpose N", "subject N", "subject N aged 16+", "subject N in N"),
    *("subject N aged under 16", "subject N aged 13 to 15", "basis N", "with N", "via N", "when N", "keep 30 days"),
    *("keep 30 days after N", "keep until N", "keep forever", "consideration money", "consideration none"),
    'waive N because "x"',
)
