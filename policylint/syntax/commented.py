"""A declaration's text in; its words out, with the comments and blank lines that stand around each of them.

The formatter works on these and not on `tree`: the tree forgets comments, and how names were written.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from lark import TextSlice, Token
from lark.exceptions import UnexpectedInput

from policylint.source.chunks import BEGINNING
from policylint.source.text import Chunk
from policylint.syntax.grammar import grammar
from policylint.syntax.literals import NotSoError

Spelling = Callable[[str], str]
"""How a place's code is written."""


class Comment(NamedTuple):
    """A comment on a line of its own; `blank` says whether an empty line stands before it."""

    text: str
    blank: bool


class Word(NamedTuple):
    """A word, a text or a sign, with the signs that stick to it (`16+`, `contact.email,`)."""

    type: str
    text: str
    above: tuple[Comment, ...] = ()
    blank: bool = False
    """Whether an empty line stands right before it."""
    beside: str = ""
    """The comment that ends its line."""


class Written(NamedTuple):
    """A declaration as it is written; `end` is where it ends, with the comment on its last line."""

    words: tuple[Word, ...]
    end: int


def written(chunk: Chunk, spelled: Spelling) -> Written | None:
    """Read a declaration word by word, None for one that cannot be read."""
    tokens = tokens_of(chunk)
    if not tokens:
        return None
    texts = places_spelled(tokens, spelled)
    starts = [token.start_pos or 0 for token in tokens]
    ends = [token.end_pos or 0 for token in tokens]
    gaps = [chunk.text[end:start] for end, start in zip(ends, [*starts[1:], chunk.end], strict=True)]
    tail = gaps[-1].split("\n", 1)[0].rstrip()
    words = _words([token.type for token in tokens], texts, [*gaps[:-1], tail])
    return Written(tuple(_glued(words)), ends[-1] + len(tail))


def tokens_of(chunk: Chunk) -> list[Token]:
    """The tokens of a declaration, none for one that cannot be read; a keyword's type tells it from a name."""
    if not BEGINNING.match(chunk.text, chunk.start, chunk.end):
        return []
    parsing = grammar().parse_interactive(TextSlice(chunk.text, chunk.start, chunk.end))
    try:
        tokens = list(parsing.iter_parse())
        parsing.feed_eof()  # type: ignore[no-untyped-call]
    except (UnexpectedInput, NotSoError):
        return []
    return tokens


def own_lines(lines: Iterable[str]) -> tuple[tuple[Comment, ...], bool]:
    """The comments on lines that hold nothing else, and whether the last of the lines is empty."""
    found: list[Comment] = []
    blank = False
    for line in map(str.strip, lines):
        if line:
            found.append(Comment(line, blank))
        blank = not line
    return tuple(found), blank


def _words(types: Iterable[str], texts: Iterable[str], gaps: Iterable[str]) -> Iterator[Word]:
    above: tuple[Comment, ...] = ()
    blank = False
    for kind, text, gap in zip(types, texts, gaps, strict=True):
        beside, *lines = gap.split("\n")
        yield Word(kind, text, above, blank, beside.strip())
        above, blank = own_lines(lines[:-1])


def _glued(words: Iterable[Word]) -> Iterator[Word]:
    """Put the signs that stand without a space to the words before them; their comments go on to the next word."""
    last: Word | None = None
    carried: tuple[Comment, ...] = ()
    for word in words:
        if last is None or not (word.type in _STICKY or last.text.endswith(":")):
            if last is not None:
                yield last
            last, carried = word._replace(above=carried + word.above), ()
            continue
        more = [comment.text for comment in word.above] + [word.beside] * bool(word.beside)
        beside = last.beside or (more.pop(0) if more else "")
        carried += tuple(Comment(text, False) for text in more)
        last = last._replace(text=last.text + word.text, beside=beside)
    if last is not None:
        yield last


_STICKY = ("COMMA", "COLON", "PLUS")


def places_spelled(tokens: Sequence[Token], spelled: Spelling) -> list[str]:
    """The tokens' texts, the names of places spelled: those after `in`, `into`, `outside` and `disclose place`."""
    texts: list[str] = []
    # Where people are is one name, all else a list; only a party's and a service's `in` is a clause.
    several_after_in = tokens[0].type in ("PARTY", "SERVICE")
    listing = single = False
    for before, token in zip([None, *tokens], tokens, strict=False):
        is_name = token.type == "NAME"
        texts.append(spelled(token) if is_name and (listing or single) else str(token))
        if is_name:
            listing = listing or (token == "place" and before is not None and before.type == "DISCLOSE")
            single = False
        elif token.type != "COMMA":
            single = token.type == "IN" and not several_after_in
            listing = token.type in ("INTO", "OUTSIDE") or (token.type == "IN" and several_after_in)
    return texts
