"""A policy file and its texts in; what its authors marked to be cited, and the file with the pins written, out.

A mark is a comment inside a clause: `# pin: "opening words"`, `# pin: line 12`, or both, `# pin: line 12 "words"`.
Several stand one after another with commas, or in comments of their own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policylint.citation.passages import Passage
from policylint.citation.pins import normalised
from policylint.citation.texts import PolicyText
from policylint.model.values import Clause, Policy

_TOKEN = re.compile(r'"(?:\\["\\]|[^"\\\r\n])*"|#[^\r\n]*|[{}]')
_MARK = re.compile(r"#+[ \t]*pin[ \t]*:(?P<what>.*)")
_ONE = re.compile(r'[ \t]*(?:line[ \t]+(?P<line>\d{1,7}))?[ \t]*(?P<words>"(?:\\["\\]|[^"\\])*")?[ \t]*(?:,|$)')
_PER_LINE = 6
_SHOWN = 4


@dataclass(frozen=True)
class Refusal:
    """A mark that cannot be followed: where it stands, and why."""

    at: int
    message: str


@dataclass(frozen=True)
class Mark:
    """What an author wants to be cited."""

    at: int
    line: int | None
    words: str | None

    def __str__(self) -> str:
        return " ".join([*([f"line {self.line}"] if self.line else []), *([f"“{self.words}”"] if self.words else [])])


@dataclass(frozen=True)
class Comment:
    """A comment with marks, and the clause that it stands in (its body, between the braces)."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    clause: Clause
    body: tuple[int, int]


@dataclass(frozen=True)
class Edit:
    """Text to put in the place of a stretch of the file."""

    start: int
    end: int
    text: str


def comments(text: str, policies: Sequence[Policy]) -> Iterator[Comment | Refusal]:
    """The comments with marks, in the order of the file, and a refusal for each that says nothing or stands outside."""
    clauses = sorted(
        ((clause.span.end, clause) for policy in policies for clause in policy.clauses), key=lambda pair: pair[0]
    )
    bodies = [(*_body(text, after), clause) for after, clause in clauses]
    for token in _TOKEN.finditer(text):
        found = _MARK.fullmatch(token.group()) if token.group().startswith("#") else None
        if found is None:
            continue
        around = next((body for body in bodies if body[0] < token.start() < body[1]), None)
        marks = _marks(found["what"], token.start())
        if around is None:
            yield Refusal(
                token.start(), "this mark stands in no clause: move it between the braces of the one it is for"
            )
        elif marks is None:
            message = (
                'this mark cannot be read: write `# pin: "opening words"`, `# pin: line 12` or `# pin: line 12 "words"`'
            )
            yield Refusal(token.start(), message)
        else:
            yield Comment(token.start(), token.end(), marks, around[2], around[:2])


def _body(text: str, after: int) -> tuple[int, int]:
    """Where a clause's braces stand; no pattern has braces of its own."""
    braces = (token for token in _TOKEN.finditer(text, after) if token.group() in "{}")
    opening = next(braces)
    return opening.end(), next(braces).start()


def _marks(what: str, at: int) -> tuple[Mark, ...] | None:
    marks: list[Mark] = []
    start = 0
    what = what.strip()
    while start < len(what):
        found = _ONE.match(what, start)
        if found is None or not (found["line"] or found["words"]):
            return None
        words = re.sub(r'\\(["\\])', r"\1", found["words"][1:-1]) if found["words"] else None
        if words is not None and not normalised(words):
            return None
        marks.append(Mark(at, int(found["line"]) if found["line"] else None, words))
        start = found.end()
    return tuple(marks) or None


def find(mark: Mark, text: PolicyText) -> Passage | Refusal:
    """The one passage that a mark means; a refusal shows the candidates where there are several, or none."""
    path = text.source.path
    candidates = [each for each in text.passages if mark.line is None or _covers_line(each, text, mark.line)]
    if mark.words is not None:
        candidates = _with_words(candidates, normalised(mark.words))
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        what = "passage has these words" if mark.line is None else "such passage stands on this line"
        return Refusal(mark.at, f"{mark}: no {what} of `{path}`: copy the passage's first words from there")
    shown = "; ".join(f"line {each.line} “{_short(each.text)}”" for each in candidates[:_SHOWN])
    more = f"; and {len(candidates) - _SHOWN} more" if len(candidates) > _SHOWN else ""
    if len({each.pin for each in candidates}) == 1:
        help = "give the line too: one pin stands for both, since they say the same"
    else:
        help = "give more words" if mark.line is None else "give its first words too"
    return Refusal(mark.at, f"{mark} means {len(candidates)} passages of `{path}`: {help} ({shown}{more})")


def _covers_line(passage: Passage, text: PolicyText, line: int) -> bool:
    return passage.line <= line <= text.source.position(max(passage.start, passage.end - 1)).line


def _with_words(candidates: Sequence[Passage], words: str) -> list[Passage]:
    """The passages that begin with some words (their number may stand before them); else those that contain them."""
    opening = [
        each
        for each in candidates
        if f"{each.words} ".startswith(f"{words} ")
        or f"{normalised(each.marker)} {each.words} ".startswith(f"{words} ")
    ]
    if opening:
        return opening
    # The last word of what somebody copied may be torn.
    torn = [each for each in candidates if each.words.startswith(words)]
    return torn or [each for each in candidates if f" {words} " in f" {each.words} "]


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def edits(text: str, clause: Clause, own: Sequence[Comment], pins: Sequence[str]) -> Iterator[Edit]:
    """Make `pins` the first entry of a clause, or put them in the place of those it has, and take its marks out."""
    opening = own[0].body[0]
    end_of_line = "\r\n" if text[text.find("\n", opening) - 1 : text.find("\n", opening)] == "\r" else "\n"
    if clause.pins:
        first, last = clause.pins[0].span.start, clause.pins[-1].span.end
        inside = [comment for comment in own if first < comment.start < last]
        indent = " " * (first - text.rfind("\n", 0, first) - 1)
        yield Edit(first, last, _listed(pins, indent, end_of_line))
    else:
        inside = []
        indent = _indent(text, opening)
        yield Edit(opening, opening, f"{end_of_line}{indent}cites  {_listed(pins, indent + ' ' * 7, end_of_line)}")
    yield from (_removal(text, comment) for comment in own if comment not in inside)


def _listed(pins: Sequence[str], indent: str, end_of_line: str) -> str:
    lines = [", ".join(pins[at : at + _PER_LINE]) for at in range(0, len(pins), _PER_LINE)]
    return f",{end_of_line}{indent}".join(lines)


def _indent(text: str, opening: int) -> str:
    """The indentation of a clause's first line that has one."""
    found = re.compile(r"[^\n]*\n(?:[ \t]*\r?\n)*([ \t]*)(?=[^\s}])").match(text, opening)
    return found[1] if found else "    "


def _removal(text: str, comment: Comment) -> Edit:
    """Take a mark out: its whole line where nothing else stands on it."""
    start = text.rfind("\n", 0, comment.start) + 1
    if text[start : comment.start].strip():
        blanks = len(text[: comment.start]) - len(text[: comment.start].rstrip(" \t"))
        return Edit(comment.start - blanks, comment.end, "")
    newline = text.find("\n", comment.end)
    return Edit(start, newline + 1 if newline >= 0 else comment.end, "")


def applied(text: str, changes: Sequence[Edit]) -> str:
    """A text with all edits made."""
    for edit in sorted(changes, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
