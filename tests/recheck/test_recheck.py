"""What is checked after a change is enough: the same is found as in a check of everything."""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from policylint.check import Checked, check_texts
from policylint.config.settings import Settings
from policylint.recheck.changed import recheck
from policylint.recheck.memory import decoded, encoded
from policylint.rule.registry import load
from policylint.source.files import Reading
from policylint.source.policy_texts import Shelf
from policylint.source.text import SourceText
from tests.reference.project_words import DATA, PURPOSES, SUBJECTS, Draws
from tests.reference.projects import AS_OF, Builder

REGISTRY = load(())
SETTINGS = Settings(Path())
EXAMPLES = int(os.environ.get("POLICYLINT_FUZZ_EXAMPLES", "200"))
Texts = Mapping[str, str]


def reading(files: Texts) -> Reading:
    return Reading(tuple(SourceText(path, text, path) for path, text in sorted(files.items())), ())


def checked(files: Texts) -> Checked:
    return check_texts(reading(files), SETTINGS, REGISTRY, AS_OF, Shelf())


def checked_again(before: Texts, after: Texts) -> Checked | None:
    content = encoded(checked(before))
    if not content:
        return None
    old = {
        path: SourceText(path, before[path], path) if path in before else None
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path)
    }
    return recheck(decoded(content), old, reading(after), SETTINGS, REGISTRY, AS_OF)


def told(check: Checked) -> object:
    return (
        check.findings,
        check.model.hints,
        check.flows,
        +Counter(check.evaluations),
        list(check.sources),
        check.unseen,
    )


FLOWS = tuple(f"f{number}" for number in range(12))
CHAIN = tuple(f"own-{number}" for number in range(6))
FILES = tuple(f"{letter}.flow" for letter in "stuvwxyz")


@st.composite
def edited(draw: st.DrawFn) -> tuple[Texts, Texts]:
    """A project, and what it is after somebody worked on one or two of its files."""
    draws = Draws(lambda low, high: draw(st.integers(low, high)))
    builder = Builder(draws)
    others = builder.files()
    del others["b.flow"]
    builder.draws.clumsy = False
    builder.names = replace(builder.names, services=(*builder.names.services, *CHAIN))
    services = {name: (draws.pick(FILES[:3]), builder.service(name)) for name in CHAIN}
    flows = {name: (draws.pick(FILES), a_flow(draws, builder, name)) for name in FLOWS}
    before = dealt(others, services, flows)
    for name in {draws.pick(FLOWS) for _ in range(draws.number(0, 2))}:
        if draws.chance(20):
            del flows[name]
        else:
            flows[name] = flows[name][0], a_flow(draws, builder, name)
    if draws.chance(30):
        flows["new"] = draws.pick(FILES), a_flow(draws, builder, draws.pick(["new", *FLOWS]))
    if draws.chance(10):
        name = draws.pick(CHAIN)
        services[name] = services[name][0], builder.service(name)
    if draws.chance(30):
        moved = draws.pick(sorted(others))
        others[moved] = "# moved\n" + others[moved]
    return before, dealt(others, services, flows)


def a_flow(draws: Draws, builder: Builder, name: str) -> str:
    """A flow; often the next of a long chain, along which data goes from file to file."""
    if draws.chance(40):
        return builder.flow(name)
    at = draws.number(0, len(CHAIN) - 2)
    whose = draws.who(SUBJECTS, 70, 45) if draws.chance(25) else ""
    data = draws.words(DATA, 1, 2)
    purpose = draws.word(PURPOSES)
    subject = f"subject {whose}" if whose else ""
    return f"flow {name} from {CHAIN[at]} to {CHAIN[at + 1]} {{ data {data}  purpose {purpose}  {subject} }}"


def dealt(others: Texts, *several: Mapping[str, tuple[str, str]]) -> Texts:
    files = dict(others)
    for declarations in several:
        for path, text in declarations.values():
            files[path] = files.get(path, "") + text + "\n"
    return files


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(edited())
def test_the_same_is_found_as_in_a_check_of_everything(projects: tuple[Texts, Texts]) -> None:
    before, after = projects
    again = checked_again(before, after)
    event("checked in part" if again else "checked whole")
    if again is not None:
        whole = checked(after)
        assert told(again) == told(whole)


PROJECT = {
    "nodes.flow": "party acme { in IE }\n" + "".join(f"service s{number} {{ of acme }}\n" for number in range(5)),
    "p.policy": 'policy acme "A" { binds acme  clause 1 { forbid use of personal from child for marketing } }\n',
    "0.flow": "flow f0 from visitor to s0 { data contact.email  purpose service }\n",
    "1.flow": "flow f1 from s0 to s1 { data contact.email  purpose service }\n",
    "2.flow": "flow f2 from s1 to s2 { data contact  purpose service }\n",
    "3.flow": "flow f3 from s2 to s3 { data contact.email  purpose marketing }\n",
    "4.flow": "flow f4 from visitor to s4 { data contact.email  purpose service }\n",
}


def test_what_somebody_is_said_to_be_matters_to_the_end_of_a_chain() -> None:
    after = PROJECT | {"0.flow": PROJECT["0.flow"].replace("visitor", "child")}
    again = checked_again(PROJECT, after)
    assert again is not None
    assert [finding.declaration for finding in again.findings] == ["flow f3"]
    assert told(again) == told(checked(after))
    back = checked_again(after, PROJECT)
    assert back is not None
    assert back.findings == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("4.flow", PROJECT["4.flow"] + "flow f0 from visitor to s4 { data contact.email  purpose service }\n"),
        ("4.flow", PROJECT["4.flow"].replace("contact", "contcat")),
        ("4.flow", PROJECT["4.flow"] + "service s5 { of acme }\n"),
        ("nodes.flow", PROJECT["nodes.flow"].replace("IE", "FR")),
        ("src/app.py", "# policylint: flow f5 from visitor to here { data contact.email  purpose service }\n"),
    ],
)
def test_what_others_may_know_otherwise_is_checked_with_everything(path: str, text: str) -> None:
    assert checked_again(PROJECT, PROJECT | {path: text}) is None


NAMING = "flow f1 from s0 to s1 { data contact.email  purpose service  subject visitor }\n"
PARTY = "flow f0 from visitor to acme { data contact.email  purpose service }\n"
ON = "flow f1 from acme to s1 { data contact.email  purpose service }\n"


@pytest.mark.parametrize(
    ("already", "path", "old", "new"),
    [
        ({}, "0.flow", "contact.email", "account.username"),  # what f1 sends is brought by nobody any more
        ({"1.flow": NAMING}, "0.flow", "contact.email", "account.username"),
        ({"1.flow": NAMING.replace("contact.email", "account.username")}, "1.flow", "{", "{ "),
        ({"1.flow": NAMING}, "1.flow", "subject visitor", "subject child"),
        ({}, "4.flow", "flow f4", "flow f5 from child to s0 { data contact.email  purpose service }\nflow f4"),
        ({"0.flow": PARTY}, "0.flow", "visitor", "child"),  # from a party on from its services
        ({"1.flow": ON}, "0.flow", "visitor", "child"),  # from a service on from its party
        ({"1.flow": ON, "0.flow": PROJECT["0.flow"].replace("visitor", "child")}, "3.flow", "{", "{ "),
        ({"0.flow": PARTY.replace("visitor", "child")}, "3.flow", "{", "{ "),
    ],
)
def test_an_edit_here_and_what_is_found_there(already: Texts, path: str, old: str, new: str) -> None:
    before = PROJECT | already
    after = before | {path: before[path].replace(old, new)}
    again = checked_again(before, after)
    assert again is not None
    assert told(again) == told(checked(after))
    assert again.findings
    back = checked_again(after, before)
    assert back is not None
    assert told(back) == told(checked(before))
