"""Files into declarations: text in, the piece of text of every declaration out (section 2
and 3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .tokens import UnreadableError, tokens

START = re.compile(r"(?:term|party|service|flow|policy)(?![A-Za-z0-9_.-])")
MARKER = re.compile(r"(?P<leader>#+|//+|--+|;+|\*+|<!--)[ \t]*policylint:[ \t]*(?P<text>.*)$")
LEADER = re.compile(r"\s*(?:/\*+|#+|//+|--+|;+|\*+(?!/)|<!--)\s?(.*)$")
STAR = re.compile(r"\s*\*+(?!/)\s?(.*)$")
CLOSER = re.compile(r"\*/|-->")
STRING = re.compile(r'"(?:\\.|[^"\\])*"')


@dataclass(frozen=True)
class Piece:
    """The text of one declaration and where it stands; `annotation` in a source file's comment."""

    path: str
    text: str
    annotation: bool


def pieces_of(path: str, text: str) -> list[Piece]:
    """'Files are UTF-8, with or without a byte order mark, `\\n` or `\\r\\n`.'"""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if path.endswith((".flow", ".policy")):
        return [Piece(path, piece, False) for piece in declared(lines)]
    return [Piece(path, piece, True) for piece in annotated(lines)]


def declared(lines: list[str]) -> list[str]:
    """'Every top-level declaration starts in the first column … and runs to the next such line.'"""
    groups: list[list[str]] = [[]]
    for line in lines:
        if START.match(line):
            groups.append([])
        groups[-1].append(line)
    texts = ["\n".join(group) for group in groups]
    return [text for number, text in enumerate(texts) if number or says_something(text)]


def says_something(text: str) -> bool:
    """Only comments may stand before the first declaration."""
    try:
        return bool(tokens(text))
    except UnreadableError:
        return True


def annotated(lines: list[str]) -> list[str]:
    """'The marker `policylint:` right after the comment leader opens one.'"""
    return [
        annotation(match, lines[number + 1 :]) for number, line in enumerate(lines) if (match := MARKER.search(line))
    ]


def annotation(match: re.Match[str], following: list[str]) -> str:
    """'It runs on through the following comment lines until its braces balance.'"""
    in_block = match["leader"].startswith(("*", "<!--"))
    text, closed = up_to_closer(match["text"])
    for line in following:
        if closed or balanced(text) or MARKER.search(line):
            break
        comment = (STAR if in_block else LEADER).match(line)
        if not comment and not in_block:
            break
        more, closed = up_to_closer(comment[1] if comment else line)
        text += "\n" + more
    return text


def up_to_closer(line: str) -> tuple[str, bool]:
    """Cut a line where its block comment ends, and say whether it does."""
    match = CLOSER.search(masked(line))
    return (line[: match.start()], True) if match else (line, False)


def balanced(text: str) -> bool:
    """A `term` has no braces; anything else is whole once its last brace is closed."""
    if not START.match(text) or text.startswith("term"):
        return True
    code = "\n".join(masked(line).split("#")[0] for line in text.split("\n"))
    return "}" in code and code.count("{") <= code.count("}")


def masked(line: str) -> str:
    """Blank the insides of strings, keeping the length."""
    return STRING.sub(lambda match: '"' + "_" * (len(match.group()) - 2) + '"', line)
