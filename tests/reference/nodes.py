"""What is known of a node: its name in, who runs it, what it is, where it is and what it
claims out.
"""

from __future__ import annotations

from .project import Project
from .shapes import Party, Service
from .three import MAYBE, NO, YES, Answer, opposite, truth
from .words import NOTHING_KNOWN, Word


def kind(project: Project, name: str) -> str:
    """'NODE is a service, a party (standing for whatever it runs), or a subject term.'"""
    if name in project.services or name in project.broken_names("service"):
        return "service"
    if project.is_party(name):
        return "party"
    return "subject" if project.words.has("subject", name) else "unknown"


def is_subject(project: Project, name: str) -> Answer:
    """A name that is not known may be anything, a person too."""
    return {"subject": YES, "unknown": MAYBE}.get(kind(project, name), NO)


def operator(project: Project, name: str) -> str | None:
    """Name the party that runs a node; none: not known (or a person)."""
    if kind(project, name) == "party":
        return name
    service = project.services.get(name)
    if service is None:
        return None
    if service.operator is None:
        return project.owner  # 'A service with no `of` belongs to the project's *owner*.'
    return service.operator if project.is_party(service.operator) else None


def same_operator(project: Project, one: str, other: str) -> Answer:
    """Say whether one party runs both nodes."""
    if YES in (is_subject(project, one), is_subject(project, other)):
        return NO
    if one == other:
        return YES
    first, second = operator(project, one), operator(project, other)
    return MAYBE if first is None or second is None else truth(first == second)


def bound(project: Project, binds: tuple[str, ...], party: str | None) -> Answer:
    """Say whether a policy binds a party; a party that is not known may be any of those."""
    known = [name for name in binds if project.is_party(name)]
    if party is None:
        return MAYBE if known else NO
    return truth(party in known)


def not_bound(project: Project, binds: tuple[str, ...], party: str | None) -> Answer:
    """The opposite of bound."""
    return opposite(bound(project, binds, party))


def claimants(project: Project, name: str) -> list[Party | Service | None]:
    """Give the service and its party, or the party; none stands for one that is not known."""
    node_kind = kind(project, name)
    if node_kind == "subject":
        return []
    if node_kind == "party":
        return [project.parties.get(name)]
    if node_kind == "unknown" or name not in project.services:
        return [None]
    runs = operator(project, name)
    return [project.services[name], None if runs is None else project.parties.get(runs)]


def recipients(project: Project, name: str) -> list[Word]:
    """'A service's recipient terms are its own and its party's'; a person is a `data_subject`."""
    if kind(project, name) == "subject":
        return [Word("data_subject")]
    found: list[Word] = []
    for one in claimants(project, name):
        mine = [NOTHING_KNOWN] if one is None else project.words.words("recipient", one.recipients)
        found.extend(mine)
    return found


def safeguards(project: Project, name: str) -> list[Word]:
    """'A flow's safeguards are its own, its receiving service's and that service's party's.'"""
    found: list[Word] = []
    for one in claimants(project, name):
        mine = [NOTHING_KNOWN] if one is None else project.words.words("safeguard", one.safeguards)
        found.extend(mine)
    return found


def places(project: Project, name: str) -> list[Word | None]:
    """'Its places are its own if it declares any, else its party's'; none: not declared."""
    for one in claimants(project, name):
        if one is not None and one.places:
            return list(project.words.words("place", one.places))
    return [None]
