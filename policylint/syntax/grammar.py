"""The grammar in; the parser of one declaration out, made once, with tables that are kept for the next run.

Importing Lark takes longer than most runs need in all: only those import this that have something to ask.
"""

import hashlib
import os
from functools import cache
from typing import Any, cast

from lark import Lark, TextSlice
from lark.exceptions import UnexpectedInput
from lark.lexer import Lexer, LexerState, LexerThread, LineCounter

from policylint.cache.seal import folder_of_user
from policylint.source.text import Chunk
from policylint.syntax.builder import Builder
from policylint.syntax.literals import NotSoError
from policylint.syntax.rules import rules
from policylint.syntax.shapes import body_of
from policylint.syntax.tree import Declaration, FlowDeclaration, WrittenFlow

Stop = UnexpectedInput | NotSoError
"""What stops the parser."""


def read(chunk: Chunk) -> Declaration | Stop:
    """One declaration, or what stopped the parser."""
    try:
        made = grammar().parse(TextSlice(chunk.text, chunk.start, chunk.end))
    except (UnexpectedInput, NotSoError) as error:
        return error
    if isinstance(made, WrittenFlow):
        name, sender, receiver, label, *_ = made
        offset, start = receiver.end, name.start
        body = body_of(made, chunk.text[offset : chunk.end], offset)
        places = (sender.start - start, receiver.start - start)
        return FlowDeclaration(
            name.text, start, sender.text, places[0], receiver.text, places[1], label, body, offset - start
        )
    return cast(Declaration, made)


def sample(text: str) -> Any:
    """What is made of a declaration that stands for all of its shape; None where the grammar does not accept it."""
    try:
        return grammar().parse(text)
    except (UnexpectedInput, NotSoError):
        return None


class _Thread(LexerThread):
    """Lark's own, but for one thing: lines before a declaration are not counted.

    Nothing here asks for a line, and counting from the beginning of the file for each declaration takes a minute in
    a file of 100 000.
    """

    @classmethod
    def from_text(cls, lexer: Lexer, text_or_slice: str | bytes | TextSlice[Any]) -> "_Thread":
        """Begin where the declaration begins."""
        text = TextSlice.cast_from(text_or_slice)
        counter = LineCounter("\n")  # type: ignore[no-untyped-call]
        counter.char_pos = text.start
        return cls(lexer, LexerState(text, counter))


@cache
def grammar() -> Lark:
    """The parser of one declaration. Its tables are kept in the user's cache folder where there is one."""
    return Lark(
        rules(),
        parser="lalr",
        lexer="contextual",
        transformer=Builder(),
        cache=_tables(rules()) or False,
        _plugins={"LexerThread": _Thread},
    )


def _tables(text: str) -> str | None:
    """Where the grammar's tables are kept: never in a project, whose files somebody else may have written."""
    folder = folder_of_user()
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError:
        return None
    if not os.access(folder, os.W_OK):
        return None
    return os.path.join(folder, f"grammar-{hashlib.sha256(text.encode()).hexdigest()[:16]}.lark")
