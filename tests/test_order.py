"""The order of files, declarations and clauses changes no verdict."""

import random
import re
from collections import Counter
from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reference.projects import projects
from tests.test_meaning import Verdict, engine

# Which of two declarations of one name is left out, and so all that follows from it, does depend on the order.
_BY_ORDER = ("PL001", "PL003")


def shuffled(text: str, chance: random.Random) -> str:
    """A file with its declarations in another order."""
    pieces = re.split(r"^(?=(?:term|party|service|flow|policy)\b)", text, flags=re.MULTILINE)
    head, declarations = pieces[0], [f"{piece.rstrip()}\n" for piece in pieces[1:]]
    chance.shuffle(declarations)
    return head + "".join(declarations)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(), st.randoms(use_true_random=False))
def test_order_changes_no_verdict(files: Mapping[str, str], chance: random.Random) -> None:
    before = engine(files)
    if any(verdict[0] in _BY_ORDER for verdict in before):
        return
    names = sorted(files)
    renamed = names.copy()
    # Source files keep their place, which `here` depends on; the others swap theirs.
    flows = [name for name in names if name.endswith(".flow")]
    chance.shuffle(flows)
    swap = dict(zip([name for name in names if name.endswith(".flow")], flows, strict=True))
    after: Counter[Verdict] = engine({swap.get(name, name): shuffled(files[name], chance) for name in renamed})
    assert after == before
