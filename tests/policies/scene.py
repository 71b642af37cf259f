"""A small project in which every fact is declared: one flow (or one operated party), as values and as text."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from policylint.model.period import Period
from policylint.syntax.tree import Age

Run = Literal["person", "own", "other"]
_WORKING = ("processor", "subprocessor")
ADULT = Age(30, None)
OWN = ("data", "purpose")
"""The facets for which a scene may have a word of its own, `….other`."""


class End(NamedTuple):
    """Who sends or receives: a person, a service that the bound party runs, or another party, with recipient terms."""

    run: Run
    terms: tuple[str, ...] = ()
    place: str = "CA"

    @property
    def works(self) -> bool:
        """Whether it works for somebody."""
        return self.run == "other" and any(term in _WORKING for term in self.terms)

    def name(self, sends: bool) -> str:
        """What it is called: whatever is alike in all that is declared has one name.

        A processor that sends is somebody else's: what one's own sends has been collected already.
        """
        word = "ours" if self.run == "own" else "foreign" if sends and self.works else "theirs"
        return "_".join([word, *self.terms, self.place])

    def declared(self, bound: str, sends: bool) -> str:
        """Its declaration."""
        lines = [*_clause("is", self.terms), f"in {self.place}"]
        if self.run == "own":
            return _block(f"service {self.name(sends)}", [f"of {bound}", *lines])
        if self.works:
            lines.append(f"for {'stranger' if sends else bound}")
        return _block(f"party {self.name(sends)}", lines)


class Claim(NamedTuple):
    """A measure that is taken."""

    facet: str
    key: str


@dataclass(frozen=True)
class Scene:
    """One flow with one of everything. Without a sender, no flow: the bound party and what it claims."""

    bound: str
    sender: End | None
    receiver: End
    data: str = "contact.email"
    form: str = "identified"
    purpose: str = "service.support"
    subject: str = "visitor"
    age: Age = ADULT
    home: str = "CA"
    claims: frozenset[Claim] = frozenset()
    keep: Period = field(default_factory=lambda: Period(1, "day"))
    paid: Literal["money", "value", "none"] = "none"

    @property
    def origin(self) -> str:
        """Where the data comes from."""
        return self.home if self.sender is None or self.sender.run == "person" else self.sender.place

    def claiming(self, *claims: Claim) -> "Scene":
        return replace(self, claims=self.claims | set(claims))

    def party(self) -> str:
        """The bound party, as it is operated."""
        lines = [*_clause("is", self.receiver.terms), f"in {self.receiver.place}", *self._claimed("safeguard", "with")]
        return _block(f"party {self.bound}", lines)

    def ends(self) -> list[str]:
        """The declarations of who sends and who receives; people need none."""
        ends = ((self.sender, True), (self.receiver, False))
        return [end.declared(self.bound, sends) for end, sends in ends if end and end.run != "person"]

    def flow(self, name: str) -> str:
        """The flow."""
        receiver = self.receiver.name(sends=False)
        return _block(f"flow {name} from {self.source} to {receiver}", self._lines())

    @property
    def source(self) -> str:
        """The name of the sender."""
        return self.subject if self.sender is None or self.sender.run == "person" else self.sender.name(sends=True)

    def _lines(self) -> list[str]:
        return [
            f"data {self.data} as {self.form}",
            f"purpose {self.purpose}",
            f"subject {self.subject} aged {_aged(self.age)} in {self.home}",
            *self._claimed("basis", "basis"),
            *self._claimed("safeguard", "with"),
            *self._claimed("means", "via"),
            *self._claimed("circumstance", "when"),
            f"keep {_kept(self.keep)}",
            f"consideration {self.paid}",
        ]

    def _claimed(self, facet: str, keyword: str) -> list[str]:
        return _clause(keyword, sorted(claim.key for claim in self.claims if claim.facet == facet))


def project(scenes: Sequence[Scene]) -> tuple[str, list[str]]:
    """Scenes of one policy as one project, and the declaration that each of them is."""
    if scenes[0].sender is None:
        return scenes[0].party(), [f"party {scenes[0].bound}"]
    names = [f"probe{number}" for number in range(1, len(scenes) + 1)]
    own = {(facet, key) for scene in scenes for facet in OWN if (key := getattr(scene, facet)).endswith(".other")}
    terms = [f"term {facet} {key}\n" for facet, key in sorted(own)]
    nodes = dict.fromkeys(text for scene in scenes for text in scene.ends())
    flows = [scene.flow(name) for scene, name in zip(scenes, names, strict=True)]
    parties = _block(f"party {scenes[0].bound}", ["in CA"])
    if any(scene.sender and scene.sender.works for scene in scenes):
        parties += _block("party stranger", ["is client"])
    return "".join([*terms, parties, *nodes, *flows]), [f"flow {name}" for name in names]


def differing(one: Scene, other: Scene) -> list[str]:
    """The facts in which two scenes differ."""
    return [name for name in one.__dataclass_fields__ if getattr(one, name) != getattr(other, name)]


def _aged(age: Age) -> str:
    return f"{age.youngest}+" if age.oldest is None else f"{age.youngest} to {age.oldest}"


def _kept(period: Period) -> str:
    if period.unit == "forever":
        return "forever"
    if period.amount == 0 and period.event != "collected":
        return f"until {period.event}"
    return f"{period.amount} {period.unit}s after {period.event}"


def _clause(keyword: str, names: Sequence[str]) -> list[str]:
    return [f"{keyword} {', '.join(names)}"] if names else []


def _block(head: str, lines: list[str]) -> str:
    return "\n".join([f"{head} {{", *(f"  {line}" for line in lines), "}", ""])
