"""The words of the language, and how its parts are called when they are missing or wrong: data for `explanation`."""

from collections.abc import Iterable, Mapping
from typing import Final

DECLARATIONS: Final = ("term", "party", "service", "flow", "policy")
CLAUSES: Final[Mapping[str, tuple[str, ...]]] = {
    "term": (),
    "party": ("is", "for", "in", "with", "waive"),
    "service": ("of", "is", "in", "with", "keep", "at", "waive"),
    "flow": ("data", "purpose", "subject", "basis", "with", "via", "when", "keep", "consideration", "waive"),
    "policy": ("dated", "binds", "text", "clause"),
    "clause": ("cites", "hedged", "forbid", "require", "disclose", "unchecked"),
}
"""Whose clauses are whose; `clause` is one of a policy."""
CONNECTORS: Final = (
    *("of", "as", "from", "to", "for", "into", "outside", "via", "with", "beyond", "unless", "and", "or"),
    *("aged", "in", "after", "until", "because", "on"),
)
"""The words inside clauses."""

Phrase = tuple[str, str]
"""What something is called, and what to do where it is missing."""

NAME: Final[Phrase] = ("name", "write a name: letters, digits, `_` and `-`, in parts joined by dots")
_PERIOD = ("period", "write `30 days`, `6 months after EVENT`, `until EVENT` or `forever`")
_AGE = ("age", "write `16+`, `under 16` or `13 to 15`")
_DATE = ("date", "write the year, the month and the day, as in `2027-01-31`")

VALUES: Final[Mapping[str, Phrase]] = {
    "UNIT": ("unit of time", "write `hours`, `days`, `weeks`, `months` or `years`"),
    "FOREVER": _PERIOD,
    "UNDER": _AGE,
    "PLUS": _AGE,
    "INT": _AGE,
    "DATE": _DATE,
    "PIN": ("pin", "write the 12 digits (0 to 9, a to f) that `policylint pin` prints"),
    "SECTION": ("section", "write the clause's number or name in the text, as in `5.1`"),
    "MONEY": ("consideration", "write `money`, `value` or `none`"),
}
"""What is wanted, by what of the grammar could follow; the first row that fits counts."""

STRINGS: Final[Mapping[str, Phrase]] = {
    "because": ("reason", 'write it in double quotes, as in `because "agreed with legal"`'),
    "at": ("glob", 'write it in double quotes, as in `at "web/**"`'),
    "text": ("path", 'write it in double quotes, as in `text "privacy.txt"`'),
}
"""What a text is, by the word before it."""

_NODE = "write a service, a party or a subject"
_EVENT = ("event", "write what it is counted from, as in `account_closed`")
OPERANDS: Final[Mapping[str, Phrase]] = {
    **{
        word: ("name", f"write one or more names after `{word}`, separated by commas")
        for word in (
            "data",
            "purpose",
            "subject",
            "basis",
            "via",
            "when",
            "with",
            "is",
            "in",
            "binds",
            "into",
            "outside",
        )
    },
    "forbid": ("action", "write what is forbidden, as in `forbid sale of contact`"),
    "require": ("measure", "write what is required, as in `require scc for transfer`"),
    "disclose": ("facet", "write what is disclosed, as in `disclose purpose service`"),
    "unless": ("condition", "write a measure or a pattern, as in `unless consent` or `unless for support`"),
    "waive": ("rule", "write the name or the code of the rule whose findings are accepted"),
    "on": ("policy", "write `on POLICY:SECTION`"),
    "as": ("form", "write what is left of identity, as in `as pseudonymised`"),
    "from": ("sender", _NODE),
    "to": ("receiver", _NODE),
    "after": _EVENT,
    "until": _EVENT,
}
"""What follows a word, where "a name" does not say enough."""
NAMELESS: Final = frozenset(
    (
        "hedged",
        "unchecked",
        "aged",
        "keep",
        "beyond",
        "consideration",
        "dated",
        "text",
        "at",
        "cites",
        "clause",
        "because",
    )
)
"""Words that no name follows."""

_BRACKETS = "remove the brackets: lists need none"
_QUOTES = 'use straight double quotes: `"…"`'
SIGNS: Final[Mapping[str, str]] = {
    **dict.fromkeys("=:", "remove it: what a clause says follows its keyword directly"),
    ";": "remove it: nothing stands between clauses",
    **dict.fromkeys("()[]{", _BRACKETS),
    **dict.fromkeys("'`\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb", _QUOTES),
    **dict.fromkeys("&|", "write `and`, `or`, or a comma"),
    "!": "remove it: write exceptions with `unless`",
}
"""Characters that other languages use, and what to do about them."""


def listed(words: Iterable[str], conjunction: str) -> str:
    """Words in backticks: `a`, `b` or `c`."""
    shown = [f"`{word}`" for word in words]
    return f"{', '.join(shown[:-1])} {conjunction} {shown[-1]}" if len(shown) > 1 else "".join(shown)


def quoted(text: str) -> str:
    """The user's words in backticks: shortened, and nothing in them that a terminal would obey."""
    short = text if len(text) <= 40 else text[:39] + "…"
    return "`" + "".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in short) + "`"


def clauses_of(inside: str) -> str:
    """What to write instead of a clause that there is not."""
    where = "here" if inside == "clause" else f"in a {inside}"
    return f"write one of the clauses that stand {where}: {listed(CLAUSES[inside], 'or')}"
