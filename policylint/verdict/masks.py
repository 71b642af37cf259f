"""A flow in; the few promises that it may break at all out: all are asked at once, as bits.

Each part of a flow (a kind of data, a purpose, a place, …) answers with one bit for each literal, set where that may
hold; the `and` of all leaves the promises to judge. It can leave too many: the values of a flow are taken together, and
adequacy is not asked. It never leaves too few.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from types import MappingProxyType

from policylint.model.flow import Flow
from policylint.model.resolver import join
from policylint.model.values import Claims, Node, Subject
from policylint.verdict.actions import ACTIONS, Action, depends_on_ends, is_shipped, may_be_paid
from policylint.verdict.case import ANY, Case
from policylint.verdict.parts import LISTED
from policylint.verdict.questionnaire import Bits, Questionnaire, Said
from policylint.verdict.search import mask_of, numbers
from policylint.vocabulary.answer import NO

_WIDER: Mapping[Action, Action] = MappingProxyType({ACTIONS["sale"]: ACTIONS["sharing"]})
"""Actions that depend on more than the ends of a flow, and what they presuppose."""


class Masks:
    """What each part of flows leaves, asked once for all flows that have it."""

    def __init__(self, questions: Questionnaire) -> None:
        self._questions = questions
        formulas = questions.formulas
        self._numbers = {each.always: number for number, each in enumerate(formulas)}
        self._any = mask_of(self._numbers)
        self._about_people = mask_of(each.always for each in formulas if "subject" in each.parts)
        self._listing = {each.formula.facet: each.always for each in formulas if each.formula.facet in LISTED}
        by_action: dict[Action, list[int]] = {}
        for each in formulas:
            by_action.setdefault(each.formula.does, []).append(each.always)
        self._doing = {does: mask_of(positions) for does, positions in by_action.items()}
        self._selling = self._doing.get(ACTIONS["sale"], 0)
        self._paid: dict[Hashable, bool] = {}
        self._is_all_shipped = all(map(is_shipped, by_action))
        self._kinds: dict[tuple[str, str], int] = {}
        self._interned: dict[Hashable, int] = {}
        self._contents: dict[int, tuple[Said, int]] = {}
        self._ends: dict[tuple[object, ...], int] = {}
        self._receivers: dict[str, int] = {}
        self._safeguards: dict[tuple[Claims, Claims], int] = {}
        self._came: dict[frozenset[Subject], int] = {}

    def of(self, flow: Flow) -> Sequence[int]:
        """The formulas that a flow may break, by their positions."""
        sender, receiver, content = flow.sender, flow.receiver, flow.content
        ends = (sender.kind, sender.party, receiver.kind, receiver.party, sender.name == receiver.name)
        mask = self._ends.get(ends)
        if mask is None:
            mask = self._ends[ends] = self._of_ends(flow)
        if not mask:
            return ()
        said, left = self._contents.get(id(content)) or self._of_content(flow)
        at = self._receivers.get(receiver.name)
        if at is None:
            at = self._receivers[receiver.name] = self._of_receiver(receiver)
        mask &= left & at
        return self._formulas(flow, mask, said) if mask & self._any else ()

    def alike(self, flow: Flow) -> Hashable:
        """Equal for flows that no promise tells apart; None where the action of a plug-in may look at anything."""
        if not self._is_all_shipped:
            return None
        ends = (flow.sender.name, flow.receiver.name)
        kind = self._kinds.get(ends)
        if kind is None:
            kind = self._kinds[ends] = self._kind_of_ends(flow.sender, flow.receiver)
        # No other content has its id: this one is kept with what it answers.
        is_asked = self._about_people and not flow.content.subjects
        came = self._questions.view.world.travel.marks(flow) if is_asked else ()
        return kind, id(flow.content), came

    def _kind_of_ends(self, sender: Node, receiver: Node) -> int:
        """All that is asked of two nodes."""
        run = (sender.kind, sender.party, receiver.kind, receiver.party, sender.name == receiver.name)
        claims = (sender.places, receiver.places, receiver.safeguards, receiver.recipients)
        named = (self._questions.of_part("sender", sender), self._questions.of_part("receiver", receiver))
        return self._interned.setdefault((run, claims, named), len(self._interned))

    def _formulas(self, flow: Flow, mask: int, said: Said) -> Sequence[int]:
        """The same, with what takes longer to ask."""
        mask &= self._questions.of_part("sender", flow.sender).possible
        mask &= self._of_safeguards(said.safeguards, flow.receiver.safeguards)
        if mask & self._selling and not self._may_be_paid(flow):
            mask &= ~self._selling
        if mask & self._about_people and not flow.content.subjects:
            mask &= self._of_travel(flow)
        formulas = (self._numbers[position] for position in numbers(mask & self._any))
        return [number for number in formulas if self._may_hold(number, mask)]

    def _may_be_paid(self, flow: Flow) -> bool:
        receiver = flow.receiver
        key = (id(flow.content), receiver.kind, receiver.party, receiver.recipients)
        paid = self._paid.get(key)
        if paid is None:
            paid = self._paid[key] = may_be_paid(self._case(flow))
        return paid

    def _may_hold(self, number: int, mask: int) -> bool:
        clauses = self._questions.formulas[number].clauses
        return all(any(mask >> position & 1 for position in clause) for clause in clauses)

    def _of_ends(self, flow: Flow) -> int:
        """What flows between two such nodes may do, if the policy governs them; nothing else of the flow is asked."""
        case = self._case(flow)
        if case.governed is NO:
            return 0
        return ~self._any | sum(mask for does, mask in self._doing.items() if self._may_do(case, does))

    def _may_do(self, case: Case, does: Action) -> bool:
        does = _WIDER.get(does, does)
        return not depends_on_ends(does) or does(case, ANY) is not NO

    def _of_content(self, flow: Flow) -> tuple[Said, int]:
        """What the words of a flow leave, but for its safeguards: the receiver has some too."""
        said = self._questions.said(self._case(flow))
        mask = said.flow.possible & _either(said.items) & _either(said.purposes)
        if flow.content.subjects:
            mask &= self._of_subjects(flow.content.subjects)
        for facet, always in self._listing.items():
            elements = said.elements[facet]
            mask &= _either(elements) if elements else ~(1 << always)
        # INVARIANT: what it says is kept too, so that no other content ever has its id.
        self._contents[id(flow.content)] = said, mask
        return said, mask

    def _of_receiver(self, receiver: Node) -> int:
        """What the receiver's name and recipients leave, and its places."""
        places = [self._questions.of_part("place", place) for place in receiver.places.places()]
        return self._questions.of_part("receiver", receiver).possible & _either(places)

    def _of_safeguards(self, own: Claims, receivers: Claims) -> int:
        mask = self._safeguards.get((own, receivers))
        if mask is None:
            mask = self._questions.of_part("safeguard", join(own, receivers)).possible
            self._safeguards[own, receivers] = mask
        return mask

    def _of_travel(self, flow: Flow) -> int:
        """What the subjects leave that came with the items of a flow that names none."""
        mask = 0
        for subjects in self._questions.view.world.came(flow):
            if subjects not in self._came:
                self._came[subjects] = self._of_subjects(subjects)
            mask |= self._came[subjects]
        return mask

    def _of_subjects(self, subjects: Iterable[Subject]) -> int:
        return _either(self._questions.of_part("subject", subject) for subject in subjects)

    def _case(self, flow: Flow) -> Case:
        return Case(self._questions.view.world, self._questions.view.bound, flow, flow.receiver)


def _either(answers: Iterable[Bits]) -> int:
    """What any of some values leaves."""
    return reduce(or_, (bits.possible for bits in answers), 0)
