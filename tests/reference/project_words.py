"""The words that random projects are made of, and the drawing of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

DATA = (
    "contact.email", "contact", "contact.email", "contact.phone", "personal", "special.health",
    "special", "sensitive", "location.precise", "system.operations", "nonpersonal.business",
    "anything",
)  # fmt: skip
PURPOSES = (
    "service", "service.support", "analytics", "marketing.direct", "marketing",
    "marketing.direct.email", "disclosure.sale", "disclosure", "anything",
)  # fmt: skip
SUBJECTS = ("visitor", "user", "user.end_user", "customer", "employee", "visitor", "anyone")
PLACES = (
    "CA", "DE", "US", "FR", "EU", "EEA", "GB", "CH", "CA-AB", "JP", "anywhere", "uk", "US-CA",
)  # fmt: skip
BASIS = ("consent", "consent.explicit", "contract", "legitimate_interests")
SAFEGUARDS = (
    "dpa", "scc", "scc.module1", "encryption.at_rest", "encryption", "dpf_eu", "pipeda", "adequacy",
)  # fmt: skip
MEANS = ("cookie", "cookie.session", "web_form", "api")
CIRCUMSTANCES = ("court_order", "subject_direction")
FORMS = (
    "pseudonymised", "truncated", "aggregated", "aggregated.linked", "anonymised", "identified",
    "deidentified", "synthetic",
)  # fmt: skip
EVENTS = ("account_closed", "collected", "unsubscribed")
DURATIONS = (
    "30 days", "1 month", "31 days", "28 days", "2 months", "60 days", "62 days", "1 year",
    "365 days", "366 days", "72 hours", "12 months", "4 weeks", "0 days",
)  # fmt: skip
RECIPIENTS = (
    "processor", "subprocessor", "third_party", "third_party.data_broker", "processor",
    "independent_controller", "client", "third_party", "hosting", "advertising", "processor",
    "anyone",
)  # fmt: skip
TERMS = (
    "data contact.nick", "purpose service.vip", "subject user.junior", "safeguard dpa.signed",
    "recipient third_party.panel", "form pseudonymised.hashed", "event account_closed.fully",
    "means cookie.oven", "basis consent.nodded",
)  # fmt: skip
MEASURES = (
    *BASIS, *SAFEGUARDS, *MEANS, *CIRCUMSTANCES, "pseudonymised", "aggregated", "identified",
)  # fmt: skip
OBLIGED = {
    "forbid use": "PL501",
    "forbid sharing": "forbidden-sharing",
    "forbid collection": "PL702",
    "forbid transfer": "PL302",
    "forbid retention": "PL402",
    "beyond": "PL401",
    "for transfer": "unsafeguarded-transfer",
    "for retention": "PL403",
    "for use": "PL502",
    "for collection": "PL703",
    "disclose data": "undisclosed-data",
    "disclose purpose": "PL112",
    "disclose place": "PL115",
    "operation": "PL601",
    "aged": "PL201",
}
RULES = ("PL901", "PL201", "PL904")
UNKNOWN = ("contact.emial", "typo", "servce", "zz")
AGES = ("under 16", "16+", "13 to 15", "15 to 17", "18+", "under 13")
SECTIONS = ("1", "2", "5.1", "7-transfers")


@dataclass
class Draws:
    """Choices, each shrinking towards the first or the plain one."""

    integer: Callable[[int, int], int]
    clumsy: bool = False

    def number(self, low: int, high: int) -> int:
        """Draw a whole number, both ends included."""
        return self.integer(low, high)

    def chance(self, percent: int) -> bool:
        """Say yes this often; shrinks to no."""
        return self.integer(0, 99) >= 100 - percent

    def slip(self, percent: int) -> bool:
        """Say yes this often, in a clumsy project only."""
        return self.clumsy and self.chance(percent)

    def pick(self, choices: Sequence[T]) -> T:
        """Pick one."""
        return choices[self.integer(0, len(choices) - 1)]

    def word(self, choices: Sequence[str]) -> str:
        """Pick one, which a clumsy hand may misspell."""
        return self.pick(UNKNOWN) if self.slip(3) else self.pick(choices)

    def several(self, choices: Sequence[str], low: int, high: int) -> list[str]:
        """Pick some that differ."""
        return list(dict.fromkeys(self.word(choices) for _ in range(self.number(low, high))))

    def words(self, choices: Sequence[str], low: int, high: int) -> str:
        """Pick some, as a list is written."""
        return ", ".join(self.several(choices, low, high))

    def listed(self, one: Callable[[], str], low: int, high: int) -> str:
        """Draw some, as a list is written."""
        return ", ".join(one() for _ in range(self.number(low, high)))

    def clause(self, keyword: str, choices: Sequence[str], percent: int, most: int) -> str:
        """Draw a clause this often, else nothing."""
        return f"{keyword} {self.words(choices, 1, most)}" if self.chance(percent) else ""

    def who(self, names: Sequence[str], aged: int, placed: int) -> str:
        """Draw WHO = NAME [aged AGE] [in PLACE], with an age and a place this often."""
        age = f" aged {self.pick(AGES)}" if self.chance(aged) else ""
        place = f" in {self.word(PLACES)}" if self.chance(placed) else ""
        return f"{self.word(names)}{age}{place}"

    def period(self) -> str:
        """Draw a PERIOD."""
        if self.chance(8):
            return "forever"
        if self.chance(12):
            return f"until {self.word(EVENTS)}"
        after = f" after {self.word(EVENTS)}" if self.chance(22) else ""
        return self.pick(DURATIONS) + after


@dataclass(frozen=True)
class Names:
    """The names that a project declares."""

    parties: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    sections: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @staticmethod
    def some(draws: Draws) -> Names:
        """Draw how many there are of each."""
        policies = ("acme", "bolt", "other")[: draws.pick((1, 1, 2, 2, 3))]
        return Names(
            ("acme", "host", "ads", "bolt", "relay")[: draws.number(2, 5)],
            ("crm", "web", "vault", "player")[: draws.number(2, 4)],
            ("one", "two", "three", "four", "five", "six")[: draws.number(2, 6)],
            policies,
            {name: SECTIONS[: draws.number(1, 4)] for name in policies},
        )
