"""Boxes of combinations, and clauses that all have to hold, in; where they hold out, without making the combinations.

A box has one bit mask for each dimension, with a bit for each value: it stands for all combinations of them. A clause
is a list of boxes, its alternatives, and holds in all of these.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

Box = tuple[int, int, int, int, int]
Clause = Sequence[Box]

EVERYTHING: Box = (-1, -1, -1, -1, -1)
_FEW = 16


def meet(one: Box, other: Box) -> Box | None:
    """What two boxes have in common, None for nothing."""
    a, b, c, d, e = one
    v, w, x, y, z = other
    box = (a & v, b & w, c & x, d & y, e & z)
    return box if all(box) else None


def limited(dimension: int, values: int) -> Box:
    """All combinations with some values of one dimension."""
    masks = [-1] * len(EVERYTHING)
    masks[dimension] = values
    a, b, c, d, e = masks
    return a, b, c, d, e


def numbers(mask: int) -> Iterator[int]:
    """The positions of the bits that are set."""
    digits = f"{mask:b}"[::-1]
    position = digits.find("1")
    while position >= 0:
        yield position
        position = digits.find("1", position + 1)


def mask_of(positions: Collection[int]) -> int:
    """The bits at some positions: in a time that grows with the number of positions, however many there are."""
    if len(positions) <= _FEW:
        mask = 0
        for position in positions:
            mask |= 1 << position
        return mask
    found = bytearray()
    for position in positions:
        byte, bit = divmod(position, 8)
        if byte >= len(found):
            found.extend(bytes(byte + 1 - len(found)))
        found[byte] |= 1 << bit
    return int.from_bytes(found, "little")


class Search(NamedTuple):
    """Where all of some clauses hold: anywhere in some boxes."""

    starts: Sequence[Box]
    clauses: Sequence[Clause]

    def within(self, limit: Box) -> "Search":
        """The search in a part of it."""
        return self.among((limit,))

    def among(self, boxes: Sequence[Box]) -> "Search":
        """The search in what it has in common with any of some boxes."""
        return Search([both for box in boxes for start in self.starts if (both := meet(box, start))], self.clauses)

    def narrowed(self) -> "Search":
        """The same, with what its clauses leave no choice about settled in its boxes."""
        if not self.clauses:
            return self
        boxes = [narrowed for start in self.starts if (narrowed := _narrowed(start, self.clauses))]
        if len(boxes) <= 1 or not any(clauses for _, clauses in boxes):
            return Search([box for box, _ in boxes], boxes[0][1] if boxes else ())
        return self

    def find(self) -> Box | None:
        """Any box in which all clauses hold everywhere; None if they hold nowhere."""
        if not self.clauses:
            return self.starts[0] if self.starts else None
        pending: list[tuple[Box, Sequence[Clause]]] = [(start, self.clauses) for start in reversed(self.starts)]
        while pending:
            narrowed = _narrowed(*pending.pop())
            if narrowed is None:
                continue
            box, clauses = narrowed
            if not clauses:
                return box
            fewest = min(clauses, key=len)
            others = [clause for clause in clauses if clause is not fewest]
            pending += reversed([(branch, others) for branch in _branches(box, fewest)])
        return None

    def values(self, dimension: int) -> int:
        """The values of a dimension with which all clauses hold somewhere."""
        if not self.clauses:
            return reduce(or_, (box[dimension] for box in self.starts), 0)
        found, rest = 0, -1
        while box := self.within(limited(dimension, rest)).find():
            found |= box[dimension]
            rest = ~found
        return found

    def first(self) -> Sequence[int]:
        """The first combination with which all clauses hold: the least value of the first dimension, and so on.

        Only where there is any.
        """
        if not self.clauses and len(self.starts) == 1:
            return [(mask & -mask).bit_length() - 1 for mask in self.starts[0]]
        search, chosen = self, []
        for dimension in range(len(EVERYTHING)):
            least = search._least(dimension)
            search = search.within(limited(dimension, 1 << least))
            chosen.append(least)
        return chosen

    def _least(self, dimension: int) -> int:
        least = -1
        search: Search | None = self
        while search and (box := search.find()):
            least = (box[dimension] & -box[dimension]).bit_length() - 1
            search = self.within(limited(dimension, (1 << least) - 1)) if least else None
        return least


def _narrowed(box: Box, clauses: Sequence[Clause]) -> tuple[Box, Sequence[Clause]] | None:
    """A box without what clauses of one alternative rule out, and the clauses that still leave a choice there."""
    while True:
        before, choices = box, []
        for clause in clauses:
            left = [both for alternative in clause if (both := meet(box, alternative))]
            if not left:
                return None
            if box in left:
                continue
            if len(left) == 1:
                box = left[0]
            else:
                choices.append(left)
        if box == before or not choices:
            return box, choices
        clauses = choices


def _branches(box: Box, clause: Clause) -> Iterable[Box]:
    """A box for each alternative of a clause, those after it without it where that is a box again."""
    for alternative in clause:
        both = meet(box, alternative)
        if both:
            yield both
        ruled = [number for number in range(len(box)) if box[number] & ~alternative[number]]
        if len(ruled) == 1:
            rest = meet(box, limited(ruled[0], ~alternative[ruled[0]]))
            if rest is None:
                return
            box = rest
