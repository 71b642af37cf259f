"""The questions about one part of an atom in; what a value of it answers to all of them out: a bit for each literal."""

from collections.abc import Collection, Hashable, Iterable
from typing import NamedTuple

from policylint.model.values import NONE, UNKNOWN, Claims, Node, Word
from policylint.verdict.case import View
from policylint.verdict.compare import Ask, Question
from policylint.verdict.search import mask_of
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer


class Bits(NamedTuple):
    """Answers to all questions, a bit for each literal: set where none says no, and where all say yes."""

    possible: int
    certain: int


ALL = Bits(-1, -1)


def together(*several: Bits) -> Bits:
    """What several parts answer."""
    possible = certain = -1
    for one in several:
        possible &= one[0]
        certain &= one[1]
    return Bits(possible, certain)


class Claimed(NamedTuple):
    """Claims as far as a part's questions tell them apart: those that any of them meets, as bits by their number."""

    met: int
    open: bool
    """Whether a word among them was not understood."""

    def __or__(self, other: "Claimed") -> "Claimed":
        return Claimed(self.met | other.met, self.open or other.open)


class Answers(dict[Hashable, Bits]):
    """What values of a part answer, each asked when it is looked up first."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._asking: list[tuple[int, Ask, bool]] = []
        self._met: dict[str, int] = {}
        self._claimed: dict[Claimed, Bits] = {}
        self._nodes: set[str] = set()

    def ask(self, position: int, question: Question, negated: bool) -> None:
        """Add a question of the literal at a position. All are there before a value is looked up."""
        self._asking.append((position, question.ask, negated))
        self._nodes |= question.nodes

    @property
    def positions(self) -> Collection[int]:
        """The literals that ask about the part."""
        return [position for position, _, _ in self._asking]

    @property
    def are_wanted(self) -> bool:
        """Whether anybody asks about the part."""
        return bool(self._asking)

    def __missing__(self, value: Hashable) -> Bits:
        if not self._asking:
            return ALL
        bits = self[value] = self._bits([ask(self._view, value) for _, ask, _ in self._asking])
        return bits

    def of_node(self, node: Node) -> Bits:
        """What a node answers: one of the many services that nobody names, the same as others like it."""
        # Nodes share one name space.
        is_named = node.kind != "service" or node.name in self._nodes
        key = node.name if is_named else (node.party, node.recipients)
        bits = self.get(key)
        if bits is None:
            bits = self[key] = self._bits([ask(self._view, node) for _, ask, _ in self._asking])
        return bits

    def of_claims(self, claimed: Claimed) -> Bits:
        """What claims answer."""
        bits = self._claimed.get(claimed)
        if bits is None:
            rest = UNKNOWN if claimed.open else NONE
            answers = [
                YES if claimed.met >> number & 1 else ask(self._view, rest)
                for number, (_, ask, _) in enumerate(self._asking)
            ]
            bits = self._claimed[claimed] = self._bits(answers)
        return bits

    def claimed(self, words: Iterable[Word]) -> Claimed:
        """What somebody claims: a question about claims is met where any one of them meets it, however many there are.

        Only for parts whose values are claims.
        """
        known, met, is_open = self._met, 0, False
        for word in words:
            key = word.key
            if key is None:
                is_open = True
            else:
                bits = known.get(key)
                met |= self._met_by(key) if bits is None else bits
        return Claimed(met, is_open)

    def gathered(self, claims: Claims) -> Claimed:
        """The same of claims that were put together before."""
        met = 0
        for key in claims.keys:
            met |= self._met_by(key)
        return Claimed(met, claims.open)

    def _met_by(self, key: str) -> int:
        met = self._met.get(key)
        if met is None:
            claim = Claims((key,))
            answers = [ask(self._view, claim) for _, ask, _ in self._asking]
            met = self._met[key] = mask_of([number for number, answer in enumerate(answers) if answer is YES])
        return met

    def _bits(self, answers: Iterable[Answer]) -> Bits:
        impossible, uncertain = [], []
        for (position, _, negated), answer in zip(self._asking, answers, strict=True):
            if answer is not (NO if negated else YES):
                uncertain.append(position)
                if answer is not MAYBE:
                    impossible.append(position)
        return Bits(~mask_of(impossible), ~mask_of(uncertain))
