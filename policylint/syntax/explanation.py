"""A place where the grammar could not go on in; what is wrong there, in plain words, and what to do out.

Each kind of mistake is one function that either recognises it or returns None; `_CASES` is the order in which they are
asked. `grammar/errors` holds a sample of every kind with the words that it gets.
"""

import re
from collections.abc import Callable

from lark.exceptions import UnexpectedInput

from policylint.source.text import Chunk
from policylint.syntax.phrases import (
    CLAUSES,
    CONNECTORS,
    DECLARATIONS,
    NAME,
    NAMELESS,
    OPERANDS,
    SIGNS,
    STRINGS,
    VALUES,
    clauses_of,
    listed,
    quoted,
)
from policylint.syntax.scene import KNOWN, Explanation, Scene, Token, cut_into_tokens, look

_STRANGE_ESCAPE = re.compile(r'"(?:\\["\\]|[^"\\])*+(\\.)')
_LEADER = re.compile(r"//|/\*|--|<!--")


def explain(chunk: Chunk, error: UnexpectedInput) -> Explanation:
    """Say in the user's words what stopped the parser."""
    scene = look(chunk, error)
    return next(found for case in _CASES if (found := case(scene)))


def explain_beginning(chunk: Chunk) -> Explanation:
    """Say what is wrong with text that does not begin like a declaration."""
    tokens, _ = cut_into_tokens(chunk, chunk.end)
    if not tokens:
        help = "write the declaration right behind the marker, on the same line"
        return Explanation(chunk.start, chunk.start, "no declaration follows `policylint:`", help)
    first = tokens[0]
    if first.text not in DECLARATIONS or len(tokens) == 1:
        return _begins_none(first)
    what = quoted(f"{first.text} {tokens[1].text}")
    message = f"the declaration {what} does not begin in the first column"
    return Explanation(first.start, tokens[1].end, message, "move it to the beginning of its line")


def _no_declaration(scene: Scene) -> Explanation | None:
    """A keyword to which something sticks that is no name, as in `flow/signup`."""
    return None if scene.keyword in DECLARATIONS else _begins_none(scene.tokens[0])


_BEGIN = f"begin it with {listed(DECLARATIONS, 'or')}"


def _begins_none(token: Token) -> Explanation:
    near = token.nearest(DECLARATIONS)
    return token.says(f"{token} begins no declaration", f"did you mean `{near}`?" if near else _BEGIN)


def _torn(scene: Scene) -> Explanation | None:
    torn = next((token for token in scene.tokens[: scene.index + 1] if token.kind == "torn"), None)
    if torn is None:
        return None
    if escape := _STRANGE_ESCAPE.match(torn.text):
        start = torn.start + escape.start(1)
        message = f"{quoted(escape[1])} has no meaning in a text"
        return Explanation(start, torn.start + escape.end(1), message, "write `\\\\` for a backslash")
    return torn.says("this text is not closed on its line", 'end it with `"`')


def _quote_inside(scene: Scene) -> Explanation | None:
    token, before = scene.token, scene.before
    if token is None or before.kind != "text" or before.end != token.start or not token.is_word:
        return None
    return Explanation(
        before.end - 1, before.end, f"this quote ends the text before {token}", 'write `\\"` for a quote inside a text'
    )


def _foreign_comment(scene: Scene) -> Explanation | None:
    leader = _LEADER.match(scene.chunk.text, scene.token.start) if scene.token else None
    return leader and Explanation(*leader.span(), f"`{leader.group()}` begins no comment", "begin comments with `#`")


def _second_declaration(scene: Scene) -> Explanation | None:
    token, (name, then) = scene.token, scene.following
    if token is None or token.text not in DECLARATIONS or not name.is_word:
        return None
    if then.text[0] not in '{"' and then.text != "from" and token.text != "term":
        return None
    first = "close the one before it with `}` and " if scene.opened else ""
    return Explanation(
        token.start,
        name.end,
        f"the declaration {quoted(f'{token.text} {name.text}')} does not begin in the first column",
        f"{first}move it to the beginning of a line of its own",
    )


def _after_the_end(scene: Scene) -> Explanation | None:
    token = scene.token
    if token is None or "$END" not in scene.expected:
        return None
    if scene.keyword == "term" and token.text == "{":
        return token.says("a term has no body", "remove the braces")
    if token.is_word and scene.begins_line(token) and scene.following[0].is_word:
        return _begins_none(token)
    help = "remove it, or the `}` before it" if scene.before.text == "}" and token.text != "}" else "remove it"
    return token.says(f"{token} stands after the end of this {scene.keyword}", help)


def _open_brace(scene: Scene) -> Explanation | None:
    """The declaration ends, or a policy's next clause begins, inside braces."""
    token = scene.token
    in_clause = token is not None and scene.inside == "clause" and token.text == "clause" and "RBRACE" in scene.expected
    if not scene.opened or (token is not None and not in_clause):
        return None
    brace = scene.opened[-1]
    section = scene.tokens[brace - (2 if scene.tokens[brace - 1].kind == "text" else 1)]
    what = f"the clause {section}" if scene.inside == "clause" else f"this {scene.keyword}"
    where = " before the next `clause`" if in_clause else ""
    return scene.tokens[brace].says(f"the body of {what} is not closed", f"add the missing `}}`{where}")


def _comma_too_many(scene: Scene) -> Explanation | None:
    """A comma before the next clause, whose keyword the grammar took for a name, or before no name at all."""
    before, last = scene.before, scene.last_but_one
    if last.text == "," and before.text in CLAUSES[scene.inside] and scene.token is not None:
        return last.says(f"after this comma {before} begins the next clause", "remove the comma")
    if before.text == "," and scene.expected & {"NAME", "STRING", "PIN"} and scene.ends_here:
        what = "another comma" if scene.token and scene.token.text == "," else "nothing"
        return before.says(f"{what} follows this comma", "remove the comma")
    return None


def _swallowed(scene: Scene) -> Explanation | None:
    """A keyword that the grammar took for the name that is missing before it."""
    before, last = scene.before, scene.last_but_one
    if scene.token is None or before.text not in KNOWN or "NAME" in scene.expected or scene.keyword == "term":
        return None
    wants_name = last.text in DECLARATIONS or (last.text in KNOWN and last.text not in NAMELESS)
    return _missing_after(last) if wants_name else None


def _missing_after(token: Token) -> Explanation:
    noun, help = OPERANDS.get(token.text, ("name", f"write a name after {token}"))
    return token.says(f"the {noun} is missing after {token}", help)


def _sign(scene: Scene) -> Explanation | None:
    token = scene.token
    help = SIGNS.get(token.text[0]) if token and token.kind == "sign" else None
    if token is None or help is None or (token.text == "{" and not ("NAME" in scene.expected and scene.opened)):
        return None
    return token.says(f"{token} has no meaning here", help)


def _value(scene: Scene) -> Explanation | None:
    """A date, period, age, pin, text … that is missing, or is none."""
    known = next((phrase for terminal, phrase in VALUES.items() if terminal in scene.expected), None)
    if known and "RBRACE" not in scene.expected:
        return _lacking(scene, *known)
    if "STRING" in scene.expected:
        return _lacking(scene, *STRINGS.get(scene.before.text, STRINGS["at"]))
    if "NAME" not in scene.expected:
        return None
    if scene.keyword == "term":
        return _lacking(scene, "facet" if scene.index == 1 else "name", "write `term FACET NAME`")
    return _missing_after(scene.before) if scene.ends_here else _lacking(scene, *NAME)


def _lacking(scene: Scene, noun: str, help: str) -> Explanation:
    token, before = scene.token, scene.before
    if noun == "age" and before.text[0].isdigit():  # `aged 16`: what stands after it is not at fault
        token = before
    elif token is None or scene.ends_here:
        return before.says(f"the {noun} is missing after {before}", help)
    article = "an" if noun[0] in "aeio" else "a"
    return token.says(f"{token} is not {article} {noun}", help)


def _head(scene: Scene) -> Explanation | None:
    """What is missing between a declaration's keyword and its body."""
    token, before = scene.token, scene.before
    if scene.expected == {"STRING"} and not scene.opened:
        return before.says(f"the title is missing after {before}", "write it in double quotes")
    if "LBRACE" in scene.expected:
        if token is None or token.kind == "text":
            return before.says(f"the body of this {scene.keyword} is missing", "add `{ … }`")
        return token.says(f"`{{` is missing before {token}", "add `{`")
    if scene.expected in ({"FROM"}, {"TO"}):
        word = next(iter(scene.expected)).lower()
        return before.says(f"`{word}` is missing after {before}", "write `flow NAME from SENDER to RECEIVER { … }`")
    return None


def _link(scene: Scene) -> Explanation | None:
    """A word that links two parts of a clause is missing between them."""
    token, before = scene.token, scene.before
    if "FOR" in scene.expected and scene.expected <= {"FOR", "AND", "OR"}:
        return before.says(f"`for` is missing after {before}", "write what it is required for, as in `for transfer`")
    if "COLON" in scene.expected:
        return before.says(f"the section is missing after {before}", "write `on POLICY:SECTION`")
    if "BECAUSE" in scene.expected and token is not None and token.kind == "text":
        return token.says("`because` is missing before this text", "add `because`")
    if "BECAUSE" in scene.expected:
        return before.says(f"the reason is missing after {before}", 'write `because "reason"`')
    return None


def _malformed(scene: Scene) -> Explanation | None:
    """A word of which the grammar could read the beginning only."""
    token = scene.token
    if token is None or not token.is_word or (token.start == scene.offset and token.text.isascii()):
        return None
    return token.says(f"{token} is not a name", NAME[1])


def _second_condition(scene: Scene) -> Explanation | None:
    """After `unless` and its condition only `and` and `or` go on."""
    token = scene.token
    if token is None or token.text not in CONNECTORS or not {"AND", "OR"} <= scene.expected:
        return None
    if token.text == "unless":
        return token.says("one promise has two `unless`", "join the conditions with `or`")
    return token.says(
        f"{token} stands after the condition of `unless`", "join it with `and`, or move it before `unless`"
    )


def _misplaced(scene: Scene) -> Explanation | None:
    """A word that is right somewhere else."""
    token, inside = scene.token, scene.inside
    if token is None or token.text not in KNOWN or token.text in CLAUSES[inside]:
        return None
    if token.text in ("and", "or"):
        return token.says(f"{token} joins what is required or excepted, nothing else", "write a comma between names")
    homes = [home for home, words in CLAUSES.items() if token.text in words]
    if inside == "clause" and "policy" in homes:
        return token.says(f"{token} belongs to the policy, not to one clause of it", "move it out of the clause")
    if inside == "policy" and "clause" in homes:
        return token.says(f"{token} stands in no clause", f"write `clause SECTION {{ {token.text} … }}`")
    if not homes:
        return None
    article = f"a clause of a {homes[0]}" if homes[0] != "clause" else "a promise of a policy"
    return token.says(f"{token} is {article}, not of a {inside}", clauses_of(inside))


def _word(scene: Scene) -> Explanation | None:
    """A word where a clause could begin or a list go on."""
    token, before = scene.token, scene.before
    if token is None or not token.is_word or token.text in KNOWN:
        return None
    begins = scene.begins_line(token)
    words = [word for word in (*CLAUSES[scene.inside], *CONNECTORS) if word.upper() in scene.expected]
    near = token.nearest(words, 0.7 if begins else 0.75)
    if near:
        what = "clause" if near in CLAUSES[scene.inside] else "word"
        return token.says(f"there is no {what} {token}", f"did you mean `{near}`?")
    if "COMMA" in scene.expected and before.is_word and not (begins and scene.may_be_clause(token)):
        place = f"between {before} and {token}"
        return token.says(f"a comma is missing {place}", "add the comma")
    return token.says(f"there is no clause {token} here", clauses_of(scene.inside))


def _anything(scene: Scene) -> Explanation:
    token = scene.token
    if token is None:
        return scene.before.says(f"this {scene.keyword} is not complete", "write the rest of it")
    if token.text in KNOWN:
        return token.says(f"{token} does not fit here", "move it to where it belongs, or remove it")
    return token.says(f"{token} has no meaning here", "remove it")


_CASES: tuple[Callable[[Scene], Explanation | None], ...] = (
    _no_declaration,
    _torn,
    _quote_inside,
    _foreign_comment,
    _second_declaration,
    _after_the_end,
    _comma_too_many,
    _swallowed,
    _open_brace,
    _malformed,
    _sign,
    _head,
    _link,
    _value,
    _second_condition,
    _misplaced,
    _word,
    _anything,
)
