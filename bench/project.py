"""Nothing in; what a generated project is made of, and the facts of a flow that peers are given, out."""

from functools import cache, lru_cache
from typing import NamedTuple

from bench import ours

FOREVER = 10**6
"""Days that stand for no end."""
_UNITS = {"day": 1, "month": 28, "year": 365}


class Node(NamedTuple):
    """A party or a service. `roles` and `place` of a service are its party's too; `keep` is its default."""

    kind: str
    name: str
    label: str
    party: str
    roles: str
    place: str
    safeguards: tuple[str, ...]
    department: str = ""
    keep: str = ""

    @property
    def own(self) -> bool:
        """Whether Acme itself runs it."""
        return self.party == "acme"

    @property
    def acts(self) -> bool:
        """Whether it acts for Acme: it is Acme's own, or a processor's."""
        return self.own or self.roles.startswith("processor")


class Who(NamedTuple):
    """People, of an age, at a place."""

    term: str
    age: str
    place: str

    @property
    def text(self) -> str:
        """As a flow says it."""
        return f"{self.term} aged {self.age} in {self.place}"


class Body(NamedTuple):
    """What stands between the braces of a flow. An item is a word, or a word, ` as ` and a form."""

    data: tuple[str, ...]
    purpose: tuple[str, ...]
    subject: tuple[Who, ...]
    basis: tuple[str, ...]
    with_: tuple[str, ...]
    via: tuple[str, ...]
    when: tuple[str, ...]
    keep: str
    consideration: str

    def clauses(self) -> dict[str, tuple[str, ...]]:
        """Each clause that says anything, by its keyword, in the canonical order."""
        lists = {
            "data": self.data,
            "purpose": self.purpose,
            "subject": tuple(who.text for who in self.subject),
            "basis": self.basis,
            "with": self.with_,
            "via": self.via,
            "when": self.when,
            "keep": (self.keep,) if self.keep else (),
            "consideration": (self.consideration,) if self.consideration else (),
        }
        return {keyword: names for keyword, names in lists.items() if names}


class Flow(NamedTuple):
    """A flow; its sender is a node, or a subject's name."""

    name: str
    sender: Node | str
    receiver: Node
    label: str
    body: Body

    @property
    def sender_name(self) -> str:
        """What stands after `from`."""
        return self.sender if isinstance(self.sender, str) else self.sender.name


class Project(NamedTuple):
    """Parties, services and flows, and the words of its own (facet, word)."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]


class Facts(NamedTuple):
    """A flow as peers see it: flat, derived facts worked out, every word with all that it lies below."""

    does: frozenset[str]
    data: frozenset[str]
    purpose: frozenset[str]
    people: frozenset[str]
    to: frozenset[str]
    place: frozenset[str]
    measures: frozenset[str]
    youngest: int
    days: int


SETS = Facts._fields[:7]


def facts(flow: Flow) -> Facts:
    """The facts of a flow. This favours the peers: they get what policylint has to work out itself."""
    body, receiver = flow.body, flow.receiver
    items = [item.partition(" as ") for item in body.data]
    personal = tuple(word for word, _, form in items if form in ("", "pseudonymised"))
    measures = (
        closure("basis", body.basis)
        | closure("safeguard", body.with_ + receiver.safeguards)
        | closure("means", body.via)
        | closure("circumstance", body.when)
    )
    return Facts(
        does(flow),
        closure("data", personal),
        closure("purpose", body.purpose),
        closure("subject", tuple(who.term for who in body.subject)),
        closure("recipient", tuple(receiver.roles.split(", "))),
        closure("place", (receiver.place,)),
        measures,
        min((youngest(who.age) for who in body.subject), default=99),
        days(body.keep or receiver.keep),
    )


def does(flow: Flow) -> frozenset[str]:
    """The actions of a flow, as the language defines them where every fact is declared."""
    sender, receiver, body = flow.sender, flow.receiver, flow.body
    actions = {"use", "retention"}
    if isinstance(sender, str):
        if receiver.acts:
            actions.add("collection")
        if any(who.place != receiver.place for who in body.subject):
            actions.add("transfer")
        return frozenset(actions)
    if receiver.acts and not sender.acts:
        actions.add("collection")
    if sender.party != receiver.party and not receiver.own:
        actions.add("sharing")
        if body.consideration in ("money", "value") or "disclosure.sale" in body.purpose:
            actions.add("sale")
    if sender.place != receiver.place:
        actions.add("transfer")
    return frozenset(actions)


@lru_cache(maxsize=10_000)
def closure(facet: str, words: tuple[str, ...]) -> frozenset[str]:
    """Words of a facet with all that they lie below."""
    return frozenset(above for word in words for above in ours.above(facet, word))


def youngest(age: str) -> int:
    """The youngest age of `16+`, `under 16` or `13 to 15`."""
    return 0 if age.startswith("under") else int(age.split()[0].rstrip("+"))


@cache
def days(keep: str) -> int:
    """The days of a period, begun ones included; where months vary, the fewest.

    No limit of the policy lies between the fewest days and the most.
    """
    if keep == "forever":
        return FOREVER
    amount, unit = keep.split()
    return -(-int(amount) // 24) if unit == "hours" else int(amount) * _UNITS[unit.rstrip("s")]
