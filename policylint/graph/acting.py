"""Parties in; for whom each acts out: itself, and for a processor whoever it works for, over any number of steps."""

from collections.abc import Mapping
from functools import cached_property

from policylint.frozen import Frozen
from policylint.model.values import Claims, Node
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer
from policylint.vocabulary.words import Vocabulary

_WORKING = ("processor", "subprocessor")


class Acting(Frozen):
    """Who acts for one bound party, and who it is that policies bind.

    A party that declares no legal role may have any, and so may work for somebody; one that the policy binds has none.
    """

    words: Vocabulary
    nodes: Mapping[str, Node]
    owner: str | None

    @cached_property
    def _roles(self) -> dict[tuple[Claims, str, Answer], Answer]:
        """What is known of `has_role`."""
        return {}

    @cached_property
    def _acts(self) -> dict[tuple[str, frozenset[str]], dict[str, Answer]]:
        """What is known of `_table`."""
        return {}

    def acts_for(self, node: Node, principal: str, bound: frozenset[str]) -> Answer:
        """Whether what a node does is done for a bound party: by a subject never, by an unknown node maybe."""
        if node.kind == "subject":
            return NO
        if node.party is None:
            return MAYBE
        return self._table(principal, bound).get(node.party, NO)

    def governs(self, node: Node, bound: frozenset[str]) -> Answer:
        """Whether a node acts for any bound party."""
        return max((self.acts_for(node, principal, bound) for principal in bound), default=NO)

    def bound(self, node: Node, bound: frozenset[str]) -> Answer:
        """Whether a bound party itself runs a node."""
        if node.kind == "subject":
            return NO
        if node.party is None:
            return MAYBE if bound else NO
        return YES if node.party in bound else NO

    def same_party(self, one: Node, other: Node) -> Answer:
        """Whether one party runs both nodes."""
        if "subject" in (one.kind, other.kind):
            return NO
        if one.name == other.name:
            return YES
        if one.party is None or other.party is None:
            return MAYBE
        return YES if one.party == other.party else NO

    def has_role(self, claims: Claims, name: str, is_bound: Answer) -> Answer:
        """Whether recipient terms make somebody a `name`, which is a legal role."""
        key = (claims, name, is_bound)
        answer = self._roles.get(key)
        if answer is None:
            answer = self._roles[key] = _claimed_role(self.words, claims.keys, claims.open, name, is_bound)
        return answer

    def _table(self, principal: str, bound: frozenset[str]) -> dict[str, Answer]:
        """How surely each party acts for the principal: a least fixed point, since processors may work in a circle."""
        table = self._acts.get((principal, bound))
        if table is not None:
            return table
        table = self._acts[principal, bound] = {principal: YES}
        clients: dict[str | None, list[tuple[str, Answer]]] = {}
        for name, node in self.nodes.items():
            if node.kind == "party" and name != principal:
                works = max(self.has_role(node.roles, role, YES if name in bound else NO) for role in _WORKING)
                client = node.works_for.key if node.works_for else self.owner
                clients.setdefault(client, []).append((name, works))
        for name, works in clients.get(None, ()):  # for whom is not known
            table[name] = min(works, MAYBE)
        pending = list(table)
        while pending:
            client_name = pending.pop()
            for name, works in clients.get(client_name, ()):
                answer = min(works, table[client_name])
                if answer > table.get(name, NO):
                    table[name] = answer
                    pending.append(name)
        return table


def _claimed_role(words: Vocabulary, keys: tuple[str, ...], is_open: bool, name: str, is_bound: Answer) -> Answer:
    """Whoever declares no role may have any, but for one that is bound."""
    recipients = words["recipient"]
    best = max((recipients.compare(key, name) for key in keys), default=NO)
    if is_open:
        return max(best, MAYBE)
    if any(recipients.is_role(key) for key in keys):
        return best
    return max(best, min(MAYBE, is_bound.negated()))
