"""What Fides manifests become: declarations that are read and checked, with a TODO for all that has no words here."""

import re
import sys
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from policylint.interop.importers import IMPORTERS, Imported, RefusedInputError, imported
from policylint.model.build import Vocation, build
from policylint.rule.registry import load
from policylint.source.text import SourceText
from policylint.syntax.parser import parse
from policylint.vocabulary.crosswalk import crosswalk

REGISTRY = load(())

MANIFEST = """\
organization:
  - {fides_key: acme, name: Acme}
data_category:
  - {fides_key: user.contact.pigeon, parent_key: user.contact, name: Carrier pigeon}
system:
  - fides_key: shop
    name: The "Shop"
    description: |
      Where things
      are sold.
    organization_fides_key: acme
    system_type: Application
    administrating_department: Sales
    uses_cookies: true
    ingress:
      - {fides_key: user, type: user}
    egress:
      - {fides_key: mailer, type: system, data_categories: [user.contact.pigeon]}
    privacy_declarations:
      - name: Take orders
        data_categories: [user.contact, user.shoe_size]
        data_use: essential.service
        data_subjects: [customer]
        legal_basis_for_processing: Contract
        retention_period: 2 Years
        data_qualifier: identified
        ingress: [user]
      - data_categories: [user.behavior]
        data_use: analytics
        retention_period: as long as needed
        dataset_references: [warehouse]
  - fides_key: mailer
    legal_name: Mailer Inc
    responsibility: [Processor]
    legal_basis_for_transfers: [SCCs, Other]
    privacy_declarations:
      - data_categories: [user.contact.email]
        data_use: essential.service.notifications.email
        special_category_legal_basis: Vital interests
        data_shared_with_third_parties: true
        third_parties: Brokers
dataset:
  - fides_key: warehouse
    collections:
      - name: visits
        data_categories: [user.device.ip_address]
        fields:
          - {name: at, colour: red}
          - {name: mail, data_categories: [user.contact.email], data_uses: [marketing]}
"""

DECLARATIONS = """\
# Imported from Fides manifests.

term data contact.pigeon "Carrier pigeon"

party acme "Acme" {}

# Fides says: Where things are sold.
# Fides says more, which flows do not speak of: administrating_department.
service shop "The \\"Shop\\"" {
  # TODO: `uses_cookies: true`: write `via cookie` on the flows that it is about
  of acme
}

party mailer "Mailer Inc" {
  # TODO: there is no safeguard for `Other`: say which it is
  is   processor
  with scc
}

service warehouse {
  # TODO: Fides has no `colour` in a field: red
}

party mailer_third_parties {
  # TODO: say who `mailer` shares data with
  is third_party
}

flow shop_take_orders_from_customer from customer to shop "Take orders" {
  # TODO: Fides has no `user.shoe_size`, which is read as the data `personal`: say what it is
  # TODO: Fides has no `data_qualifier` in a privacy declaration: identified
  data     contact, personal
  purpose  service
  subject  customer
  basis    contract
  keep     2 years
}

flow shop_take_orders_to_mailer from shop to mailer "Take orders" {
  data     contact.pigeon
  purpose  service
  subject  customer
  basis    contract
}

flow shop_analytics_from_warehouse from warehouse to shop {
  # TODO: `as long as needed` is no period: write `keep`, as in `keep 30 days`
  data     behavior, device.ip_address, contact.email
  purpose  analytics
}

flow shop_analytics_to_mailer from shop to mailer {
  data     contact.pigeon
  purpose  analytics
}

flow mailer_email from mailer to mailer {
  data     contact.email
  purpose  service.notification
  basis    special.vital_interests
}

flow mailer_email_to_mailer_third_parties from mailer to mailer_third_parties {
  # TODO: say who they are: Brokers
  data     contact.email
  purpose  service.notification
  basis    special.vital_interests
}

flow warehouse from warehouse to warehouse {
  data     contact.email
  purpose  marketing
}
"""


def convert(*manifests: str) -> Imported:
    files = [SourceText(f"{number}.yml", text) for number, text in enumerate(manifests)]
    return imported(IMPORTERS["fides"], files, REGISTRY)


def test_a_manifest_becomes_declarations() -> None:
    done = convert(MANIFEST)
    assert done.text == DECLARATIONS
    assert done.todos == DECLARATIONS.count("# TODO: ")


def test_resources_may_lie_in_several_files() -> None:
    systems, datasets = MANIFEST.split("dataset:\n")
    assert convert(systems, "dataset:\n" + datasets).text == DECLARATIONS


def test_every_word_of_the_taxonomy_has_one_here() -> None:
    for facet, keys in crosswalk("fides").items():
        assert all(word in REGISTRY.vocabulary[facet].terms for words in keys.values() for word in words)
    assert len(crosswalk("fides")["data"]) == 85
    assert len(crosswalk("fides")["purpose"]) == 56
    assert len(crosswalk("fides")["subject"]) == 15
    assert all(
        len(words) == 1 for facet in ("data", "purpose", "subject") for words in crosswalk("fides")[facet].values()
    )


def test_what_nothing_is_said_of_is_taken_for_anything() -> None:
    done = convert("system: [{fides_key: a, privacy_declarations: [{name: Nothing}]}]")
    assert "flow a_nothing from a to a" in done.text
    assert "data     anything\n  purpose  anything\n" in done.text
    assert done.todos == 2


def test_data_that_no_ingress_brings_is_used_all_the_same() -> None:
    done = convert("""
system:
  - fides_key: a
    ingress: [{fides_key: user, type: user, data_categories: [user.contact]}]
    privacy_declarations: [{data_use: sales, data_categories: [user.contact, user.behavior], data_subjects: [visitor]}]
""")
    assert "flow a_sales_from_visitor from visitor to a {\n  data     contact\n" in done.text
    assert "flow a_sales from a to a {\n  data     behavior\n" in done.text


def test_data_that_is_there_for_no_use_is_left_to_people() -> None:
    done = convert("dataset: [{fides_key: a, data_categories: [user.contact], collections: []}]")
    assert "# TODO: nothing says what `user.contact` is for: write the flows\n" in done.text
    assert done.todos == 1


def test_names_that_are_taken_or_are_no_names() -> None:
    text = convert("system: [{fides_key: customer}, {fides_key: 3d<x>}]\ndataset: [{fides_key: customer}]").text
    assert "service customer_2 {}\n" in text
    assert "service _3d_x_ {}\n" in text
    assert "service customer_3 {}\n" in text


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ("[]", "is no Fides manifest"),
        ("", "there is no `system` and no `dataset` in 0.yml"),
        ("systm: []", "there is no `system` and no `dataset` in 0.yml"),
        ("system: {", "is no YAML that can be read"),
        ("system: [{fides_key: 2024-02-30}]", "is no YAML that can be read"),
        ("system: " + "[" * 5000, "is no YAML that can be read: it is nested too deeply"),
        ("system: {a: 1}", "0.yml: `system` wants a list, each entry a system"),
        ("system: [{name: a}]", "0.yml, system `a` has no `fides_key`"),
        ("system: [{fides_key: a, fides_key: b}]", "the key `fides_key` stands twice in the table at line 1"),
        ("system: [{fides_key: a, 3: b}]", "0.yml, system: the key 3 is no text"),
        ("system: [{fides_key: a}, {fides_key: a}]", "0.yml, system `a` is there twice"),
        ("system: [{fides_key: a, uses_cookies: 3, privacy_declarations: 3}]", "`privacy_declarations` wants a list"),
        (
            "system: [{fides_key: a, privacy_declarations: [{name: b, data_categories: user}]}]",
            "0.yml, system `a`, privacy declaration `b`: `data_categories` wants a list of texts",
        ),
        ("system: [{fides_key: a, ingress: [{fides_key: b, type: sistem}]}]", "its `type` is `system` or `dataset`"),
        (
            "system: [{fides_key: a, egress: [{fides_key: b, type: system}, {fides_key: b, type: dataset}]}]",
            "0.yml, system `a`, data flow `b` is there twice in `egress`",
        ),
        ("system: &a [{fides_key: a, meta: *a}]", "holds more than 1000000 values"),
    ],
)
def test_what_cannot_be_imported_is_one_sentence(manifest: str, words: str) -> None:
    with pytest.raises(RefusedInputError) as caught:
        convert(manifest)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_pyyaml_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(RefusedInputError, match=r"install PyYAML, as in `policylint\[fides\]`"):
        convert(MANIFEST)


KEYS = st.sampled_from(
    ["a", "b", "customer", "user", "here", "user.contact.email", "user.x.y", "x", "analytics.z", "3"]
)
MISTYPED = {"mistyped": st.just("red")}
TEXTS = st.one_of(KEYS, st.sampled_from(["Contract", "SCCs", "Processor", "3 days", "Explicit consent"]), st.text())
STREAMS = st.lists(
    st.one_of(
        st.just({"fides_key": "user", "type": "user"}),
        st.fixed_dictionaries(
            {"fides_key": KEYS.filter(lambda key: key != "user"), "type": st.sampled_from(["system", "dataset"])},
            optional={"data_categories": st.lists(KEYS), **MISTYPED},
        ),
    ),
    unique_by=lambda stream: str(stream["fides_key"]),
)
LISTS = ("data_categories", "data_subjects", "dataset_references", "ingress", "egress", "shared_categories")
WORDS = ("name", "data_use", "legal_basis_for_processing", "special_category_legal_basis", "retention_period")
USES = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.lists(KEYS) for key in LISTS},
        **dict.fromkeys(WORDS, TEXTS),
        **MISTYPED,
        "data_shared_with_third_parties": st.booleans(),
    },
)
SYSTEMS = st.fixed_dictionaries(
    {"fides_key": KEYS},
    optional={
        **dict.fromkeys(("name", "description", "legal_name", "organization_fides_key"), TEXTS),
        **MISTYPED,
        **{key: st.lists(TEXTS) for key in ("responsibility", "legal_basis_for_transfers")},
        **dict.fromkeys(("ingress", "egress"), STREAMS),
        "privacy_declarations": st.lists(USES, max_size=2),
    },
)
FIELDS = st.fixed_dictionaries(
    {"name": TEXTS}, optional={"data_categories": st.lists(KEYS), "data_uses": st.lists(KEYS), **MISTYPED}
)
DATASETS = st.fixed_dictionaries(
    {"fides_key": KEYS}, optional={"collections": st.lists(FIELDS), "data_uses": st.lists(KEYS)}
)
ADDED = st.fixed_dictionaries({"fides_key": KEYS}, optional={"parent_key": KEYS, "name": TEXTS})


def unique(tables: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(tables, max_size=3, unique_by=lambda table: table["fides_key"])


@settings(deadline=None, max_examples=100)
@given(
    st.fixed_dictionaries(
        {"system": unique(SYSTEMS), "dataset": unique(DATASETS)},
        optional={kind: unique(ADDED) for kind in ("data_category", "data_use", "data_subject", "organization")},
    )
)
def test_whatever_a_manifest_holds_its_declarations_are_understood(manifest: dict[str, Any]) -> None:
    if not manifest["system"] and not manifest["dataset"]:
        return
    done = convert(yaml.safe_dump(manifest))
    file = parse(SourceText("a.flow", done.text + "\nparty the_owner { }\n"))
    assert not file.mistakes
    vocation = Vocation(REGISTRY.actions.keys(), REGISTRY.words())
    _, misunderstood = build([file], REGISTRY.vocabulary, vocation, "the_owner")
    assert not [mistake.message for mistake in misunderstood]
    told = re.findall(
        r"# TODO: Fides has no `mistyped` in a [\w ]+: red(?: \((\d+) times\))?$", done.text, re.MULTILINE
    )
    assert sum(int(times or 1) for times in told) == str(manifest).count("'mistyped': 'red'")
