"""The declarations of all files in; the model of the project, and what nobody can understand in it, out."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple, cast

from policylint.model.flow import Flow
from policylint.model.flows import Flows
from policylint.model.nodes import Homes, party, service, unknown_node
from policylint.model.policies import Surroundings, policy
from policylint.model.resolver import Ledger, Resolver
from policylint.model.terms import Terms
from policylint.model.values import Node, Policy, Waiver
from policylint.source.mistake import Mistake, MistakeKind
from policylint.source.text import Span
from policylint.stages import stage
from policylint.syntax import tree
from policylint.syntax.parser import File
from policylint.syntax.tree import Broken
from policylint.vocabulary.words import Vocabulary


class Vocation(NamedTuple):
    """What plug-ins add to the language: actions, and the rules a waiver can name (by name and code, to the code)."""

    actions: Set[str]
    rules: Mapping[str, str]


class Model(NamedTuple):
    """Everything that was declared. Mappings are in the order of files and lines."""

    words: Vocabulary
    nodes: Mapping[str, Node]
    flows: tuple[Flow, ...]
    policies: tuple[Policy, ...]
    owner: str | None
    waivers: Mapping[str, tuple[Waiver, ...]]
    """By declaration, as findings call it."""
    own_terms: Mapping[tuple[str, str], Span]
    mentioned: frozenset[tuple[str, str]]
    hints: tuple[tuple[Span, str], ...]


class _Placed(NamedTuple):
    """A declaration in its file."""

    file: File
    declaration: tree.Declaration


_PlacedFlow = tuple[File, tree.FlowDeclaration | Broken]
"""The same of a flow: there are many of them."""


class Builder:
    """Builds the model in the order in which names depend on each other: terms, parties, services, flows, policies."""

    def __init__(self, files: Sequence[File], shipped: Vocabulary, vocation: Vocation) -> None:
        self._placed: list[_Placed] = []
        self._placed_flows: list[_PlacedFlow] = []
        for file in files:
            for declaration in file.declarations:
                if isinstance(declaration, tree.FlowDeclaration) or keyword_of(declaration) == "flow":
                    self._placed_flows.append((file, cast(tree.FlowDeclaration | Broken, declaration)))
                else:
                    self._placed.append(_Placed(file, declaration))
        self._vocation = vocation
        self.ledger = Ledger([], [], set(), {}, {})
        terms = Terms(shipped, self.ledger)
        self._words = terms.collect((placed.file.path, placed.declaration) for placed in self._placed)
        self._unclear = frozenset(terms.unclear)
        self._own_terms = terms.spans
        self._waivers: dict[str, tuple[Waiver, ...]] = {}

    def build(self, owner: str | None) -> Model:
        """Look everything up. `owner` is the configured one; without it, the one party that the policies bind."""
        kept = self._without_duplicates()
        names = dict.fromkeys(p.declaration.name.text for p in kept["party"])
        parties = {p.declaration.name.text: self._party(p, names) for p in kept["party"]}
        owner = owner or self._bound_owner(kept["policy"], parties)
        services = {p.declaration.name.text: self._service(p, parties, owner) for p in kept["service"]}
        nodes = {**parties, **services}
        homes = Homes(
            (p.declaration.name.text, p.declaration.globs)
            for p in kept["service"]
            if isinstance(p.declaration, tree.ServiceDeclaration)
        )
        reader = Flows(Resolver(self._words, self._unclear, "", "", self.ledger), nodes, homes)
        flows = tuple([reader.flow(file, written) for file, written in self._distinct_flows()])
        policies = tuple(
            policy(p.declaration, self._resolver(p), Surroundings(nodes, self._vocation.actions))
            for p in kept["policy"]
            if isinstance(p.declaration, tree.PolicyDeclaration)
        )
        self._collect_waivers(kept, flows, policies)
        return Model(
            self._words,
            nodes,
            flows,
            policies,
            owner,
            self._waivers,
            self._own_terms,
            frozenset(self.ledger.mentioned),
            tuple(self.ledger.hints),
        )

    def _distinct_flows(self) -> list[tuple[File, tree.FlowDeclaration]]:
        """Each name's first flow, but for those that could not be read."""
        first: dict[str, _PlacedFlow] = {}
        for placed in self._placed_flows:
            declaration = placed[1]
            name = declaration.name.text if isinstance(declaration, Broken) else declaration.called
            taken = first.setdefault(name, placed)
            if taken is not placed and not isinstance(declaration, Broken):
                self._duplicate(_Placed(*placed), _Placed(*taken))
        return [(file, written) for file, written in first.values() if not isinstance(written, Broken)]

    def _without_duplicates(self) -> Mapping[str, Sequence[_Placed]]:
        """Each name's first declaration, by keyword. Services, parties and subjects share one name space."""
        first: dict[tuple[str, str], _Placed] = {}
        kept: dict[str, list[_Placed]] = {keyword: [] for keyword in _KEYWORDS.values()}
        subjects = self._words["subject"]
        for placed in self._placed:
            declaration = placed.declaration
            keyword = keyword_of(declaration)
            if keyword == "term":
                continue
            name = declaration.name.text
            is_node = keyword in ("party", "service")
            key = ("node" if is_node else keyword, name)
            is_subject = is_node and subjects.find(name) is not None
            if is_subject or key in first:
                if not isinstance(declaration, Broken):
                    self._duplicate(placed, None if is_subject else first[key])
                continue
            first[key] = placed
            kept[keyword].append(placed)
        return kept

    def _duplicate(self, placed: _Placed, first: _Placed | None) -> None:
        name = placed.declaration.name
        what = "is declared already" if first else "is the name of a subject"
        at = (
            self._resolver(first).span(first.declaration.name) if first else self._own_terms.get(("subject", name.text))
        )
        self._resolver(placed).mistake(
            MistakeKind.DUPLICATE_NAME, name, f"`{name.text}` {what}", "choose another name", at
        )

    def _party(self, placed: _Placed, names: Mapping[str, object]) -> Node:
        if isinstance(placed.declaration, tree.PartyDeclaration):
            return party(placed.declaration, self._resolver(placed), names)
        return unknown_node(placed.declaration.name.text, "party")

    def _service(self, placed: _Placed, parties: Mapping[str, Node], owner: str | None) -> Node:
        if isinstance(placed.declaration, tree.ServiceDeclaration):
            return service(placed.declaration, self._resolver(placed), parties, owner)
        return unknown_node(placed.declaration.name.text, "service")

    def _bound_owner(self, policies: Iterable[_Placed], parties: Mapping[str, Node]) -> str | None:
        bound = {
            name.text
            for p in policies
            if isinstance(p.declaration, tree.PolicyDeclaration)
            for name in p.declaration.binds
        }
        only = bound.pop() if len(bound) == 1 else ""
        return only if only in parties else None

    def _resolver(self, placed: _Placed) -> Resolver:
        declaration = placed.declaration
        name = f"{keyword_of(declaration)} {declaration.name.text}"
        return Resolver(self._words, self._unclear, placed.file.path, name, self.ledger)

    def _collect_waivers(
        self, kept: Mapping[str, Sequence[_Placed]], flows: Iterable[Flow], policies: Iterable[Policy]
    ) -> None:
        sections: dict[str, frozenset[str] | None] = {p.declaration.name.text: None for p in kept["policy"]}
        sections |= {policy.name: frozenset(clause.section for clause in policy.clauses) for policy in policies}
        for placed in (*kept["party"], *kept["service"]):
            self._waive(getattr(placed.declaration, "waivers", ()), self._resolver(placed), sections)
        for flow in flows:
            if flow.written.body.waivers:
                resolver = Resolver(self._words, self._unclear, flow.path, flow.declaration, self.ledger)
                self._waive(flow.written.waivers, resolver, sections)

    def _waive(
        self, written: Sequence[tree.Waiver], resolver: Resolver, sections: Mapping[str, Set[str] | None]
    ) -> None:
        if written:
            self._waivers[resolver.declaration] = tuple(self._waiver(each, resolver, sections) for each in written)

    def _waiver(self, written: tree.Waiver, resolver: Resolver, policies: Mapping[str, Set[str] | None]) -> Waiver:
        before = len(self.ledger.mistakes)
        rule = self._vocation.rules.get(written.rule.text)
        if rule is None:
            resolver.unknown(written.rule, "rule", self._vocation.rules)
        policy = written.policy.text if written.policy else None
        section = written.section.text if written.section else None
        if written.policy is not None and policy not in policies:
            resolver.unknown(written.policy, "policy", policies)
        elif written.section is not None:
            sections = policies[policy or ""]
            # Of a policy that could not be read no section is known not to exist.
            if sections is not None and section not in sections:
                resolver.unknown(written.section, f"clause in the policy `{policy}` with the section", sections)
        span = Span(resolver.path, written.start, written.end)
        understood = len(self.ledger.mistakes) == before
        return Waiver(rule, policy, section, written.until, written.reason, span, understood)


def keyword_of(declaration: tree.Declaration) -> str:
    """The keyword that a declaration begins with."""
    return declaration.keyword if isinstance(declaration, Broken) else _KEYWORDS[type(declaration)]


_KEYWORDS: Mapping[type, str] = {
    tree.TermDeclaration: "term",
    tree.PartyDeclaration: "party",
    tree.ServiceDeclaration: "service",
    tree.FlowDeclaration: "flow",
    tree.PolicyDeclaration: "policy",
}


@stage("resolve")
def build(
    files: Sequence[File], shipped: Vocabulary, vocation: Vocation, owner: str | None
) -> tuple[Model, tuple[Mistake, ...]]:
    """Build the model of a project."""
    builder = Builder(files, shipped, vocation)
    model = builder.build(owner)
    return model, tuple(builder.ledger.mistakes)
