"""Nothing in; the text of the grammar, and the words that it knows, out."""

import re
from functools import cache
from importlib import import_module
from pathlib import Path

_TERMINAL_OF_A_KEYWORD = re.compile(r"^[A-Z]+\.2: /(.+?)(?:\(\?!.+\))?/$", re.MULTILINE)
"""How the grammar writes a keyword: as a terminal that goes before names, perhaps with what does not follow it."""


@cache
def rules() -> str:
    """The text of the grammar."""
    folder = import_module("policylint_grammar").__path__[0]
    return Path(folder, "policylint.lark").read_text(encoding="utf-8")


def keywords() -> re.Pattern[str]:
    """What matches a whole word that is a keyword. What does not follow takes three times as long to compile."""
    return re.compile("|".join(_TERMINAL_OF_A_KEYWORD.findall(rules())))
