"""A seed, a size and a manner in; a realistic project out, a few per cent of whose flows break a promise."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from random import Random
from typing import NamedTuple

from bench import company, ours
from bench.broken import Broken, compiled
from bench.project import Body, Flow, Node, Project, Who, facts
from bench.promises import PREPOSITIONS, PROMISES

FAULTY = 0.05
"""The share of flows that are meant to break something."""
_BODIES = 8
"""How many ways of writing a flow a department has, for each kind of flow."""
_KINDS = {"collection": 30, "own": 33, "processor": 22, "outsider": 12, "bought": 3}
"""Kinds of flow, and how often each occurs."""
_LINE = 100 - len("  purpose  ")
"""The columns that a list may take."""
_LABELS = ("Nightly export", "Sync", "Sign-up", "Webhook", "Report", "Form", "Import", "Queue", "Backup", "Mirror")

Draw = Callable[[str, str, bool, Sequence[str]], Body]
"""A department, a kind of flow, whether something is wrong with it and what its sender holds in; a body out."""


class Manner(NamedTuple):
    """What kind of project it is: as it comes, a realistic one, whose flows share some hundreds of bodies."""

    distinct: bool = False
    """Whether practically no line occurs twice."""
    travels: bool = False
    """Whether only collections say whose data it is."""
    clean: bool = False
    """Whether no promise is broken."""


REPEATED = Manner()


def generate(size: int, seed: int = 1, manner: Manner = REPEATED) -> Project:
    """A project of `size` flows: 20 of them for each service, 30 services for each party."""
    random = Random(f"{seed} {size} {manner}")
    nodes = tuple(_nodes(random, max(12, size // 20)))
    draw = _distinct(random) if manner.distinct else _repeated(random)
    making = _Flows(random, nodes, draw, manner)
    return Project(nodes, tuple(making.make(number) for number in range(size)))


# Parties and services


def _nodes(random: Random, services: int) -> Iterator[Node]:
    acme = Node("party", "acme", "Acme", "acme", "controller", "IE", ("rights.access", "rights.erasure"))
    parties = [acme]
    for number in range(max(8, services // 30)):
        is_processor = number % 8 < 5
        outsider = company.OUTSIDERS[(number // 8 * 3 + number % 8 - 5) % len(company.OUTSIDERS)]
        roles = f"processor, {random.choice(company.PROCESSORS)}" if is_processor else outsider
        safeguards = (("dpa", "iso27001") if number % 3 else ("iso27001",)) if is_processor else ("soc2",)
        name = f"{'vendor' if is_processor else 'partner'}-{number}"
        parties.append(Node("party", name, f"Company {number}", name, roles, random.choice(company.PLACES), safeguards))
    parties[-1] = parties[-1]._replace(place=random.choice(company.FAULTS["places"]))
    yield from parties
    departments = list(company.DEPARTMENTS)
    for number in range(services):
        # Six services in ten are Acme's own; each other party has one at least.
        party = acme if number % 10 < 6 else parties[1 + (number // 10 * 4 + number % 10 - 6) % (len(parties) - 1)]
        department = departments[(number // 10 * 6 + number % 10) % len(departments)]
        keep = random.choice(("90 days", "1 year")) if random.random() < 0.5 else ""
        place = random.choice(company.PLACES) if party is acme else party.place
        name = f"{department}-{number}" if party is acme else f"{party.name}.s{number}"
        yield party._replace(
            kind="service", name=name, label=f"Service {number}", place=place, department=department, keep=keep
        )


# Flows


class _Flows:
    """Draws sender, receiver and body until the flow is as clean, or as faulty, as it is meant to be."""

    def __init__(self, random: Random, nodes: Sequence[Node], draw: Draw, manner: Manner) -> None:
        self._random, self._draw, self._manner = random, draw, manner
        services = [node for node in nodes if node.kind == "service"]
        self._own = [node for node in services if node.own]
        self._beside: dict[str, list[Node]] = {}
        for node in self._own:
            self._beside.setdefault(node.department, []).append(node)
        self._processors = [node for node in services if node.acts and not node.own]
        self._outsiders = [node for node in nodes if not node.acts]
        self._broken_by: Broken = compiled()
        self._held: dict[str, list[str]] = {}

    def make(self, number: int) -> Flow:
        """One flow."""
        random = self._random
        is_faulty = random.random() < FAULTY and not self._manner.clean
        for _ in range(200):
            kind = random.choices(list(_KINDS), list(_KINDS.values()))[0]
            flow = self._one(number, kind, is_faulty)
            if bool(self._broken_by(facts(flow))) is is_faulty:
                break
        held = self._held.setdefault(flow.receiver.name, [])
        held += [word for word in flow.body.data if word not in held]
        if self._manner.travels and kind != "collection":
            return flow._replace(body=flow.body._replace(subject=()))
        return flow

    def _one(self, number: int, kind: str, is_faulty: bool) -> Flow:
        random = self._random
        own = random.choice(self._own)
        other: Node | None = None
        if kind == "own":
            near = self._beside[own.department]
            while other is None or other is own:
                other = random.choice(near if len(near) > 1 else self._own)
        elif kind != "collection":
            other = random.choice(self._processors if kind == "processor" else self._outsiders)
        sender, receiver = own, other or own
        if kind == "bought" or (kind == "processor" and number % 5 == 0):
            sender, receiver = receiver, own
        body = self._draw(own.department, kind, is_faulty, () if other is None else self._held.get(sender.name, ()))
        if not (body.keep or receiver.keep):
            body = body._replace(keep="180 days")
        start = body.subject[0].term if kind == "collection" else sender
        return Flow(f"f{number}", start, receiver, f"{random.choice(_LABELS)} {number}", body)


# Bodies


def _repeated(random: Random) -> Draw:
    """Bodies out of a few hundred: people copy what they wrote before."""
    known: dict[tuple[str, str, bool], list[Body]] = {}

    def draw(department: str, kind: str, is_faulty: bool, held: Sequence[str]) -> Body:
        bodies = known.setdefault((department, kind, is_faulty), [])
        if len(bodies) < _BODIES * (2 if is_faulty else 1):
            bodies.append(_body(random, company.DEPARTMENTS[department], kind, is_faulty))
        return random.choice(bodies if is_faulty else _about(bodies, held))

    return draw


def _about(bodies: Sequence[Body], held: Sequence[str]) -> Sequence[Body]:
    """The bodies whose data somebody holds; all of them where that is none."""
    return [body for body in bodies if set(body.data) <= set(held)] or bodies


def _body(random: Random, words: company.Department, kind: str, is_faulty: bool) -> Body:
    faults = company.FAULTS

    def faulty() -> bool:
        return is_faulty and random.random() < 0.4

    data = random.sample(words.data, random.randint(2, 4))
    if random.random() < 0.1:
        data[0] += random.choice((" as pseudonymised", " as aggregated"))
    if faulty():
        data[-1] = random.choice(faults["data"])
    purposes = random.sample(words.purposes, random.randint(1, 2))
    if faulty():
        purposes[-1] = random.choice(faults["purposes"])
    ages = faults["ages"] if faulty() else company.AGES
    people = random.sample(words.people, random.randint(1, min(2, len(words.people))))
    people[-1:] = ["child"] if faulty() else people[-1:]
    bases = random.sample(company.BASES, random.randint(0 if faulty() else 1, 2))
    means = random.sample(company.COLLECTING, 1) if kind in ("collection", "bought") else []
    return Body(
        tuple(data),
        tuple(purposes),
        tuple(Who(term, random.choice(ages), random.choice(company.PLACES)) for term in people),
        tuple(bases),
        () if faulty() else _safeguards(random, kind),
        (*means, random.choice(faults["means"])) if faulty() else tuple(means),
        ("opted_in",) if random.random() < 0.15 else (),
        _keep(random, is_faulty),
        _consideration(random, kind, is_faulty),
    )


def _safeguards(random: Random, kind: str) -> tuple[str, ...]:
    measures = ["need_to_know", "encryption.at_rest"]
    if kind != "own":
        measures = random.sample(("encryption.in_transit", "confidentiality", "encryption.at_rest"), 2)
        measures[:0] = ["dpa", "scc.module2"] if random.random() < 0.8 else ["dpa"]
    return tuple(measures) if random.random() < 0.85 else ()


def _keep(random: Random, is_faulty: bool) -> str:
    if is_faulty and random.random() < 0.3:
        return random.choice(company.FAULTS["keeping"])
    if random.random() < 0.3:
        return ""
    return random.choice(company.KEEPING if random.random() < 0.8 else company.LONG_KEEPING)


def _consideration(random: Random, kind: str, is_faulty: bool) -> str:
    if kind not in ("outsider", "bought"):
        return ""
    return random.choice(("money", "value")) if is_faulty and random.random() < 0.6 else "none"


def _distinct(random: Random) -> Draw:
    """Bodies whose every line is drawn anew: longer lists from all words, ages and periods of any length."""
    words = {facet: _plain(facet) for facet in ("data", "purpose", "subject", "basis", "safeguard", "means")}
    places = [place for place in ours.words("place") if len(place) == 2 and place not in ("EU", *_named("place"))]

    def some(facet: str, most: int, first: Iterable[str] = (), held: Sequence[str] = ()) -> tuple[str, ...]:
        pool = held if len(held) > most else words[facet]
        return _fitting((*first, *random.sample(pool, most)))

    def draw(department: str, kind: str, is_faulty: bool, held: Sequence[str]) -> Body:
        body = _body(random, company.DEPARTMENTS[department], kind, is_faulty)
        ages = [f"{age} to {age + random.randint(1, 60)}" for age in (16, 18)]
        return body._replace(
            data=some("data", 5, body.data[-1:] if is_faulty else (), held),
            purpose=some("purpose", 4, body.purpose[-1:] if is_faulty else ()),
            subject=body.subject
            if is_faulty
            else tuple(Who(random.choice(words["subject"]), age, random.choice(places)) for age in ages),
            basis=some("basis", 4, body.basis),
            with_=some("safeguard", 4, body.with_[:2]),
            via=some("means", 4, body.via[-1:] if is_faulty else ()),
            when=(),
            keep=body.keep if is_faulty and body.keep else f"{random.randint(1, 48_000)} hours",
        )

    return draw


def _fitting(words: Sequence[str]) -> tuple[str, ...]:
    """As many of the words, each once, as go on one line: short rests of lists would occur often."""
    fitting: tuple[str, ...] = ()
    for word in dict.fromkeys(words):
        if len(", ".join((*fitting, word))) > _LINE:
            break
        fitting += (word,)
    return fitting


@cache
def _named(facet: str) -> frozenset[str]:
    """The words of a facet that promises name, and the one that the meaning of `sale` does."""
    return frozenset({"disclosure.sale"} if facet == "purpose" else ()) | frozenset(
        word
        for promise in PROMISES
        for preposition, names in promise.patterns.items()
        for word in names
        if PREPOSITIONS[preposition] == {"subject": "people", "means": "measures"}.get(facet, facet)
    )


@cache
def _plain(facet: str) -> list[str]:
    """Words of a facet that a promise does not name, nor any that is coarser than one: nothing is to be maybe."""
    named = _named(facet) - {"personal", "anyone"}
    coarser = {above for name in named for above in ours.above(facet, name)}
    return [
        word for word in ours.words(facet) if word not in coarser | {"personal"} and not ours.above(facet, word) & named
    ]
