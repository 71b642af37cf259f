"""What a flow does (section 5, the table of actions): one function per row."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .acting import acts_for, bound_parties
from .nodes import is_subject, not_bound, operator, places, same_operator
from .scene import Scene
from .three import MAYBE, NO, YES, Answer, every, opposite, some, truth
from .words import Word

THIRD = ("third_party", "independent_controller", "joint_controller", "public")


def collection(scene: Scene) -> Answer:
    """'Its receiver acts for a bound party, and its sender is a subject or does not act for
    that party.'
    """
    project, policy, flow = scene.project, scene.policy, scene.flow
    from_outside = some(
        every(
            (
                acts_for(project, policy, flow.receiver, party),
                some(
                    (
                        is_subject(project, flow.sender),
                        opposite(acts_for(project, policy, flow.sender, party)),
                    )
                ),
            )
        )
        for party in bound_parties(project, policy)
    )
    # 'never between nodes that one party runs'
    return every((from_outside, opposite(same_operator(project, flow.sender, flow.receiver))))


def use(scene: Scene) -> Answer:
    """'Always: every flow has purposes.'"""
    return YES


def sharing(scene: Scene) -> Answer:
    """'Run by different parties, neither is a subject, and no bound party runs the receiver.'"""
    project, flow = scene.project, scene.flow
    if flow.sender == flow.receiver:
        return NO  # 'A node's flow to itself is neither sharing nor transfer.'
    return every(
        (
            opposite(same_operator(project, flow.sender, flow.receiver)),
            opposite(is_subject(project, flow.sender)),
            opposite(is_subject(project, flow.receiver)),
            not_bound(project, scene.policy.binds, operator(project, flow.receiver)),
        )
    )


def sale(scene: Scene) -> Answer:
    """'It is `sharing`, and `consideration` is `money` or `value`, or the purpose ⊑
    `disclosure.sale`.'
    """
    for_sale = scene.words.compare("purpose", scene.atom.purpose, Word("disclosure.sale"))
    return every((sharing(scene), some((paid_for(scene), for_sale))))


def paid_for(scene: Scene) -> Answer:
    """'`consideration` not declared is *maybe* where the receiver is, or may be, below
    `third_party` …'
    """
    if scene.flow.consideration is not None:
        return truth(scene.flow.consideration in ("money", "value"))
    third = some(scene.is_recipient(scene.flow.receiver, Word(role)) for role in THIRD)
    return every((MAYBE, third))


def transfer(scene: Scene) -> Answer:
    """'The destination is not a place of the sender (for a subject: of the subject).'"""
    flow = scene.flow
    if flow.sender == flow.receiver:
        return NO  # 'A node's flow to itself is neither sharing nor transfer.'
    return leaves(scene, origins(scene), scene.atom.place)


def origins(scene: Scene) -> list[Word | None]:
    """Give the places of the sender, or of the subject that sends."""
    if is_subject(scene.project, scene.flow.sender) != YES:
        return places(scene.project, scene.flow.sender)
    who = scene.atom.who
    return [scene.words.word("place", who.place) if who and who.place else None]


def leaves(scene: Scene, origin: list[Word | None], destination: Word | None) -> Answer:
    """The fine print on transfer, in its order."""
    known = [place.text for place in origin if place is not None and place.known]
    if destination is None or not destination.known:
        return MAYBE  # 'where a place of either is not declared'
    if any(scene.words.below("place", destination.text, place) for place in known if place != "anywhere"):
        return NO  # 'No transfer where the destination lies inside a place of the sender'
    if "anywhere" in known or len(known) < len(origin):
        return MAYBE  # 'where the sender is `anywhere`', or a place of it is not declared
    if destination.text == "anywhere":
        return YES  # '`anywhere` as a destination is a transfer'
    wider = any(scene.words.below("place", place, destination.text) for place in known)
    return MAYBE if wider else YES  # 'where the destination is wider than a place of the sender'


def retention(scene: Scene) -> Answer:
    """'Its receiver is a service or party.'"""
    return opposite(is_subject(scene.project, scene.flow.receiver))


ACTIONS: Mapping[str, Callable[[Scene], Answer]] = {
    "collection": collection,
    "use": use,
    "sharing": sharing,
    "sale": sale,
    "transfer": transfer,
    "retention": retention,
}
