"""The text of a Fides manifest in; its tables, in which every value is of the kind that it has to be, out.

The keys are those of fideslang 3.1.4 (`fideslang/models.py`). Fides passes over a key that it does not know, so that a
mistyped one says nothing; here it can be asked for.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple

from policylint.interop.importers import RefusedInputError

MOST = 1_000_000
"""Values in a file, those that aliases repeat counted again: more is a mistake or an attack."""

_ANY = ("fides_key", "organization_fides_key", "tags", "name", "description")
_META = ("meta", "fides_meta", "fidesops_meta")
_PERSONAL = ("data_categories", "data_uses", "data_purposes", "data_subjects")
KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "manifest": ("system", "dataset", "organization", "data_category", "data_use", "data_subject", "policy"),
        "organization": (
            *_ANY,
            *("organization_parent_key", "controller", "data_protection_officer", "fidesctl_meta", "representative"),
            "security_policy",
        ),
        **dict.fromkeys(
            ("data_category", "data_use", "data_subject"),
            (
                *(*_ANY, "parent_key", "version_added", "version_deprecated", "replaced_by", "is_default"),
                *("rights", "automated_decisions_or_profiling"),
            ),
        ),
        "policy": (*_ANY, "rules"),
        "dataset": (*_ANY, *_META, *_PERSONAL, "collections"),
        "collection": ("name", "description", *_META[1:], *_PERSONAL, "fields"),
        "field": ("name", "description", *_META[1:], *_PERSONAL, "fields"),
        "system": (
            *(*_ANY, "meta", "fidesctl_meta", "system_type", "egress", "ingress", "privacy_declarations"),
            *("administrating_department", "vendor_id", "previous_vendor_id", "vendor_deleted_date"),
            *("dataset_references", "processes_personal_data", "exempt_from_privacy_regulations"),
            *("reason_for_exemption", "uses_profiling", "legal_basis_for_profiling", "does_international_transfers"),
            *("legal_basis_for_transfers", "requires_data_protection_assessments", "dpa_location", "dpa_progress"),
            *("privacy_policy", "legal_name", "legal_address", "responsibility", "dpo", "joint_controller_info"),
            *("data_security_practices", "cookie_max_age_seconds", "uses_cookies", "cookie_refresh"),
            *("uses_non_cookie_access", "legitimate_interest_disclosure_url"),
        ),
        "privacy declaration": (
            *("name", "data_categories", "data_use", "data_subjects", "dataset_references", "egress", "ingress"),
            *("features", "flexible_legal_basis_for_processing", "legal_basis_for_processing"),
            *("impact_assessment_location", "retention_period", "processes_special_category_data"),
            *("special_category_legal_basis", "data_shared_with_third_parties", "third_parties", "shared_categories"),
        ),
        "data flow": ("fides_key", "type", "data_categories"),
        "dataset meta": ("resource_id", "after", "namespace", "redact"),
        "collection meta": (
            *("after", "erase_after", "skip_processing", "masking_strategy_override", "partitioning", "redact"),
        ),
        "field meta": (
            *("references", "identity", "primary_key", "data_type", "length", "return_all_elements", "read_only"),
            *("custom_request_field", "masking_strategy_override", "redact"),
        ),
    }
)
"""What a table of each kind may hold, and those within it that only the Fides application uses."""


class Table(NamedTuple):
    """A mapping of a manifest; `place` names it in sentences. What is empty says nothing, and is left out."""

    kind: str
    place: str
    values: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A text or a number; empty where there is none."""
        value = self.values.get(key, "")
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise self._wants(key, "a text")
        return str(value)

    def key(self) -> str:
        """The key that the table goes by."""
        if not self.text("fides_key"):
            raise RefusedInputError(f"{self.place} has no `fides_key`: write one")
        return self.text("fides_key")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, each once."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._wants(key, "a list of texts")
        return tuple(dict.fromkeys(value))

    def says(self, key: str) -> bool:
        """Whether something is said to be so."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self._wants(key, "true or false")
        return value

    def tables(self, key: str, kind: str) -> tuple["Table", ...]:
        """A list of tables, called by their keys or names."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self._wants(key, f"a list, each entry a {kind}")
        return tuple(_table(kind, f"{self.place}, {kind}", each) for each in value)

    def unknown(self) -> Iterator[tuple[str, Any]]:
        """The keys that Fides does not know, with their values."""
        yield from ((key, value) for key, value in self.values.items() if key not in KEYS[self.kind])
        for key in _META[1:]:
            meta, known = self.values.get(key), KEYS.get(f"{self.kind} meta", ())
            if isinstance(meta, dict):
                yield from ((f"{key}.{each}", value) for each, value in meta.items() if each not in known)

    def _wants(self, key: str, what: str) -> RefusedInputError:
        return RefusedInputError(f"{self.place}: `{key}` wants {what}")


def read_manifest(path: str, text: str) -> Table:
    """Read a file. Raises `RefusedInputError`."""
    try:
        yaml = import_module("yaml")
    except ImportError:
        raise RefusedInputError("Fides manifests are YAML: install PyYAML, as in `policylint[fides]`") from None
    try:
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        _confirm(root, path)
        content = loader.construct_document(root) if root else {}
    except yaml.YAMLError as error:
        said = " ".join(str(error).split())
        raise RefusedInputError(f"{path} is no YAML that can be read: {said}") from None
    except (RecursionError, ValueError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise RefusedInputError(f"{path} is no YAML that can be read: {reason}") from None
    if not isinstance(content, dict):
        raise RefusedInputError(f"{path} is no Fides manifest: at the top it wants `system`, `dataset` and the like")
    return _table("manifest", path, content)


def _table(kind: str, place: str, values: Mapping[object, Any]) -> Table:
    strange = next((key for key in values if not isinstance(key, str)), None)
    if strange is not None:
        raise RefusedInputError(f"{place}: the key {strange!r} is no text: put it in quotes")
    said = {str(key): value for key, value in values.items() if value is not None and value not in ("", [], {})}
    called = said.get("fides_key", said.get("name", ""))
    return Table(kind, f"{place} `{called}`" if called else place, said)


def _confirm(root: Any, path: str) -> None:
    """Refuse a key that stands twice, of which YAML would keep one without a word, and aliases that multiply."""
    pending = [root] if root else []
    seen = 0
    while pending:
        node = pending.pop()
        seen += 1
        if seen > MOST:
            raise RefusedInputError(f"{path} holds more than {MOST} values: import it in parts, without aliases")
        if node.id == "mapping":
            counted = Counter(str(key.value) for key, _ in node.value)
            twice = next((key for key, times in counted.items() if times > 1), None)
            if twice is not None:
                line = node.start_mark.line + 1
                raise RefusedInputError(f"{path}: the key `{twice}` stands twice in the table at line {line}")
            pending += (value for _, value in node.value)
        elif node.id == "sequence":
            pending += node.value
