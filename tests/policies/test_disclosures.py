"""Every list of the policies that ship covers something, and what no list covers is reported.

The pairs are derived from the lists: a flow that a list covers, and the same flow with one fact changed, which no
list of the policy covers.
"""

import pytest

from tests.policies.checking import by_name, disclosures, is_certain, together
from tests.policies.lists import CODES
from tests.policies.meaning import elements
from tests.policies.scene import Scene, differing, project
from tests.policies.shipped import NAMES, policy

IDS = [key for name in NAMES for key in disclosures(policy(name))]
COUNTS = {"jen": 49, "jensii": 151, "getjenny": 84, "jiq": 107, "jector": 70}
BOUNDLESS = {"jen:7-2#1": "its text says that data may go anywhere, and names no country or condition"}
"""Lists that cover whatever there is of a facet, so that nothing is outside; and why."""


def test_no_list_is_left_out() -> None:
    assert {name: len(policy(name).policy.disclosures) for name in NAMES} == COUNTS
    assert len(IDS) == sum(COUNTS.values())


@pytest.mark.parametrize("key", IDS)
def test_a_list_covers_what_it_names_and_no_more(key: str) -> None:
    shipped = policy(key.partition(":")[0])
    listed, pair = disclosures(shipped)[key]
    if key in BOUNDLESS:
        assert pair is None
        return
    assert pair is not None, shipped.said(listed)
    code, found = CODES[listed.facet], together(shipped)

    def shown(scene: Scene) -> str:
        return f"{shipped.said(listed)}\n{pair.fact if pair else ''}\n{project([scene])[0]}"

    assert len(differing(pair.listed, pair.unlisted)) == 1
    assert not [finding for finding in found[pair.listed] if finding.code == code], shown(pair.listed)
    reported = [finding for finding in found[pair.unlisted] if finding.code == code]
    assert is_certain(reported), shown(pair.unlisted)
    assert set(reported[0].identity) <= set(elements(pair.unlisted, listed.facet)), shown(pair.unlisted)


@pytest.mark.parametrize("key", IDS)
def test_every_name_of_a_list_covers_something(key: str) -> None:
    shipped = policy(key.partition(":")[0])
    listed, _ = disclosures(shipped)[key]
    code, found = CODES[listed.facet], together(shipped)
    for name, scene in by_name(shipped)[key]:
        assert scene is not None, f"nothing is covered by {name} of {shipped.said(listed)}"
        assert not [finding for finding in found[scene] if finding.code == code], (name, project([scene])[0])


@pytest.mark.parametrize("key", BOUNDLESS)
def test_a_boundless_list_asks_for_nothing(key: str) -> None:
    listed = disclosures(policy(key.partition(":")[0]))[key][0]
    assert not listed.patterns
    assert set(listed.terms) <= {"anything", "anywhere"}
