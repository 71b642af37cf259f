"""Every obligation of the policies that ship can be broken, and each of its conditions decides whether it is.

The pairs are derived from the obligations: a small project that breaks one, and the same project with one fact
changed. The real check has to report the first, certainly and once, and to be silent about the second.
"""

from collections.abc import Mapping, Sequence

import pytest

from policylint.finding.finding import Finding, Severity
from policylint.model.values import Obligation
from tests.policies.checking import alone, is_certain, obligations, of, together
from tests.policies.pairs import Pair
from tests.policies.scene import Scene, differing, project
from tests.policies.shipped import NAMES, Shipped, policy

IDS = [key for name in NAMES for key in obligations(policy(name))]
COUNTS = {"jen": 40, "jensii": 110, "getjenny": 41, "jiq": 35, "jector": 16}


def shown(shipped: Shipped, obligation: Obligation, pair: Pair, scene: Scene) -> str:
    """What a failure says."""
    return f"{shipped.said(obligation)}\n{pair.aim}: {pair.fact}\n{project([scene])[0]}"


def operated(shipped: Shipped, pair: Pair) -> Mapping[Scene, Sequence[Finding]]:
    """What is found on two operated parties: they have one name, so each is a project of its own."""
    return {each: alone(shipped, each) for each in (pair.broken, pair.kept)}


def test_no_obligation_is_left_out() -> None:
    assert {name: len(policy(name).policy.obligations) for name in NAMES} == COUNTS
    assert len(IDS) == sum(COUNTS.values())


@pytest.mark.parametrize("key", IDS)
def test_an_obligation_fires_when_it_is_broken(key: str) -> None:
    shipped = policy(key.partition(":")[0])
    obligation, derived = obligations(shipped)[key]
    pair = derived.pairs[0]
    broken = of(alone(shipped, pair.broken), obligation)
    assert is_certain(broken), shown(shipped, obligation, pair, pair.broken)
    assert broken[0].severity is (Severity.WARNING if obligation.clause.hedged else Severity.ERROR)
    assert not of(alone(shipped, pair.kept), obligation), shown(shipped, obligation, pair, pair.kept)


@pytest.mark.parametrize("key", IDS)
def test_every_condition_of_an_obligation_counts(key: str) -> None:
    shipped = policy(key.partition(":")[0])
    obligation, derived = obligations(shipped)[key]
    assert not derived.lacking, f"no pair for these conditions of\n{shipped.said(obligation)}"
    for pair in derived.pairs:
        assert len(differing(pair.broken, pair.kept)) == 1
        found = together(shipped) if pair.broken.sender else operated(shipped, pair)
        assert is_certain(of(found[pair.broken], obligation)), shown(shipped, obligation, pair, pair.broken)
        assert not of(found[pair.kept], obligation), shown(shipped, obligation, pair, pair.kept)
