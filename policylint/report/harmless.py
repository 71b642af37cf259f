"""Text that somebody else wrote in; the same text without what could act on a terminal or break a format out.

Names of files, labels, reasons and quotes may hold anything: escape sequences, marks that turn the direction of
writing, halves of characters.
"""

import unicodedata

_REPLACED = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_JOINERS = "\u200c\u200d"
"""Persian is not spelt, and many emoji are not drawn, without them."""
_REPLACEMENT = "\ufffd"


def harmless(text: str, most: int | None = None) -> str:
    """One line without control characters, cut to `most` characters; white space stays as spaces."""
    if most is not None and len(text) > most:
        text = text[: most - 1] + "…"
    return text if text.isascii() and text.isprintable() else "".join(map(_harmless, text))


def _harmless(character: str) -> str:
    if character in "\t\n\r\v\f":
        return " "
    if character in _JOINERS:
        return character
    if unicodedata.category(character) in _REPLACED or ord(character) & 0xFFFE == 0xFFFE:
        return _REPLACEMENT
    return character
