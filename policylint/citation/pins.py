"""A passage in; the pin that stands for it out: a fingerprint of its words, whatever its typography."""

import hashlib
import re
import unicodedata

LENGTH = 12
_RUN = re.compile(r"[\W_]+")


def normalised(text: str) -> str:
    """A passage as its pin sees it: compatible forms as one, lower case, all but letters and digits one space."""
    return _RUN.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def pin_of(text: str) -> str:
    """The pin of a passage."""
    return pin_of_normalised(normalised(text))


def pin_of_normalised(words: str) -> str:
    """The pin of a passage whose words are normalised already."""
    return hashlib.sha256(words.encode()).hexdigest()[:LENGTH]
