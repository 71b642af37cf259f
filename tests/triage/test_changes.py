"""What changed between two states of a project's flows, fact by fact."""

from datetime import date
from pathlib import Path

import pytest

from policylint.check import check_texts
from policylint.config.settings import Settings
from policylint.model.build import Model
from policylint.rule.registry import load
from policylint.source.files import Reading
from policylint.source.text import SourceText
from policylint.triage.change import Change, Judgement, Weight
from policylint.triage.model_changes import changes

REGISTRY = load(())
PARTIES = """\
party acme { in CA }
party courier { is processor  in US  with scc, dpa }
party adnet { is third_party  in IN }
service crm { of acme  keep 1 year }
service desk { of courier }
"""
FLOW = """\
flow parcel from crm to courier {
  data     contact.email
  purpose  service.order
  subject  visitor aged 16+ in CA
  basis    consent
  with     encryption.at_rest
  via      api
  keep     30 days
}
"""


def model(text: str) -> Model:
    source = SourceText("a.flow", text, "a.flow")
    checked = check_texts(Reading((source,), ()), Settings(Path()), REGISTRY, date(2026, 11, 22))
    assert not checked.not_understood, checked.findings
    return checked.model


def found(before: str, after: str) -> list[Change]:
    return list(changes(model(before), model(after)))


def said(before: str, after: str) -> list[tuple[str, str, str]]:
    """Judgement, weight and message of each change."""
    return [(each.judgement.value, each.weight.value, each.message) for each in found(before, after)]


def in_flow(before: str, after: str) -> list[tuple[str, str, str]]:
    """The changes where one line of the flow changes."""
    assert before in FLOW
    return said(PARTIES + FLOW, PARTIES + FLOW.replace(before, after))


def in_parties(before: str, after: str) -> list[tuple[str, str, str]]:
    assert before in PARTIES
    return said(PARTIES + FLOW, PARTIES.replace(before, after) + FLOW)


def test_nothing_changed() -> None:
    assert said(PARTIES + FLOW, FLOW + "\n\n" + PARTIES) == []
    assert in_flow("30 days", "720 hours") == []
    assert in_flow("visitor aged 16+ in CA", "visitor aged 16+ in ca") == []


@pytest.mark.parametrize(
    ("before", "after", "judgement", "weight", "message"),
    [
        ("contact.email", "contact.email, contact.phone", "wider", "medium", "new data `contact.phone`"),
        ("contact.email", "contact", "wider", "medium", "wider data: `contact.email` → `contact`"),
        ("contact.email", "contact.email, special.health", "wider", "high", "new data `special.health` (sensitive)"),
        (
            "contact.email",
            "contact.email, system.operations",
            "wider",
            "low",
            "new data `system.operations` (not personal)",
        ),
        (
            "contact.email",
            "contact.email as pseudonymised",
            "narrower",
            "low",
            "form of `contact.email`: `identified` → `pseudonymised`",
        ),
        ("service.order", "service", "wider", "medium", "wider purpose: `service.order` → `service`"),
        ("service.order", "service.order, analytics", "wider", "medium", "new purpose `analytics`"),
        ("service.order", "analytics", "wider", "medium", "new purpose `analytics`"),
        (
            "visitor aged 16+ in CA",
            "visitor aged 13+ in CA",
            "wider",
            "medium",
            "wider subject: `visitor aged 16+ in CA` → `visitor aged 13+ in CA`",
        ),
        (
            "visitor aged 16+ in CA",
            "visitor in CA",
            "wider",
            "medium",
            "wider subject: `visitor aged 16+ in CA` → `visitor in CA`",
        ),
        (
            "visitor aged 16+ in CA",
            "visitor aged 18+ in CA-AB",
            "narrower",
            "low",
            "narrower subject: `visitor aged 16+ in CA` → `visitor aged 18+ in CA-AB`",
        ),
        ("  subject  visitor aged 16+ in CA\n", "", "changed", "medium", "says no longer whose data it is"),
        ("consent\n", "consent.explicit\n", "narrower", "low", "stronger basis: `consent` → `consent.explicit`"),
        ("consent\n", "opt_out_consent\n", "wider", "high", "weaker basis: `consent` → `opt_out_consent`"),
        (
            "consent\n",
            "consent, legitimate_interests\n",
            "wider",
            "high",
            "weaker basis: `consent` → `consent`, `legitimate_interests`",
        ),
        ("  basis    consent\n", "", "wider", "high", "weaker basis: `consent` → `none`"),
        ("  with     encryption.at_rest\n", "", "wider", "high", "lost safeguard `encryption.at_rest`"),
        ("encryption.at_rest", "encryption.at_rest, tia", "narrower", "low", "new safeguard `tia`"),
        ("via      api", "via      api, cookie", "wider", "medium", "new means `cookie`"),
        ("  via      api\n", "  via      api\n  when court_order\n", "narrower", "low", "only when `court_order`"),
        ("30 days", "60 days", "wider", "medium", "keeps `contact.email` longer: `30 days` → `60 days`"),
        ("30 days", "forever", "wider", "high", "keeps `contact.email` longer: `30 days` → `forever`"),
        ("  keep     30 days\n", "", "wider", "high", "keeps `contact.email` longer: `30 days` → `not declared`"),
        ("30 days", "1 week", "narrower", "low", "keeps `contact.email` shorter: `30 days` → `1 week`"),
        (
            "30 days",
            "30 days after account_closed",
            "changed",
            "medium",
            "keeps `contact.email` for another time: `30 days` → `30 days after account_closed`",
        ),
        ("30 days", "1 month", "changed", "medium", "keeps `contact.email` for another time: `30 days` → `1 month`"),
        (
            "  keep     30 days",
            "  keep     30 days\n  consideration money",
            "wider",
            "high",
            "what is given for the data: `not declared` → `money`",
        ),
    ],
)
def test_a_fact_of_a_flow(before: str, after: str, judgement: str, weight: str, message: str) -> None:
    assert (judgement, weight, message) in in_flow(before, after)
    if before != "service.order" or after != "analytics":
        assert len(in_flow(before, after)) == 1


def test_another_purpose_is_one_more_and_one_less() -> None:
    assert in_flow("service.order", "analytics")[1] == ("narrower", "low", "no longer purpose `service.order`")


def test_another_recipient() -> None:
    changed = in_flow("to courier", "to adnet")
    assert ("wider", "high", "goes to `courier` → `adnet`") in changed
    assert ("wider", "high", "goes to a new place, `IN`") in changed
    assert ("wider", "high", "lost safeguard `dpa`") in changed
    assert [message for *_, message in in_flow("to courier", "to desk")] == ["goes to `courier` → `desk`"]


@pytest.mark.parametrize(
    ("before", "after", "judgement", "weight", "message"),
    [
        ("in US", "in US, CN", "wider", "high", "is in a new place, `CN`"),
        ("in US", "anywhere-of-it", "", "", ""),
        ("in US  ", "", "wider", "high", "says no longer where it is; it was in `US`"),
        ("in US", "in US-CA", "narrower", "low", "is in another place: `US` → `US-CA`"),
        ("scc, dpa", "dpa", "wider", "high", "lost safeguard `scc`"),
        ("scc, dpa", "scc.module1, dpa", "narrower", "low", "new safeguard `scc.module1`"),
        ("is processor", "is third_party", "wider", "high", "role: `processor` → `third_party`"),
        ("is third_party", "is processor", "narrower", "low", "role: `third_party` → `processor`"),
        ("crm { of acme", "crm { of adnet", "wider", "high", "is run by another: `acme` → `adnet`"),
        ("keep 1 year", "keep 2 years", "wider", "medium", "keeps data longer: `1 year` → `2 years`"),
        ("keep 1 year", "keep 12 months", "", "", ""),
        ("keep 1 year", "", "wider", "high", "keeps data longer: `1 year` → `not declared`"),
    ],
)
def test_a_fact_of_a_party_or_service(before: str, after: str, judgement: str, weight: str, message: str) -> None:
    """Told once, of the party, and not again of every flow to it and every service that it runs."""
    if after == "anywhere-of-it":
        after = "in anywhere"
        judgement, weight, message = "wider", "high", "is in another place: `US` → `anywhere`"
    changed = in_parties(before, after)
    if before != "crm { of acme":
        assert changed == ([(judgement, weight, message)] if message else [])
    assert not message or (judgement, weight, message) in changed


def test_a_safeguard_may_move_from_the_flow_to_the_party() -> None:
    after = PARTIES.replace("scc, dpa", "scc, dpa, encryption.at_rest") + FLOW.replace(
        "  with     encryption.at_rest\n", ""
    )
    assert [each.message for each in found(PARTIES + FLOW, after)] == ["new safeguard `encryption.at_rest`"]


def test_a_renamed_flow_is_the_same_flow() -> None:
    (change,) = found(PARTIES + FLOW, PARTIES + FLOW.replace("flow parcel", "flow delivery"))
    assert (change.declaration, change.message, change.weight) == (
        "flow delivery",
        "was called `parcel`",
        Weight.LOW,
    )
    both = found(PARTIES + FLOW, PARTIES + FLOW.replace("flow parcel", "flow delivery").replace("30 days", "60 days"))
    assert [each.fact for each in both] == ["retention", "name"]


def test_of_two_that_were_renamed_each_is_found_by_what_it_is_for() -> None:
    second = FLOW.replace("parcel", "survey").replace("service.order", "analytics")
    after = (FLOW + second).replace("flow parcel", "flow z").replace("flow survey", "flow a")
    changed = found(PARTIES + FLOW + second, PARTIES + after)
    assert [(each.declaration, each.before) for each in changed] == [("flow a", "survey"), ("flow z", "parcel")]


def test_a_new_flow_says_what_the_project_never_had() -> None:
    new = "flow sell from crm to adnet { data contact.email, special.health purpose marketing consideration money }\n"
    messages = [each.message for each in found(PARTIES + FLOW, PARTIES + FLOW + new)]
    assert messages == [
        "first data `special.health` in the project",
        "is new: `contact.email`, `special.health` from `crm` to `adnet` for `marketing`",
        "first flow into `IN` in the project",
        "first flow to the party `adnet` in the project",
        "first purpose `marketing` in the project",
    ]


def test_a_flow_that_is_gone() -> None:
    (change,) = found(PARTIES + FLOW, PARTIES)
    assert (change.judgement, change.is_gone, change.declaration) == (Judgement.NARROWER, True, "flow parcel")


def test_a_word_that_nothing_knows_is_new() -> None:
    source = SourceText("a.flow", PARTIES + FLOW.replace("contact.email", "contact.email, contact.x"), "a.flow")
    after = check_texts(Reading((source,), ()), Settings(Path()), REGISTRY, date(2026, 11, 22)).model
    (change,) = changes(model(PARTIES + FLOW), after)
    assert (change.message, change.weight, change.after) == ("new data `contact.x`", Weight.MEDIUM, "contact.x")


def test_the_other_way_round_what_was_wider_is_narrower() -> None:
    for before, after in (("contact.email", "contact"), ("30 days", "60 days"), ("consent\n", "contract\n")):
        (there,) = found(PARTIES + FLOW, PARTIES + FLOW.replace(before, after))
        (back,) = found(PARTIES + FLOW.replace(before, after), PARTIES + FLOW)
        assert (there.judgement, back.judgement) == (Judgement.WIDER, Judgement.NARROWER)
        assert (there.before, there.after) == (back.after, back.before)
