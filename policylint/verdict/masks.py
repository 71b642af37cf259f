"""A flow in; the few promises that it may break at all out: all are asked at once, as bits.

Each part of a flow (a kind of data, a purpose, a place, …) answers with one bit for each literal, set where that may
hold; the `and` of all leaves the promises to judge. It can leave too many: the values of a flow are taken together, and
adequacy is not asked. It never leaves too few.
"""

from collections.abc import Hashable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from policylint.model.flow import Content, Flow
from policylint.model.values import Node, Subject
from policylint.verdict.actions import Action, depends_on_ends, is_shipped
from policylint.verdict.answers import Bits
from policylint.verdict.case import Case
from policylint.verdict.parts import LISTED, to_list
from policylint.verdict.questionnaire import Questionnaire
from policylint.verdict.search import mask_of, numbers
from policylint.vocabulary.answer import NO


class _End(NamedTuple):
    """What a node leaves as a sender, or as a receiver but for its safeguards: the flow has some too."""

    mask: int
    run: int
    """The same for all nodes of a kind that one party runs."""
    alike: int
    """The same for all that no promise tells apart."""
    safeguards: int
    """The same for all whose safeguards no promise tells apart. A sender's are not asked."""


class _Says(NamedTuple):
    """What the words of a flow leave, but for its safeguards."""

    content: Content
    mask: int
    safeguards: int
    has_people: bool = False
    """Whether those whom it names were asked: these are many, and few flows need it."""


class Masks:
    """What each part of flows leaves, asked once for all flows that have it."""

    def __init__(self, questions: Questionnaire) -> None:
        self._questions = questions
        formulas, parts = questions.formulas, questions.parts
        self._numbers = {each.always: number for number, each in enumerate(formulas)}
        self._any = mask_of(self._numbers)
        self._choices = [[mask_of(clause) for clause in each.clauses] for each in formulas]
        self._about_people = mask_of([each.always for each in formulas if "subject" in each.parts])
        self._listing = {each.facet: each.always for each in formulas if each.facet in LISTED}
        by_action: dict[Action, list[int]] = {}
        for each in formulas:
            by_action.setdefault(each.does, []).append(each.always)
        self._doing = {does: mask_of(positions) for does, positions in by_action.items()}
        self._is_all_shipped = all(map(is_shipped, by_action))
        self._of_sender, self._of_receiver = parts["sender"], parts["receiver"]
        self._subjects, self._safeguards = parts["subject"], parts["safeguard"]
        self._interned: dict[Hashable, int] = {}
        self._contents: dict[int, _Says] = {}
        self._ends: dict[tuple[int, int, bool], int] = {}
        self._together: dict[tuple[int, int], int] = {}
        self._senders: dict[str, _End] = {}
        self._receivers: dict[str, _End] = {}
        self._came: dict[frozenset[Subject], int] = {}

    def of(self, flow: Flow) -> Sequence[int]:
        """The formulas that a flow may break, by their positions."""
        sender = self._senders.get(flow.sender.name) or self._sending(flow.sender)
        receiver = self._receivers.get(flow.receiver.name) or self._receiving(flow.receiver)
        ends = (sender.run, receiver.run, flow.sender.name == flow.receiver.name)
        mask = self._ends.get(ends)
        if mask is None:
            mask = self._ends[ends] = self._of_ends(flow)
        mask &= sender.mask & receiver.mask
        if not mask & self._any:
            return ()
        says = self._contents.get(id(flow.content)) or self._says(flow)
        mask &= says.mask
        if mask & self._about_people and not says.has_people:
            mask &= self._of_people(flow, says)
        if not mask & self._any:
            return ()
        together = self._together.get((says.safeguards, receiver.safeguards))
        mask &= self._of_safeguards(flow) if together is None else together
        left = mask & self._any
        if not left:
            return ()
        formulas = (self._numbers[position] for position in numbers(left))
        return [number for number in formulas if all(mask & choice for choice in self._choices[number])]

    def alike(self, flow: Flow) -> Hashable:
        """Equal for flows that no promise tells apart; None where the action of a plug-in may look at anything."""
        if not self._is_all_shipped:
            return None
        sender, receiver = self._senders[flow.sender.name], self._receivers[flow.receiver.name]
        is_asked = self._about_people and not flow.content.subjects
        came = self._questions.view.world.travel.marks(flow) if is_asked else ()
        # No other content has its id: this one is kept with what it answers.
        return sender.alike, receiver.alike, flow.sender.name == flow.receiver.name, id(flow.content), came

    def _sending(self, node: Node) -> _End:
        bits, run = self._of_sender.of_node(node), self._run(node)
        found = _End(bits.possible, run, self._number((run, node.places, bits)), 0)
        self._senders[node.name] = found
        return found

    def _receiving(self, node: Node) -> _End:
        bits, run = self._of_receiver.of_node(node), self._run(node)
        places = _either(self._questions.parts["place"][place] for place in node.places.places())
        alike = self._number((run, node.places, bits, node.safeguards))
        safeguards = self._number(self._safeguards.gathered(node.safeguards))
        found = _End(bits.possible & places, run, alike, safeguards)
        self._receivers[node.name] = found
        return found

    def _run(self, node: Node) -> int:
        return self._number((node.kind, node.party))

    def _number(self, value: Hashable) -> int:
        return self._interned.setdefault(value, len(self._interned))

    def _of_ends(self, flow: Flow) -> int:
        """What flows between two such nodes may do, if the policy governs them; nothing else of the flow is asked."""
        case = self._case(flow)
        ends = self._questions.ends.of(case)
        if ends.governed is NO:
            return 0
        may_be_done = (
            mask for does, mask in self._doing.items() if not depends_on_ends(does) or ends.does(case, does) is not NO
        )
        return ~self._any | sum(may_be_done)

    def _says(self, flow: Flow) -> _Says:
        content = flow.content
        mask = self._questions.contents.possible(flow)
        for facet, always in self._listing.items():
            named = self._questions.parts[f"named {facet}"]
            words = to_list(content, facet)
            mask &= _either(named[word.key] for word in words) if words else ~(1 << always)
        # INVARIANT: a content is kept with what it leaves, so that no other one ever has its id.
        safeguards = self._number(self._safeguards.claimed(content.safeguards))
        says = self._contents[id(content)] = _Says(content, mask, safeguards)
        return says

    def _of_safeguards(self, flow: Flow) -> int:
        """What the safeguards of a flow and its receiver leave."""
        own = self._safeguards.claimed(flow.content.safeguards)
        others = self._safeguards.gathered(flow.receiver.safeguards)
        mask = self._safeguards.of_claims(own | others).possible
        self._together[self._number(own), self._number(others)] = mask
        return mask

    def _of_people(self, flow: Flow, says: _Says) -> int:
        """What those leave whose data it is: whom the flow names, or who came with its items."""
        if flow.content.subjects:
            mask = says.mask & self._of_subjects(flow.content.subjects)
            self._contents[id(flow.content)] = says._replace(mask=mask, has_people=True)
            return mask
        mask = 0
        for subjects in self._questions.view.world.came(flow):
            if subjects not in self._came:
                self._came[subjects] = self._of_subjects(subjects)
            mask |= self._came[subjects]
        return mask

    def _of_subjects(self, subjects: Iterable[Subject]) -> int:
        return _either(self._subjects[subject] for subject in subjects)

    def _case(self, flow: Flow) -> Case:
        return Case(self._questions.view.world, self._questions.view.bound, flow, flow.receiver)


def _either(answers: Iterable[Bits]) -> int:
    """What any of some values leaves."""
    return reduce(or_, (bits.possible for bits in answers), 0)
