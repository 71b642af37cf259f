"""Who acts for whom (section 5, 'Which flows a policy governs')."""

from __future__ import annotations

from .nodes import bound, kind, operator
from .project import Project
from .shapes import Flow, Policy
from .three import MAYBE, NO, YES, Answer, every, opposite, some
from .words import Word


def governs(project: Project, policy: Policy, flow: Flow) -> Answer:
    """'Those whose sender or receiver *acts for* a party it binds.'"""
    return some(
        acts_for(project, policy, node, party)
        for node in (flow.sender, flow.receiver)
        for party in bound_parties(project, policy)
    )


def bound_parties(project: Project, policy: Policy) -> list[str | None]:
    """Give the parties a policy binds; a name that is not known binds none that is declared."""
    return [name for name in policy.binds if project.is_party(name)]


def acts_for(project: Project, policy: Policy, node: str, party: str | None) -> Answer:
    """'A service acts as the party that runs it'; a person acts for nobody."""
    if kind(project, node) == "subject":
        return NO
    runs = operator(project, node)
    if runs is None or party is None:
        return MAYBE
    return party_acts_for(project, policy, runs, party)


def party_acts_for(project: Project, policy: Policy, start: str, party: str) -> Answer:
    """'A party acts for itself; a processor … also for whoever it works for, over any
    number of steps.'
    """
    answer, seen, one = YES, {start}, start
    while one != party:
        answer = every((answer, is_processor(project, policy, one)))
        boss = works_for(project, one)
        if answer == NO:
            return NO
        if boss is None:
            return MAYBE
        if boss in seen:
            return NO  # 'processors that work only for each other act for nobody else'
        seen.add(boss)
        one = boss
    return answer


def works_for(project: Project, name: str) -> str | None:
    """'`for` says for whom a processor works (default: the owner; without one it is not known).'"""
    party = project.parties.get(name)
    if party is None:
        return None
    if party.works_for is None:
        return project.owner
    return party.works_for if project.is_party(party.works_for) else None


def is_processor(project: Project, policy: Policy, name: str) -> Answer:
    """Look at the party's own roles: 'a role on the service itself counts … not for whom it
    acts'.
    """
    party = project.parties.get(name)
    if party is None:
        return MAYBE
    words = project.words.words("recipient", party.recipients)
    declared = some(
        project.words.compare("recipient", word, Word(role)) for word in words for role in ("processor", "subprocessor")
    )
    return declared if has_role(project, words) else some((declared, may_have_any(project, policy, name)))


def has_role(project: Project, words: tuple[Word, ...] | list[Word]) -> bool:
    """Say whether one of these words is a legal role, whatever else is there."""
    return any(word.known and project.words.is_role(word.text) for word in words)


def may_have_any(project: Project, policy: Policy, party: str | None) -> Answer:
    """'A party with no legal role against a role' is maybe; no if 'it is bound'."""
    return every((MAYBE, opposite(bound(project, policy.binds, party))))
