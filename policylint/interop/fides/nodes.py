"""Systems, datasets and organizations of Fides in; the services and parties that they are here, declared, out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from policylint.interop.fides.tables import Table
from policylint.interop.fides.words import Names, Read, Words, as_written, block, clause, plain, quoted, unknown
from policylint.interop.importers import RefusedInputError

Key = tuple[str, str]
"""A kind of resource and the key of one. `third parties` are those that the system of a key shares data with."""
USER = ("user", "user")
"""How Fides calls the people at the other end of a system."""
DIRECTIONS = ("ingress", "egress")
_DEFAULT_ORGANIZATION = "default_organization"
_OF_SYSTEMS: Mapping[str, str] = {
    "uses_cookies": "write `via cookie` on the flows that it is about",
    "cookie_max_age_seconds": "write `keep` on the flows that it is about",
    "uses_non_cookie_access": "write `via tracking`, or what is below it, on the flows that it is about",
    "uses_profiling": "write the purpose of the flows that it is about",
    "legal_basis_for_profiling": "write `basis` on the flows that it is about",
    "does_international_transfers": "write `in` on the services and parties that the data goes to",
    "joint_controller_info": "declare that party, `is joint_controller`",
    "data_security_practices": "write what of it is a safeguard after `with`",
}
"""What Fides says of a whole system and the language of each flow or not at all, with what to do about it."""
_IDLE = {
    *("tags", "meta", "fides_meta", "fidesops_meta", "fidesctl_meta", "administrating_department", "vendor_id"),
    *("previous_vendor_id", "vendor_deleted_date", "processes_personal_data", "exempt_from_privacy_regulations"),
    *("reason_for_exemption", "requires_data_protection_assessments", "dpa_location", "dpa_progress"),
    *("privacy_policy", "legal_address", "dpo", "cookie_refresh", "legitimate_interest_disclosure_url", "features"),
    *("flexible_legal_basis_for_processing", "impact_assessment_location", "organization_parent_key", "controller"),
    *("data_protection_officer", "representative", "security_policy"),
}
"""What flows do not speak of: it is named in a comment, and nothing is left to do."""


class Node(NamedTuple):
    """What a key stands for; without a table it is only mentioned."""

    name: str
    keyword: Literal["party", "service"]
    key: Key
    table: Table | None


def nodes(tables: Mapping[str, Sequence[Table]], names: Names) -> dict[Key, Node]:
    """A node for each organization, system and dataset, and for each that a system only mentions."""
    found: dict[Key, Node] = {}
    for kind in ("organization", "system", "dataset"):
        for table in tables[kind]:
            key = (kind, table.key())
            if key in found:
                raise RefusedInputError(f"{table.place} is there twice: give one of them another `fides_key`")
            is_party = kind == "organization" or (kind == "system" and _is_others(table))
            found[key] = Node(names.give(table.key()), "party" if is_party else "service", key, table)
    for key in (mentioned for table in tables["system"] for mentioned in mentions(table)):
        if key not in found and key != USER:
            kind, name = key
            is_party = kind in ("organization", "third parties")
            wanted = f"{name}_third_parties" if kind == "third parties" else name
            found[key] = Node(names.give(wanted), "party" if is_party else "service", key, None)
    return found


def streams(system: Table, direction: str) -> dict[str, tuple[Key, tuple[str, ...]]]:
    """What a system gets data from, or sends it to, by key: with its kind, and the data if that is said."""
    found: dict[str, tuple[Key, tuple[str, ...]]] = {}
    for each in system.tables(direction, "data flow"):
        if each.key() in found:
            raise RefusedInputError(f"{each.place} is there twice in `{direction}`: say all of it in one place")
        found[each.key()] = _end(each), each.texts("data_categories")
    return found


def _end(stream: Table) -> Key:
    kind, key = stream.text("type"), stream.key()
    if kind not in ("system", "dataset", "user") or (kind == "user") is not (key == "user"):
        raise RefusedInputError(f"{stream.place}: its `type` is `system` or `dataset`, and `user` for the key `user`")
    return kind, key


def declarations(system: Table) -> tuple[Table, ...]:
    """The privacy declarations of a system."""
    return system.tables("privacy_declarations", "privacy declaration")


def declared(node: Node, words: Words, found: Mapping[Key, Node], more: Sequence[str]) -> str:
    """A node as a declaration, with `more` that is left to do about it."""
    kind, key = node.key
    if node.table is None and kind == "third parties":
        return block(f"party {node.name}", [f"say who `{key}` shares data with"], ["is third_party"])
    if node.table is None:
        return block(f"{node.keyword} {node.name}", [f"no file has the {kind} `{key}`: say what it is"], [])
    table, of_system = node.table, kind == "system"
    roles = words.measures("recipient", table.texts("responsibility")) if of_system else Read(())
    safeguards = words.measures("safeguard", table.texts("legal_basis_for_transfers")) if of_system else Read(())
    owner = found.get(("organization", table.text("organization_fides_key") or _DEFAULT_ORGANIZATION))
    of = [f"of {owner.name}"] if owner and node.keyword == "service" else []
    inner = [each for direction in DIRECTIONS for each in table.tables(direction, "data flow")]
    todos = [*roles.todos, *safeguards.todos, *(todo for each in (table, *inner) for todo in unknown(each)), *more]
    values = ((each, table.values.get(each), what) for each, what in _OF_SYSTEMS.items())
    todos += [f"`{each}: {as_written(value)}`: {what}" for each, value, what in values if value]
    label = (table.text("legal_name") if of_system else "") or table.text("name")
    clauses = [*of, *clause("is", roles.words), *clause("with", safeguards.words)]
    return "\n".join([*said(table), block(f"{node.keyword} {node.name} {quoted(label)}", todos, clauses)])


def said(table: Table) -> Iterator[str]:
    """The description, and the names of what flows do not speak of, as comments."""
    if table.text("description"):
        yield f"# Fides says: {plain(table.text('description'))}"
    idle = [key for key in table.values if key in _IDLE]
    if idle:
        yield f"# Fides says more, which flows do not speak of: {', '.join(idle)}."


def _is_others(system: Table) -> bool:
    """Whether somebody else runs a system: it has a legal name or a vendor of its own, or says so."""
    kind = system.text("system_type").replace("_", " ").lower()
    return bool(system.text("legal_name") or system.text("vendor_id")) or "third party" in kind


def mentions(system: Table) -> Iterator[Key]:
    """What a system speaks of besides itself."""
    organization = system.text("organization_fides_key")
    if organization and organization != _DEFAULT_ORGANIZATION:
        yield "organization", organization
    defined = {direction: streams(system, direction) for direction in DIRECTIONS}
    yield from (key for direction in DIRECTIONS for key, _ in defined[direction].values())
    yield from (("dataset", key) for key in system.texts("dataset_references"))
    for each in declarations(system):
        yield from (("dataset", key) for key in each.texts("dataset_references"))
        for direction in DIRECTIONS:
            yield from (("system", key) for key in each.texts(direction) if key not in defined[direction])
        if each.says("data_shared_with_third_parties"):
            yield "third parties", system.key()
