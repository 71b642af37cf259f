"""An atom of a flow in; whether the flow does something there (collect, share, sell, transfer, …) out."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from policylint.verdict.case import Atom, Case
from policylint.verdict.compare import is_role, known
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
    on_purpose = case.world.words["purpose"].compare(atom.purpose, "disclosure.sale")
    return min(shared, max(on_purpose, _paid(case)))


def _paid(case: Case) -> Answer:
    consideration = case.flow.consideration if case.flow else "none"
    if consideration is not None:
        return NO if consideration == "none" else YES
    # Not declared: only those who use data for themselves, or may, would pay for it.
    return min(MAYBE, max(is_role(case, case.receiver, role) for role in _BUYERS))


def transfer(case: Case, atom: Atom) -> Answer:
    """The destination is not a place of the sender, or of the subject where that is the sender."""
    flow = case.flow
    if flow is None or flow.sender.name == flow.receiver.name:
        return NO
    if flow.sender.kind == "subject":
        return moved(case, (known(atom.carried.subject.place),), atom.place)
    return moved(case, flow.sender.places.places(), atom.place)


def moved(case: Case, origins: tuple[str | None, ...], destination: str | None) -> Answer:
    """Whether data leaves all of its places of origin; None is a place that is not declared."""
    above = case.world.words["place"].above
    places = [origin for origin in origins if origin is not None]
    if destination is None:
        return MAYBE
    if any(origin != "anywhere" and origin in above(destination) for origin in places):
        return NO
    if None in origins or "anywhere" in places:
        return MAYBE
    is_wider = destination != "anywhere" and any(destination in above(origin) for origin in places)
    return MAYBE if is_wider else YES


def retention(case: Case, _: Atom) -> Answer:
    """The receiver keeps what it gets; people do not."""
    if case.flow is None:
        return NO
    return {"subject": NO, "unknown": MAYBE}.get(case.receiver.kind, YES)


def operation(case: Case, _: Atom) -> Answer:
    """Not a flow: a bound party runs a service, or is there."""
    return NO if case.flow else YES


ACTIONS: Mapping[str, Action] = MappingProxyType(
    {action.__name__: action for action in (collection, use, sharing, sale, transfer, retention, operation)}
)
"""The actions of the language; plug-ins may add some."""
