"""A case in; whether its policy governs it, and what it does as far as that depends on its two ends alone, out."""

from collections.abc import Hashable

from policylint.verdict.actions import Action
from policylint.verdict.case import ANY, Case
from policylint.vocabulary.answer import Answer


class Ends:
    """What is known of all flows between two such nodes, or of an operation."""

    __slots__ = ("_done", "governed")

    def __init__(self, governed: Answer) -> None:
        self.governed = governed
        self._done: dict[Action, Answer] = {}

    def does(self, case: Case, does: Action) -> Answer:
        """Whether it does something that depends on its ends alone: asked when it is needed, of any such case."""
        answer = self._done.get(does)
        if answer is None:
            answer = self._done[does] = does(case, ANY)
        return answer


class AllEnds:
    """The ends of all flows that a policy looks at."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Ends] = {}

    def of(self, case: Case) -> Ends:
        """The ends of a case."""
        flow = case.flow
        if flow is None:
            return Ends(case.governed)
        sender, receiver = flow.sender, flow.receiver
        key = (sender.kind, sender.party, receiver.kind, receiver.party, sender.name == receiver.name)
        ends = self._known.get(key)
        if ends is None:
            ends = self._known[key] = Ends(case.governed)
        return ends
