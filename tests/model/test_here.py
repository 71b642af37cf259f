"""`here` is the service that holds the file, whatever else is called so."""

from datetime import date
from pathlib import Path

import pytest

from policylint.check import check_texts
from policylint.config.settings import Settings
from policylint.rule.registry import load
from policylint.source.files import Reading
from policylint.source.text import SourceText

PROJECT = """\
party acme { in CA }
service here { of acme  in US  at "home/**" }
policy p "P" { binds acme  clause 1 { forbid use into US } }
"""


@pytest.mark.parametrize("homeless", ["a/x.flow", "z/x.flow"])
def test_a_service_that_is_called_here_does_not_make_here_known(homeless: str) -> None:
    flow = "flow {} from visitor to here {{ data contact.email  purpose service }}\n"
    files = {"p.policy": PROJECT, homeless: flow.format("lost"), "home/x.flow": flow.format("found")}
    texts = tuple(SourceText(path, text, path) for path, text in sorted(files.items()))
    checked = check_texts(Reading(texts, ()), Settings(Path()), load(()), date(2026, 11, 22))
    found = {(finding.code, finding.declaration, finding.certainty.value) for finding in checked.findings}
    assert found == {
        ("PL002", "flow lost", "certain"),
        ("PL501", "flow lost", "possible"),
        ("PL501", "flow found", "certain"),
    }
