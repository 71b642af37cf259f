"""Parties and services in; the nodes that flows run between, and who owns what nobody claims, out."""

from collections.abc import Iterable, Mapping

from policylint.model.globs import holds
from policylint.model.period import Period
from policylint.model.resolver import Resolver, join
from policylint.model.values import UNKNOWN, Claims, Default, Node, Word
from policylint.source.mistake import MistakeKind
from policylint.syntax.tree import Name, PartyDeclaration, ServiceDeclaration

STRANGER = "?"
"""The name of a node that is not known."""


def unknown_node(name: str, kind: str = "unknown") -> Node:
    """A node about which nothing is known, not even what it lacks."""
    if kind == "party":
        return Node("party", name, name, UNKNOWN, UNKNOWN, UNKNOWN, roles=UNKNOWN)
    if kind == "service":
        return Node("service", name, None, UNKNOWN, UNKNOWN, UNKNOWN, roles=UNKNOWN)
    return Node("unknown", name, None, UNKNOWN, UNKNOWN, UNKNOWN, roles=UNKNOWN)


def party(declared: PartyDeclaration, resolver: Resolver, parties: Mapping[str, object]) -> Node:
    """A party as a node, standing for whatever it runs."""
    recipients = resolver.claims("recipient", declared.recipients)
    works_for = declared.works_for and _party_name(declared.works_for, resolver, parties)
    return Node(
        "party",
        declared.name.text,
        declared.name.text,
        recipients,
        resolver.claims("place", declared.places),
        resolver.claims("safeguard", declared.safeguards),
        works_for=works_for,
        roles=recipients,
        span=resolver.span(declared.name),
        label=declared.label,
    )


def service(declared: ServiceDeclaration, resolver: Resolver, parties: Mapping[str, Node], owner: str | None) -> Node:
    """A service as a node, with what its party gives it. One that nobody runs is a mistake."""
    runs: Node | None
    if declared.party is not None:
        key = _party_name(declared.party, resolver, parties).key
        runs = parties[key] if key is not None else None
    elif owner is not None and owner in parties:
        runs = parties[owner]
        resolver.ledger.mentioned.add(("node", owner))
    else:
        runs = None
        name = declared.name
        resolver.mistake(
            MistakeKind.UNKNOWN_OPERATOR,
            name,
            f"nobody is said to run the service `{name.text}`",
            "add `of PARTY`, or set `owner` in the configuration",
        )
    by = runs or unknown_node(STRANGER, "party")
    places = resolver.claims("place", declared.places)
    return Node(
        "service",
        declared.name.text,
        runs.name if runs else None,
        join(resolver.claims("recipient", declared.recipients), by.recipients),
        places if declared.places else by.places,
        join(resolver.claims("safeguard", declared.safeguards), by.safeguards),
        _keeps(declared, resolver),
        works_for=by.works_for,
        roles=by.roles,
        span=resolver.span(declared.name),
        label=declared.label,
    )


def subject_node(term: str) -> Node:
    """People, as the start or the end of a flow."""
    return Node("subject", term, None, Claims(), Claims(), Claims())


def _party_name(name: Name, resolver: Resolver, parties: Mapping[str, object]) -> Word:
    key = name.text if name.text in parties else None
    if key is None:
        resolver.unknown(name, "party", parties)
    else:
        resolver.ledger.mentioned.add(("node", key))
    return Word(key, name.text, resolver.span(name))


def _keeps(declared: ServiceDeclaration, resolver: Resolver) -> tuple[Default, ...]:
    """How long the service keeps what; two different periods for the same data say nothing."""
    periods: dict[str | None, dict[Period | None, Default]] = {}
    for keep in declared.keeps:
        data = keep.data and resolver.word("data", keep.data)
        default = Default(data, resolver.period(keep.period))
        periods.setdefault(data.text if data else None, {})[default.period] = default
    return tuple(
        next(iter(several.values())) if len(several) == 1 else Default(next(iter(several.values())).data, None)
        for several in periods.values()
    )


class Homes:
    """Which service holds a source file: what `here` stands for."""

    def __init__(self, services: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self._globs = [(name, pattern) for name, globs in services for pattern in globs]

    def of(self, inside: str) -> list[str]:
        """The services whose globs hold the file with this path inside the project."""
        return sorted({name for name, pattern in self._globs if holds(pattern, inside)})
