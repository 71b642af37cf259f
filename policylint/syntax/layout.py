"""The words of a declaration in; its lines in the one canonical form out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policylint.syntax.commented import Word
from policylint.syntax.filling import OBLIGATIONS, STEP, filled, fits, joined
from policylint.syntax.phrases import CLAUSES

WIDTH = 100
"""The columns that a line may have where it can be broken."""
_FLOW_COLUMN = len("purpose") + 2
_CITES_COLUMN = len("require")
_ORDERED = ("party", "service", "flow")
"""Whose clauses have an order; those of policies stand in the order of the policy's text."""


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
        return filled(words, 0, 2 * STEP, room.first)
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
    body = "  ".join(joined(entry) for entry in entries)
    line = f"{joined(block.head)} {body} }}" if body else joined(block.head) + "}"
    return [_with_comment(line, block.close)] if len(line) <= room else None


def _block_lines(block: Block, indent: int, room: int) -> Iterator[str]:
    head = filled(block.head, indent, indent + 2 * STEP, room)
    if not block.entries and not block.close.above and not block.head[-1].beside:
        yield from head[:-1]
        yield _with_comment(head[-1] + "}", block.close)
        return
    yield from head
    yield from _without_blank_at_start(_body(block, indent + STEP, room))
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
    if keyword.type in OBLIGATIONS:
        return _obligation(words, indent, room)
    if kind == "flow":
        column = _FLOW_COLUMN
    elif kind == "clause":
        column = _CITES_COLUMN if keyword.type == "CITES" else 0
    padded = [keyword._replace(text=keyword.text.ljust(column - 1)), *words[1:]]
    hang = indent + STEP if keyword.type == "WAIVE" else indent + column
    return filled(padded, indent, hang, room)


def _obligation(words: Sequence[Word], indent: int, room: int) -> list[str]:
    """On one line, or `unless` on a line of its own, or each of its alternatives on one."""
    at = next((index for index, word in enumerate(words) if word.type == "UNLESS"), len(words))
    if at == len(words) or fits(words, indent, room):
        return filled(words, indent, indent + STEP, room)
    lines = filled(words[:at], indent, indent + STEP, room)
    inner = indent + STEP
    exception = words[at:]
    lines += _above(exception[0], inner, blanks=False)
    if fits(exception, inner, room):
        return [*lines, *filled(exception, inner, inner, room)]
    for alternative in _alternatives(exception):
        if alternative[0].type == "OR":
            lines += _above(alternative[0], inner + STEP, blanks=False)
        start = inner if alternative[0].type == "UNLESS" else inner + STEP
        lines += filled(alternative, start, inner + 2 * STEP, room)
    return lines


def _alternatives(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    starts = [0, *(index for index, word in enumerate(words) if word.type == "OR"), len(words)]
    return (words[start:end] for start, end in pairwise(starts))


def _with_comment(line: str, word: Word) -> str:
    return f"{line.rstrip()}  {word.beside}" if word.beside else line.rstrip()
