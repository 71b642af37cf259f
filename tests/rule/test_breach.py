"""What a finding shows of what it rests on."""

from datetime import date
from pathlib import Path

import pytest

from policylint.check import check_texts
from policylint.config.settings import Settings
from policylint.rule.registry import load
from policylint.source.files import Reading
from policylint.source.text import SourceText

POLICY = 'policy acme "A" { binds acme  clause 1 { forbid use of personal from child for marketing } }\n'


@pytest.mark.parametrize(
    ("hops", "gap"), [(12, None), (13, "1 more flow brings it to s1"), (30, "18 more flows bring it to s18")]
)
def test_of_a_long_path_the_beginning_and_the_end_are_shown(hops: int, gap: str | None) -> None:
    chain = "".join(
        f"service s{number} {{ of acme }}\n"
        f"flow f{number} from {'child' if number == 0 else f's{number - 1}'} to s{number} {{\n"
        f"  data contact.email  purpose {'marketing' if number == hops - 1 else 'service'}\n}}\n"
        for number in range(hops)
    )
    text = SourceText("a.flow", f"party acme {{ in IE }}\n{chain}{POLICY}", "a.flow")
    settings = Settings(Path(), select=("PL501",))
    (finding,) = check_texts(Reading((text,), ()), settings, load(()), date(2026, 11, 22)).findings
    told = [step.text for step in finding.steps]
    assert told[0] == "f0 carries contact.email from child to s0"
    assert told[-1] == f"f{hops - 1} carries contact.email from s{hops - 2} to s{hops - 1}"
    assert [each for each in told if "carries" not in each] == ([gap] if gap else [])
    assert len(told) == 12 + bool(gap)
