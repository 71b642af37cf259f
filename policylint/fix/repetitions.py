"""A file in; fixes that take out what a list says a second time, out.

A list says the same with one word as with that word twice, so no rule reports it and nothing changes when one goes.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from lark import Token

from policylint.finding.finding import Fix
from policylint.source.text import SourceText, Span
from policylint.syntax.commented import Spelling, places_spelled, tokens_of
from policylint.syntax.parser import chunks

_NAME = (("NAME",),)
_PEOPLE = tuple(
    ("NAME", *age, *place)
    for age in (("AGED", "INT", "PLUS"), ("AGED", "UNDER", "INT"), ("AGED", "INT", "TO", "INT"), ())
    for place in (("IN", "NAME"), ())
)
_ENTRIES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(("IS", "IN", "WITH", "PURPOSE", "BASIS", "VIA", "WHEN", "BINDS"), _NAME),
    **dict.fromkeys(("OF", "AS", "TO", "FOR", "INTO", "OUTSIDE", "DISCLOSE"), _NAME),
    "DATA": (("NAME", "AS", "NAME"), ("NAME",)),
    "SUBJECT": _PEOPLE,
    "FROM": _PEOPLE,
    "AT": (("STRING",),),
    "CITES": (("PIN",),),
}
"""What an entry of a list is made of, by the word before the list; the first that fits counts."""
_BEGINS_A_LIST_IN: Mapping[str, tuple[str, ...]] = {"AS": ("POLICY",), "IN": ("PARTY", "SERVICE")}


def repetitions(source: SourceText, spelled: Spelling) -> Iterator[Fix]:
    """Find what stands twice in a list; the first one stays."""
    for chunk in chunks(source):
        tokens = tokens_of(chunk)
        texts = places_spelled(tokens, spelled) if tokens else []
        for index, token in enumerate(tokens):
            shapes = _ENTRIES.get(token.type, ())
            # The form of an item and the place of people are parts of an entry, and begin no list.
            if token.type not in _BEGINS_A_LIST_IN or tokens[0].type in _BEGINS_A_LIST_IN[token.type]:
                start = index + (2 if token.type == "DISCLOSE" else 1)
                for first, last, entry in _repeated(tokens, texts, start, shapes):
                    # What a comment says beside a word is not thrown away with it.
                    if "#" not in _between(chunk.text, tokens[first : last + 1]):
                        span = Span(source.path, tokens[first].end_pos or 0, tokens[last].end_pos or 0)
                        yield Fix(span, "", f"remove the second `{entry}`")


def _repeated(
    tokens: Sequence[Token], texts: Sequence[str], at: int, shapes: Sequence[tuple[str, ...]]
) -> Iterator[tuple[int, int, str]]:
    """The entries of a list that stand there already: from the token before the comma to the last, and their words."""
    seen: set[tuple[str, ...]] = set()
    types = [token.type for token in tokens[at:]]
    begin = 0
    while True:
        shape = next((shape for shape in shapes if tuple(types[begin : begin + len(shape)]) == shape), None)
        if shape is None:
            return
        end = begin + len(shape)
        entry = tuple(texts[at + begin : at + end])
        if entry in seen:
            yield at + begin - 2, at + end - 1, " ".join(entry).replace(" +", "+")
        seen.add(entry)
        if types[end : end + 1] != ["COMMA"]:
            return
        begin = end + 1


def _between(text: str, tokens: Sequence[Token]) -> str:
    """What stands between tokens."""
    return "".join(text[one.end_pos : other.start_pos] for one, other in pairwise(tokens))
