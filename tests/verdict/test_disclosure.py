"""Lists whose patterns ask for more than one part of a flow: no flow, and no person, answers for another."""

from datetime import date
from pathlib import Path

import pytest

from policylint.check import check_texts
from policylint.config.settings import Settings
from policylint.rule.registry import load
from policylint.source.files import Reading
from policylint.source.text import SourceText

WITH = "disclose data contact with pseudonymised, consent"
PLAIN = "data contact.email purpose service"


def _undisclosed(promise: str, *flows: str) -> list[str | None]:
    declared = "".join(f"flow f{n} from visitor to acme {{ {each} }}\n" for n, each in enumerate(flows))
    text = f'party acme {{ in JP }}\n{declared}policy acme "Acme" {{ binds acme  clause 1 {{ {promise} }} }}\n'
    reading = Reading((SourceText("x.flow", text, "x.flow"),), ())
    checked = check_texts(reading, Settings(Path()), load(()), date(2026, 11, 22))
    return [finding.declaration for finding in checked.findings]


def test_a_form_or_a_claim_is_asked_of_each_flow() -> None:
    assert _undisclosed(WITH, PLAIN + " basis consent", PLAIN) == ["flow f1"]
    assert _undisclosed(WITH, PLAIN, PLAIN + " basis consent") == ["flow f0"]
    assert _undisclosed(WITH, "data contact.email as pseudonymised purpose service", PLAIN) == ["flow f1"]


@pytest.mark.parametrize("people", ["visitor in DE, visitor in US", "visitor in US, visitor in DE"])
def test_adequacy_is_asked_for_the_place_of_each_person(people: str) -> None:
    adequate = "disclose data contact with adequacy"
    assert _undisclosed(adequate, f"{PLAIN} subject {people}") == ["flow f0"]
    assert _undisclosed(adequate, f"{PLAIN} subject visitor in DE") == []
