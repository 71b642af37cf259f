"""A written word in; how it is spelled, or the word that it is a slip of the pen for, out."""

from collections import Counter
from collections.abc import Iterable

from policylint.vocabulary.words import shipped

_LONG = 6
_SHORTEST = 4
_LONGEST = 60


def spelled(place: str) -> str:
    """How a place's code is written: in capitals, other names of countries by their code; an unknown one as it is."""
    return shipped()["place"].find(place) or place


def meant(word: str, known: Iterable[str]) -> str | None:
    """The word that a mistyped one stands for: the only known one near it, None where there are more or none.

    Near is one slip away (a letter too many, too few, another one, or two exchanged), or two slips for longer words.
    Words that differ in a digit are different words.
    """
    slips = 2 if len(word) >= _LONG else 1
    if not _SHORTEST <= len(word) <= _LONGEST:
        return None
    near = [key for key in known if _may_be_near(word, key, slips) and _slips(word, key) <= slips]
    return near[0] if len(near) == 1 else None


def _may_be_near(word: str, key: str, slips: int) -> bool:
    if abs(len(word) - len(key)) > slips or _digits(word) != _digits(key):
        return False
    return (Counter(word) - Counter(key)).total() <= slips


def _digits(word: str) -> list[str]:
    return [sign for sign in word if sign.isdigit()]


def _slips(one: str, other: str) -> int:
    """How many slips lie between two words (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        above, row = row, [i]
        for j, right in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]
