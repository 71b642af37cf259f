"""A place where the grammar could not go on in; what is wrong there, in plain words, and what to do out."""

import re
from difflib import get_close_matches
from typing import NamedTuple

from lark.exceptions import UnexpectedInput, UnexpectedToken

from policylint.source.text import Chunk

_TOKEN = re.compile(r'#[^\n]*|"(?:\\.|[^"\\\r\n])*"|"[^\r\n]*|[A-Za-z0-9_.+-]+|\S')
_KEYWORDS = ("term", "party", "service", "flow", "policy")
_PARTY = ("is", "for", "in", "with", "waive")
_SERVICE = ("of", "is", "in", "with", "keep", "at", "waive")
_FLOW = ("data", "purpose", "subject", "basis", "with", "via", "when", "keep", "consideration", "waive")
_POLICY = ("dated", "binds", "text", "clause")
_CLAUSE = ("cites", "hedged", "forbid", "require", "disclose", "unchecked")
_PREPOSITIONS = ("of", "as", "from", "to", "for", "into", "outside", "via", "with", "beyond", "unless")
_CLAUSES = {"party": _PARTY, "service": _SERVICE, "flow": _FLOW, "policy": (*_POLICY, *_CLAUSE, *_PREPOSITIONS)}
_WANTED = {
    "INT": "a period is missing: `30 days`, `until EVENT` or `forever`",
    "UNIT": "a unit is missing: hours, days, weeks, months or years",
    "DATE": "a day is missing, as in 2027-01-31",
    "PIN": "a pin has 12 digits from 0 to 9 and a to f",
    "SECTION": "the clause's section is missing, as in `clause 5.1`",
    "STRING": 'a text in double quotes is missing, as in `because "agreed with legal"`',
    "BECAUSE": '`because "reason"` is missing',
    "MONEY": "write `money`, `value` or `none`",
    "AGED": "write `aged 16+`, `aged under 16` or `aged 13 to 15`",
}


class Explanation(NamedTuple):
    """A place, what is wrong there, and what to do about it."""

    start: int
    end: int
    message: str
    help: str | None = None


class _Token(NamedTuple):
    text: str
    start: int
    end: int


def explain(chunk: Chunk, error: UnexpectedInput) -> Explanation:
    """Say in the user's words what stopped the parser."""
    tokens = [_Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(chunk.text, chunk.start, chunk.end)]
    tokens = [token for token in tokens if not token.text.startswith("#")]
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    offset = chunk.end if at_end else _offset(error)
    index = next((i for i, token in enumerate(tokens) if token.end > offset), len(tokens))
    expected = _expected(error)
    keyword = tokens[0].text if tokens and tokens[0].text in _KEYWORDS else None
    if keyword is None:
        return _no_declaration(tokens[0])
    unclosed = next((t for t in tokens[: index + 1] if t.text[0] == '"' and (len(t.text) < 2 or t.text[-1] != '"')), None)
    if unclosed:
        return Explanation(unclosed.start, unclosed.end, "this text is not closed on its line", 'end it with `"`')
    if index == len(tokens):
        return _unfinished(keyword, tokens, expected)
    return _unexpected(keyword, tokens, index, expected)


def _offset(error: UnexpectedInput) -> int:
    token = getattr(error, "token", None)
    found = token.start_pos if token is not None else error.pos_in_stream
    return found or 0


def _expected(error: UnexpectedInput) -> set[str]:
    return set(getattr(error, "accepts", None) or getattr(error, "expected", None) or getattr(error, "allowed", None) or ())


def _no_declaration(token: _Token) -> Explanation:
    near = get_close_matches(token.text[:40], _KEYWORDS, 1, 0.6)
    message = f"{_quoted(token)} begins no declaration"
    if near:
        return Explanation(token.start, token.end, message, f"did you mean `{near[0]}`?")
    return Explanation(token.start, token.end, message, "begin it with `term`, `party`, `service`, `flow` or `policy`")


def _unfinished(keyword: str, tokens: list[_Token], expected: set[str]) -> Explanation:
    """The text ended too early."""
    opened: list[_Token] = []
    for token in tokens:
        if token.text == "{":
            opened.append(token)
        elif token.text == "}" and opened:
            opened.pop()
    if opened:
        return Explanation(opened[-1].start, opened[-1].end, "this brace is not closed", "add the missing `}`")
    last = tokens[-1]
    if keyword != "term" and "{" not in (token.text for token in tokens):
        return Explanation(last.start, last.end, f"the body of this {keyword} is missing", "add `{ … }`")
    return Explanation(last.start, last.end, f"this {keyword} is not complete", _wanted(expected))


def _unexpected(keyword: str, tokens: list[_Token], index: int, expected: set[str]) -> Explanation:
    token = tokens[index]
    before = tokens[index - 1] if index else None
    if _is_head(tokens, index) and ("$END" in expected or expected & {"RBRACE", "COMMA"}):
        return Explanation(
            token.start,
            token.end,
            f"a declaration begins here, but not in the first column: `{token.text} {tokens[index + 1].text}`",
            "move it to the first column of its line",
        )
    if expected <= {"$END", "LABEL"} | set() or expected == {"$END"}:
        return Explanation(token.start, token.end, f"{_quoted(token)} stands after the end of this {keyword}", "remove it")
    if before and index > 1 and tokens[index - 2].text == "," and before.text in _all_clauses(keyword):
        comma = tokens[index - 2]
        return Explanation(comma.start, comma.end, f"after this comma another name should follow, not `{before.text} …`", "remove the comma")
    if _is_word(token) and ("COMMA" in expected or "RBRACE" in expected):
        return _word_in_body(keyword, token, before, expected)
    if "NAME" in expected or "ITEM" in expected:
        what = f"a name is missing after `{before.text}`" if before else "a name is missing"
        return Explanation(token.start, token.end, f"{what}, {_quoted(token)} stands there")
    if "LBRACE" in expected:
        return Explanation(token.start, token.end, f"{_quoted(token)} stands where the body should begin", "add `{`")
    if token.text in ("(", ")", ";", "=", ":", "[", "]"):
        return Explanation(token.start, token.end, f"{_quoted(token)} has no meaning here", "remove it; names are separated by commas")
    return Explanation(token.start, token.end, f"{_quoted(token)} does not fit here", _wanted(expected))


def _word_in_body(keyword: str, token: _Token, before: _Token | None, expected: set[str]) -> Explanation:
    """A word where a clause could begin or a list go on."""
    clauses = tuple(word for word in _all_clauses(keyword) if word.upper() in expected) or _all_clauses(keyword)
    for other, words in _CLAUSES.items():
        if other != keyword and token.text in words and token.text not in _CLAUSES[keyword]:
            return Explanation(token.start, token.end, f"`{token.text}` is a clause of a {other}, not of a {keyword}")
    near = get_close_matches(token.text[:40], clauses, 1, 0.7)
    if near:
        return Explanation(token.start, token.end, f"there is no clause {_quoted(token)}", f"did you mean `{near[0]}`?")
    if "COMMA" in expected and before and _is_word(before):
        return Explanation(token.start, token.end, f"a comma is missing between {_quoted(before)} and {_quoted(token)}", "add the comma")
    return Explanation(
        token.start, token.end, f"there is no clause {_quoted(token)} here", "the clauses are " + ", ".join(f"`{word}`" for word in clauses)
    )


def _all_clauses(keyword: str) -> tuple[str, ...]:
    return _CLAUSES[keyword] if keyword in _CLAUSES else ()


def _is_head(tokens: list[_Token], index: int) -> bool:
    return tokens[index].text in _KEYWORDS and index + 1 < len(tokens) and _is_word(tokens[index + 1])


def _is_word(token: _Token) -> bool:
    return token.text[0].isalpha() or token.text[0] == "_"


def _wanted(expected: set[str]) -> str | None:
    return next((words for terminal, words in _WANTED.items() if terminal in expected), None)


def _quoted(token: _Token) -> str:
    return f"`{token.text if len(token.text) <= 40 else token.text[:39] + '…'}`"
