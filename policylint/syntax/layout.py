"""The words of a declaration in; its lines in the one canonical form out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policylint.syntax.commented import Word
from policylint.syntax.phrases import CLAUSES

WIDTH = 100
"""The columns that a line may have where it can be broken."""
_STEP = 2
_FLOW_COLUMN = len("purpose") + 2
_CITES_COLUMN = len("require")
_ORDERED = ("party", "service", "flow")
"""Whose clauses have an order; those of policies stand in the order of the policy's text."""
_PREPOSITIONS = frozenset(("OF", "AS", "FROM", "TO", "FOR", "INTO", "OUTSIDE", "VIA", "WITH", "BEYOND"))
_JOINTS = frozenset(("AND", "OR", "UNLESS"))
_OBLIGATIONS = frozenset(("FORBID", "REQUIRE", "DISCLOSE"))


class Block(NamedTuple):
    """Something with braces: its head up to `{`, what stands between the braces, and `}`."""

    kind: str
    head: tuple[Word, ...]
    entries: tuple["Entry", ...]
    close: Word


Entry = Block | tuple[Word, ...]


class Room(NamedTuple):
    """How many columns a declaration has: on its first line, and on the others."""

    first: int = WIDTH
    others: int = WIDTH


WHOLE_LINES = Room()


def layout(words: Sequence[Word], room: Room = WHOLE_LINES) -> list[str]:
    """Lay a declaration out."""
    if words[0].type == "TERM":
        return _filled(words, 0, 2 * _STEP, room.first)
    block, _ = _block(words, 0)
    return _on_one_line(block, room.first) or list(_block_lines(block, 0, room.others))


# Words to blocks and entries


def _block(words: Sequence[Word], start: int) -> tuple[Block, int]:
    """The block that begins at a word, and the place behind it."""
    kind = words[start].text
    at = next(index for index in range(start, len(words)) if words[index].type == "LBRACE") + 1
    head = tuple(words[start:at])
    starters = frozenset(keyword.upper() for keyword in CLAUSES[kind])
    entries: list[Entry] = []
    while words[at].type != "RBRACE":
        if words[at].type == "CLAUSE":
            entry: Entry
            entry, at = _block(words, at)
        else:
            end = at + 1
            while words[end].type != "RBRACE" and words[end].type not in starters:
                end += 1
            entry, at = tuple(words[at:end]), end
        entries.append(entry)
    entries.sort(key=lambda entry: _rank(kind, _first(entry)))
    return Block(kind, head, tuple(entries), words[at]), at + 1


def _rank(kind: str, keyword: Word) -> int:
    """Where a clause belongs. What a clause of a policy forbids, requires and discloses stays in its order."""
    rank = CLAUSES[kind].index(keyword.text)
    return min(rank, 2) if kind == "clause" else rank


def _first(entry: Entry) -> Word:
    return entry.head[0] if isinstance(entry, Block) else entry[0]


# Blocks


def _on_one_line(block: Block, room: int) -> list[str] | None:
    """A party or service on one line, where it fits and has no comments inside."""
    entries = [entry for entry in block.entries if not isinstance(entry, Block)]
    inside = (*block.head[1:], *(word for entry in entries for word in entry), block.close._replace(beside=""))
    if block.kind not in ("party", "service") or block.head[0].beside or any(w.above or w.beside for w in inside):
        return None
    body = "  ".join(_joined(entry) for entry in entries)
    line = f"{_joined(block.head)} {body} }}" if body else _joined(block.head) + "}"
    return [_with_comment(line, block.close)] if len(line) <= room else None


def _block_lines(block: Block, indent: int, room: int) -> Iterator[str]:
    head = _filled(block.head, indent, indent + 2 * _STEP, room)
    if not block.entries and not block.close.above and not block.head[-1].beside:
        yield from head[:-1]
        yield _with_comment(head[-1] + "}", block.close)
        return
    yield from head
    yield from _without_blank_at_start(_body(block, indent + _STEP, room))
    yield _with_comment(" " * indent + "}", block.close)


def _body(block: Block, indent: int, room: int) -> Iterator[str]:
    blanks = block.kind not in _ORDERED
    keywords = [_first(entry).text for entry in block.entries if not isinstance(entry, Block)]
    column = max((len(keyword) for keyword in keywords), default=0) + 1
    for index, entry in enumerate(block.entries):
        first = _first(entry)
        if index and isinstance(entry, Block) and not isinstance(block.entries[index - 1], Block):
            yield ""
        yield from _above(first, indent, blanks)
        if isinstance(entry, Block):
            yield from _block_lines(entry, indent, room)
        else:
            yield from _entry(entry, block.kind, column, indent, room)
    yield from _above(block.close, indent, blanks)


def _above(word: Word, indent: int, blanks: bool) -> Iterator[str]:
    """The comments above a word, and where they are kept the blank lines."""
    for comment in word.above:
        if comment.blank and blanks:
            yield ""
        yield " " * indent + comment.text
    if word.blank and blanks and word.type != "RBRACE":
        yield ""


def _without_blank_at_start(lines: Iterable[str]) -> Iterator[str]:
    """Lines without an empty one at the start, and no two in a row."""
    last = ""
    for line in lines:
        if line or last:
            yield line
        last = line


# Clauses


def _entry(words: Sequence[Word], kind: str, column: int, indent: int, room: int) -> list[str]:
    keyword = words[0]
    if keyword.type in _OBLIGATIONS:
        return _obligation(words, indent, room)
    if kind == "flow":
        column = _FLOW_COLUMN
    elif kind == "clause":
        column = _CITES_COLUMN if keyword.type == "CITES" else 0
    padded = [keyword._replace(text=keyword.text.ljust(column - 1)), *words[1:]]
    hang = indent + _STEP if keyword.type == "WAIVE" else indent + column
    return _filled(padded, indent, hang, room)


def _obligation(words: Sequence[Word], indent: int, room: int) -> list[str]:
    """On one line, or `unless` on a line of its own, or each of its alternatives on one."""
    at = next((index for index, word in enumerate(words) if word.type == "UNLESS"), len(words))
    if at == len(words) or _fits(words, indent, room):
        return _filled(words, indent, indent + _STEP, room)
    lines = _filled(words[:at], indent, indent + _STEP, room)
    inner = indent + _STEP
    exception = words[at:]
    lines += _above(exception[0], inner, blanks=False)
    if _fits(exception, inner, room):
        return [*lines, *_filled(exception, inner, inner, room)]
    for alternative in _alternatives(exception):
        if alternative[0].type == "OR":
            lines += _above(alternative[0], inner + _STEP, blanks=False)
        start = inner if alternative[0].type == "UNLESS" else inner + _STEP
        lines += _filled(alternative, start, inner + 2 * _STEP, room)
    return lines


def _alternatives(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    starts = [0, *(index for index, word in enumerate(words) if word.type == "OR"), len(words)]
    return (words[start:end] for start, end in pairwise(starts))


def _fits(words: Sequence[Word], indent: int, room: int) -> bool:
    """Whether words go on one line: no comment among them, and not too long."""
    if any(word.beside for word in words[:-1]) or any(word.above for word in words[1:]):
        return False
    return indent + len(_joined(words)) <= room


# Lines


class _Part(NamedTuple):
    """What is broken only by a comment; `opens` where it begins a phrase, such as `of` and its names."""

    words: Sequence[Word]
    opens: bool

    @property
    def text(self) -> str:
        return _joined(self.words)


def _filled(words: Sequence[Word], indent: int, hang: int, room: int) -> list[str]:
    """Fill lines with words: the first begins at `indent`, the others at `hang`.

    A line is broken after a comma, or before a phrase that does not go on it as a whole; a phrase that takes more than
    one line hangs deeper. The comments above the first word are left to the caller.
    """
    first, *others = _phrases(list(_parts(words)))
    lines = [*_wrapped(first, " " * indent, hang, room)]
    hangs = False
    for phrase in others:
        length = len(" ".join(part.text for part in phrase))
        broken = any(part.words[-1].beside for part in phrase[:-1]) or any(part.words[0].above for part in phrase[1:])
        above, last = phrase[0].words[0].above, lines[-1]
        if hangs or last.comment or above or broken or len(last.text) + 1 + length > room:
            lines += [_Line(" " * hang + comment.text) for comment in above]
            more = _wrapped(phrase, " " * hang, hang + _STEP, room)
            hangs = len(more) > 1
            lines += more
        else:
            lines[-1:] = _wrapped(phrase, last.text + " ", hang + _STEP, room)
    return [str(line) for line in lines]


class _Line(NamedTuple):
    text: str
    comment: str = ""

    def __str__(self) -> str:
        return f"{self.text.rstrip()}  {self.comment}" if self.comment else self.text.rstrip()


def _wrapped(phrase: Sequence[_Part], begun: str, hang: int, room: int) -> list[_Line]:
    """A phrase as the end of a line that is begun, and as many more as it takes."""
    lines = [_Line(begun + phrase[0].text, phrase[0].words[-1].beside)]
    for part in phrase[1:]:
        above, last = part.words[0].above, lines[-1]
        if last.comment or above or len(last.text) + 1 + len(part.text) > room:
            lines += [_Line(" " * hang + comment.text) for comment in above]
            lines.append(_Line(" " * hang + part.text, part.words[-1].beside))
        else:
            lines[-1] = _Line(f"{last.text} {part.text}", part.words[-1].beside)
    return lines


def _phrases(parts: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    starts = [0, *(index for index, part in enumerate(parts) if index and part.opens), len(parts)]
    return (parts[start:end] for start, end in pairwise(starts))


def _parts(words: Sequence[Word]) -> Iterator[_Part]:
    openings = _openings(words)
    start = 0
    for index in range(1, len(words)):
        before = words[index - 1]
        if index in openings or before.text.endswith(",") or before.beside or words[index].above:
            yield _Part(words[start:index], start in openings)
            start = index
    yield _Part(words[start:], start in openings)


def _openings(words: Sequence[Word]) -> frozenset[int]:
    """The places of the words before which a line is rather broken than behind them.

    An action keeps what it acts on: no line is broken between `use` and `of personal`.
    """
    kind = words[0].type
    if kind == "WAIVE":
        return frozenset(index for index, word in enumerate(words) if word.type == "BECAUSE")
    if kind not in _OBLIGATIONS | _JOINTS:
        return frozenset()
    fors = (index for index, word in enumerate(words) if word.type == "FOR")
    action = {"FORBID": 1, "REQUIRE": next(fors, 0) + 1}.get(kind, -1)
    return frozenset(
        index
        for index in range(1, len(words))
        if _opens(words[index], words[index - 1]) and (index != action + 1 or words[index].type == "UNLESS")
    )


def _opens(word: Word, before: Word) -> bool:
    """Whether a word begins a phrase."""
    if word.type == "TO" and before.type == "INT":
        return False
    return word.type in _JOINTS or (word.type in _PREPOSITIONS and before.type not in _JOINTS)


def _joined(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _with_comment(line: str, word: Word) -> str:
    return f"{line.rstrip()}  {word.beside}" if word.beside else line.rstrip()
