"""Nothing in; thirty promises out, each said once: the policy text and every peer's rules are written from these."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

Alternatives = tuple[tuple[str, ...], ...]

PREPOSITIONS = {
    "of": "data",
    "to": "to",
    "for": "purpose",
    "from": "people",
    "into": "place",
    "outside": "place",
    "via": "measures",
}
"""Which fact of a flow a preposition asks about."""


class Promise(NamedTuple):
    """One obligation. `needs`: of each group any one; `unless`: of any group all; `under` years, `beyond` days."""

    section: str
    kind: Literal["forbid", "require"]
    action: str
    patterns: dict[str, tuple[str, ...]]
    under: int | None = None
    beyond: int | None = None
    needs: Alternatives = ()
    unless: Alternatives = ()

    @property
    def text(self) -> str:
        """The obligation in policylint's language."""
        needs = " and ".join(" or ".join(group) for group in self.needs)
        words = [f"require {needs} for {self.action}" if needs else f"forbid {self.action}"]
        for preposition, names in self.patterns.items():
            age = f" aged under {self.under}" if preposition == "from" and self.under else ""
            words.append(f"{preposition} {', '.join(names)}{age}")
        if self.beyond:
            words.append(f"beyond {self.beyond} days")
        if self.unless:
            words.append("unless " + " or ".join(" and ".join(group) for group in self.unless))
        return " ".join(words)


def _forbid(section: str, action: str, unless: str = "", **rest: str | int) -> Promise:
    """`a b | c` in `unless` reads: a and b, or c."""
    groups = tuple(tuple(group.split()) for group in unless.split("|")) if unless else ()
    return _with_patterns(Promise(section, "forbid", action, {}, unless=groups), rest)


def _require(section: str, needs: str, action: str, **rest: str | int) -> Promise:
    """`a b | c` in `needs` reads: a or b, and c."""
    groups = tuple(tuple(group.split()) for group in needs.split("|"))
    return _with_patterns(Promise(section, "require", action, {}, needs=groups), rest)


def _with_patterns(promise: Promise, rest: dict[str, str | int]) -> Promise:
    under, beyond = rest.pop("under", None), rest.pop("beyond", None)
    patterns = {key.rstrip("_"): tuple(str(names).split()) for key, names in rest.items()}
    return promise._replace(patterns=patterns, under=under, beyond=beyond)  # type: ignore[arg-type]


PROMISES: tuple[Promise, ...] = (
    _forbid("1.1", "sale", of="personal"),
    _forbid("1.2", "sharing", of="special", to="third_party"),
    _forbid("1.3", "sharing", of="personal", to="advertising", unless="opted_in"),
    _forbid("1.4", "sharing", of="communication", to="social_media"),
    _require("1.5", "dpa", "sharing", of="personal", to="processor"),
    _forbid("1.6", "sharing", of="financial.payment", to="analytics advertising"),
    _forbid("1.7", "sharing", of="personal", to="public"),
    _require("2.1", "scc bcr", "transfer", of="personal", outside="EEA"),
    _forbid("2.2", "transfer", of="special", outside="EEA", unless="consent.explicit scc"),
    _forbid("2.3", "transfer", of="personal", into="RU CN"),
    _require("2.4", "encryption.in_transit", "transfer", of="financial.payment"),
    _forbid("3.1", "retention", of="personal", beyond=2000, unless="legal_requirement"),
    _forbid("3.2", "retention", of="device behavior", beyond=400),
    _forbid("3.3", "retention", of="special", beyond=800),
    _forbid("3.4", "retention", of="financial.payment.card", unless="pci_dss"),
    _require("3.5", "encryption.at_rest", "retention", of="special"),
    _forbid("4.1", "collection", of="personal", from_="anyone", under=16),
    _forbid("4.2", "use", of="personal", from_="child", for_="marketing"),
    _forbid("4.3", "collection", of="special", unless="consent.explicit"),
    _require("4.4", "consent contract legal_obligation legitimate_interests", "collection", of="personal"),
    _forbid("5.1", "use", of="special", for_="marketing personalization"),
    _forbid("5.2", "use", of="communication", for_="improvement.ai_training", unless="consent"),
    _forbid("5.3", "use", of="personal", for_="marketing.advertising.cross_context"),
    _require("5.4", "consent legitimate_interests", "use", of="personal", for_="marketing"),
    _forbid("5.5", "use", of="location.precise", for_="marketing analytics", unless="consent.explicit | opted_in"),
    _require("5.6", "need_to_know | encryption.at_rest security", "use", of="employment.record"),
    _forbid("5.7", "use", of="derived.profile", for_="employment service.eligibility"),
    _forbid("6.1", "collection", of="device", via="tracking.fingerprint"),
    _forbid("6.2", "collection", of="personal", via="cookie.third_party", unless="consent"),
    _forbid("6.3", "use", of="behavior", via="tracking.session_replay", unless="consent.explicit"),
)


class Test(NamedTuple):
    """One question about a flow's facts: `has` or `lacks` any of the words, or is `below` or `above` a number."""

    kind: Literal["has", "lacks", "below", "above"]
    fact: str
    words: tuple[str, ...] = ()
    number: int = 0


def tests(promise: Promise) -> Iterator[Test]:
    """What has to hold of a flow for a promise to speak of it; its needs and exceptions come after that."""
    yield Test("has", "does", (promise.action,))
    for preposition, names in promise.patterns.items():
        if names != ("anyone",):
            yield Test("lacks" if preposition == "outside" else "has", PREPOSITIONS[preposition], names)
    if promise.under is not None:
        yield Test("below", "youngest", number=promise.under)
    if promise.beyond is not None:
        yield Test("above", "days", number=promise.beyond)


def conditions(promise: Promise, any_of: Callable[[str, Sequence[str]], str], no: str, fact: str) -> list[str]:
    """The tests of a promise in some language, given how it asks for any of some words, negates, and names a fact."""
    signs = {"below": "<", "above": ">"}
    return [
        f"{fact}{test.fact} {signs[test.kind]} {test.number}"
        if test.kind in signs
        else (no if test.kind == "lacks" else "") + any_of(test.fact, test.words)
        for test in tests(promise)
    ]


def policy_text() -> str:
    """The policy with all promises, not laid out."""
    clauses = "\n".join(f'clause {each.section} "Promise {each.section}" {{ {each.text} }}' for each in PROMISES)
    return f'policy acme "Privacy policy of Acme" {{\ndated 2026-01-01\nbinds acme\n{clauses}\n}}\n'
