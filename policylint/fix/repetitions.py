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
_LONGEST = max(len(shape) for shapes in _ENTRIES.values() for shape in shapes)
_LISTS_ONLY_IN: Mapping[str, tuple[str, ...]] = {"AS": ("POLICY",), "IN": ("PARTY", "SERVICE")}


def repetitions(source: SourceText, spelled: Spelling) -> Iterator[Fix]:
    """Find what stands twice in a list; the first one stays."""
    for chunk in chunks(source):
        tokens = tokens_of(chunk)
        texts = places_spelled(tokens, spelled) if tokens else []
        for first, last, entry in _repeated(tokens, texts):
            # What a comment says beside a word is not thrown away with it.
            between = (chunk.text[one.end_pos : other.start_pos] for one, other in pairwise(tokens[first : last + 1]))
            if "#" not in "".join(between):
                span = Span(source.path, tokens[first].end_pos or 0, tokens[last].end_pos or 0)
                yield Fix(span, "", f"remove the second `{entry}`")


def _repeated(tokens: Sequence[Token], texts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The entries of lists that stand there already: from the token before the comma to the last, and their words."""
    for index, token in enumerate(tokens):
        # The form of an item and the place of people are parts of an entry, and begin no list.
        if token.type in _ENTRIES and tokens[0].type in _LISTS_ONLY_IN.get(token.type, (tokens[0].type,)):
            seen: set[tuple[str, ...]] = set()
            for start, end in _entries(tokens, index + (2 if token.type == "DISCLOSE" else 1), _ENTRIES[token.type]):
                entry = tuple(texts[start:end])
                if entry in seen:
                    yield start - 2, end - 1, " ".join(entry).replace(" +", "+")
                seen.add(entry)


def _entries(tokens: Sequence[Token], at: int, shapes: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Where each entry of the list that begins at a token begins and ends."""
    while True:
        types = tuple(token.type for token in tokens[at : at + _LONGEST + 1])
        shape = next((shape for shape in shapes if types[: len(shape)] == shape), None)
        if shape is None:
            return
        yield at, at + len(shape)
        if types[len(shape) : len(shape) + 1] != ("COMMA",):
            return
        at += len(shape) + 1
