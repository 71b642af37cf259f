"""Files into one project: texts in, the declarations that count, by name, out (section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .globs import holds
from .reading import declaration
from .shapes import Broken, Clause, Declaration, Flow, Party, Policy, Service, Term
from .splitting import pieces_of
from .words import MEASURES, Vocabulary, spelled, vocabulary


@dataclass(frozen=True)
class Project:
    """Everything declared, duplicates left out; `duplicates` are the labels of those."""

    words: Vocabulary
    parties: Mapping[str, Party]
    services: Mapping[str, Service]
    flows: tuple[Flow, ...]
    policies: tuple[Policy, ...]
    terms: tuple[Term, ...]
    broken: tuple[Broken, ...]
    duplicates: tuple[str, ...]
    owner: str | None

    @property
    def as_of(self) -> date:
        """The day for which adequacy, memberships and waivers are read."""
        return self.words.as_of

    def broken_names(self, keyword: str) -> frozenset[str]:
        """'A broken declaration's name counts as known.'"""
        return frozenset(one.name for one in self.broken if one.keyword == keyword)

    def is_party(self, name: str) -> bool:
        """Say whether a name is a party's, broken ones included."""
        return name in self.parties or name in self.broken_names("party")


def label_of(one: Declaration) -> str:
    """Name a declaration as findings do: `flow signup`, `term contact.nickname`."""
    return f"{one.keyword} {one.name}" if one.name else ""


def read(files: Mapping[str, str], as_of: date, owner: str | None) -> Project:
    """'All files of a project are read together; order does not matter.'"""
    found = [(piece, declaration(piece)) for path, text in sorted(files.items()) for piece in pieces_of(path, text)]
    kept, duplicates = without_duplicates([one for _, one in found], as_of)
    services = [one for one in kept if isinstance(one, Service)]
    here = {
        id(one): here_of(piece.path, services) for piece, one in found if piece.annotation and isinstance(one, Flow)
    }
    flows = [with_here(one, here.get(id(one))) for one in kept if isinstance(one, Flow)]
    policies, sections = without_later_sections(one for one in kept if isinstance(one, Policy))
    return Project(
        words_of(kept, as_of),
        {one.name: one for one in kept if isinstance(one, Party)},
        {one.name: one for one in services},
        tuple(flows),
        policies,
        tuple(one for one in kept if isinstance(one, Term)),
        tuple(one for one in kept if isinstance(one, Broken)),
        (*duplicates, *sections),
        owner_of(kept, policies, owner),
    )


def words_of(kept: Iterable[Declaration], as_of: date) -> Vocabulary:
    """Build the vocabulary with a project's own terms, the broken ones known by name only."""
    kept = list(kept)
    broken = [Term(one.facet, one.name) for one in kept if isinstance(one, Broken) and one.keyword == "term"]
    return vocabulary(as_of, [one for one in kept if isinstance(one, Term)], broken)


def namespace(one: Declaration) -> str:
    """'The three kinds [service, party, subject term] share one name space'; so do measures."""
    if isinstance(one, Term) or one.keyword == "term":
        facet = one.facet if isinstance(one, Term | Broken) else ""
        if facet in MEASURES:
            return "measure"
        return "node" if facet == "subject" else f"term {facet}"
    return "node" if one.keyword in ("party", "service") else one.keyword


def is_shipped(one: Declaration, words: Vocabulary) -> bool:
    """A name that the vocabulary ships in the same name space was declared before."""
    space = namespace(one)
    facets = {"node": ("subject",), "measure": MEASURES, "flow": (), "policy": ()}
    return any(words.ships(facet, one.name) for facet in facets.get(space, (space.removeprefix("term "),)))


def without_duplicates(found: list[Declaration], as_of: date) -> tuple[list[Declaration], list[str]]:
    """'PL003 on every later declaration of a name …, which is then left out.'"""
    words = Vocabulary(as_of)
    seen: set[tuple[str, str]] = set()
    kept: list[Declaration] = []
    duplicates: list[str] = []
    for one in found:
        space = namespace(one)
        key = (space, spelled(space, one.name))
        if isinstance(one, Broken):
            kept.append(one)  # one PL001 and nothing else
        elif key in seen or is_shipped(one, words):
            duplicates.append(label_of(one))
        else:
            kept.append(one)
        seen.add(key)
    return kept, duplicates


def without_later_sections(policies: Iterable[Policy]) -> tuple[tuple[Policy, ...], list[str]]:
    """'PL003 on every later declaration of a … section, which is then left out.'"""
    kept: list[Policy] = []
    duplicates: list[str] = []
    for policy in policies:
        clauses: dict[str, Clause] = {}
        for clause in policy.clauses:
            if clause.section in clauses:
                duplicates.append(label_of(policy))
            clauses.setdefault(clause.section, clause)
        kept.append(replace(policy, clauses=tuple(clauses.values())))
    return tuple(kept), duplicates


def here_of(path: str, services: Iterable[Service]) -> str | None:
    """'`here` as a NODE is the service whose `at` glob holds that file.'"""
    holding = [one.name for one in services if any(holds(glob, path) for glob in one.globs)]
    return holding[0] if len(holding) == 1 else None


def with_here(flow: Flow, here: str | None) -> Flow:
    """Put the service in the place of `here`; without one, a name that nothing has, not even a service `here`."""
    here = here or "?"
    sender = here if flow.sender == "here" else flow.sender
    return replace(flow, sender=sender, receiver=here if flow.receiver == "here" else flow.receiver)


def owner_of(kept: Iterable[Declaration], policies: Iterable[Policy], configured: str | None) -> str | None:
    """'Configuration key `owner`, else the one party that the loaded policies bind.'"""
    parties = {one.name for one in kept if isinstance(one, Party | Broken) and one.keyword == "party"}
    bound = {name for policy in policies for name in policy.binds}
    if configured is not None:
        return configured if configured in parties else None
    return next(iter(bound)) if len(bound) == 1 and bound <= parties else None
