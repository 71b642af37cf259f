"""An atom of a flow in; whether the flow does something there (collect, share, sell, transfer, …) out."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from types import MappingProxyType

from policylint.model.values import Node
from policylint.verdict.case import ANY, Atom, Case, View
from policylint.verdict.compare import is_role
from policylint.verdict.parts import ITEM, PLACE, PURPOSE, SUBJECT, Value, origins
from policylint.verdict.search import EVERYTHING, Box, limited, meet, numbers
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer

Action = Callable[[Case, Atom], Answer]
_BUYERS = ("third_party", "independent_controller", "joint_controller", "public")


def collection(case: Case, _: Atom) -> Answer:
    """The receiver acts for a bound party; the sender is a subject or does not act for that party."""
    flow, acting = case.flow, case.world.acting
    if flow is None:
        return NO

    def by(principal: str) -> Answer:
        return min(
            acting.acts_for(flow.receiver, principal, case.bound),
            acting.acts_for(flow.sender, principal, case.bound).negated(),
        )

    collected = max(map(by, case.bound), default=NO)
    return min(collected, acting.same_party(flow.sender, flow.receiver).negated())


def use(case: Case, _: Atom) -> Answer:
    """Every flow is for something."""
    return YES if case.flow else NO


def sharing(case: Case, _: Atom) -> Answer:
    """Different parties run sender and receiver, neither is a subject, and no bound party runs the receiver."""
    flow, acting = case.flow, case.world.acting
    if flow is None or "subject" in (flow.sender.kind, flow.receiver.kind):
        return NO
    return min(
        acting.same_party(flow.sender, flow.receiver).negated(), acting.bound(flow.receiver, case.bound).negated()
    )


def sale(case: Case, atom: Atom) -> Answer:
    """Sharing for money or value, or for the purpose of selling."""
    shared = sharing(case, atom)
    if shared is NO or case.flow is None:
        return NO
    given = case.content.consideration
    undeclared = min(may_be_paid(case, given), may_pay(case, case.receiver))
    return min(shared, max(is_for_sale(case, atom.purpose), is_paid(case, given), undeclared))


def is_for_sale(view: View, purpose: str | None) -> Answer:
    """Whether a purpose is to sell."""
    return view.world.words["purpose"].compare(purpose, "disclosure.sale")


def is_paid(_: View, given: str | None) -> Answer:
    """Whether something is declared to be given for data."""
    return NO if given in (None, "none") else YES


def may_be_paid(_: View, given: str | None) -> Answer:
    """Maybe where it is not declared what is given."""
    return MAYBE if given is None else NO


def may_pay(view: View, node: Node) -> Answer:
    """Whether a node uses data for itself, or may: nobody else would pay for it."""
    return max(is_role(view, node, role) for role in _BUYERS)


def transfer(case: Case, atom: Atom) -> Answer:
    """The destination is not a place of the sender, or of the subject where that is the sender."""
    flow = case.flow
    if flow is None or flow.sender.name == flow.receiver.name:
        return NO
    return _moved(case, origins(case, atom.carried.subject), atom.place)


def _moved(case: Case, left: tuple[str | None, ...], destination: str | None) -> Answer:
    """Whether data leaves all of its places of origin; None is a place that is not declared."""
    above = case.world.words["place"].above
    places = [origin for origin in left if origin not in (None, "anywhere")]
    if destination is None:
        return MAYBE
    if not above(destination).isdisjoint(places):
        return NO
    if len(places) < len(left):
        return MAYBE
    is_wider = destination != "anywhere" and any(destination in above(origin) for origin in places if origin)
    return MAYBE if is_wider else YES


def retention(case: Case, _: Atom) -> Answer:
    """The receiver keeps what it gets; people do not."""
    if case.flow is None:
        return NO
    return {"subject": NO, "unknown": MAYBE}.get(case.receiver.kind, YES)


def received(case: Case, _: Atom) -> Answer:
    """A party that is not bound runs the receiver. No policy speaks of it; it decides which recipients are listed."""
    if case.flow is None or case.receiver.kind == "subject":
        return NO
    return case.world.acting.bound(case.receiver, case.bound).negated()


def operation(case: Case, _: Atom) -> Answer:
    """Not a flow: a bound party runs a service, or is there."""
    return NO if case.flow else YES


ACTIONS: Mapping[str, Action] = MappingProxyType(
    {action.__name__: action for action in (collection, use, sharing, sale, transfer, retention, operation)}
)
"""The actions of the language; plug-ins may add some."""

Read = tuple[int, Callable[[Case, Value], Hashable]]
"""A dimension, and what of its values is looked at."""

_READS: Mapping[Action, Sequence[Read]] = MappingProxyType(
    {
        **dict.fromkeys((*ACTIONS.values(), received), ()),
        sale: ((PURPOSE, lambda _, purpose: purpose),),
        transfer: ((SUBJECT, origins), (PLACE, lambda _, place: place)),
    }
)
_EVERYTHING: Sequence[Read] = [(dimension, lambda _, value: value) for dimension in (ITEM, SUBJECT, PURPOSE, PLACE)]
"""What the action of a plug-in may look at."""


def is_shipped(does: Action) -> bool:
    """Whether an action is one of the language, and looks at nothing but what is said here."""
    return does in _READS


def depends_on_ends(does: Action) -> bool:
    """Whether an action looks at nothing but the ends of a flow and how they are run."""
    return not _READS.get(does, _EVERYTHING)


def looks_at_people(does: Action, case: Case) -> bool:
    """Whether it matters for an action whose data it is."""
    return any(dimension == SUBJECT for dimension, _ in _reads(does, case))


def _reads(does: Action, case: Case) -> Sequence[Read]:
    reads = _READS.get(does, _EVERYTHING)
    return reads[1:] if does is transfer and not case.is_from_people else reads


def where(case: Case, does: Action, answer: Answer, among: Box) -> Sequence[Box]:
    """Where in a box a case does something so surely, or more so."""

    def tried(reads: Sequence[Read], atom: Atom) -> Sequence[Box]:
        if not reads:
            return [EVERYTHING] if does(case, atom) >= answer else []
        (dimension, look), *others = reads
        values = _values(case, dimension)
        seen: dict[Hashable, int] = {}
        for number in numbers(among[dimension] & (1 << len(values)) - 1):
            key = look(case, values[number])
            seen[key] = seen.get(key, 0) | 1 << number
        alike: dict[tuple[Box, ...], int] = {}
        for mask in seen.values():
            boxes = tuple(tried(others, _with(atom, dimension, values[next(numbers(mask))])))
            alike[boxes] = alike.get(boxes, 0) | mask
        return [meet(box, limited(dimension, mask)) or box for boxes, mask in alike.items() for box in boxes]

    return tried(_reads(does, case), ANY)


def _values(case: Case, dimension: int) -> Sequence[Value]:
    if dimension == ITEM:
        return case.items
    if dimension == SUBJECT:
        return case.subjects
    return case.purposes if dimension == PURPOSE else case.places


def _with(atom: Atom, dimension: int, value: Value) -> Atom:
    if dimension == PURPOSE:
        return atom._replace(purpose=value)
    if dimension == PLACE:
        return atom._replace(place=value)
    carried = atom.carried._replace(item=value) if dimension == ITEM else atom.carried._replace(subject=value)
    return atom._replace(carried=carried)
