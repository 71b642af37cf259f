"""Random small projects as text: nothing in, a strategy for path -> text out.

The words are few and related up and down, so that flows and obligations often meet. One project in
four is clumsy: some of its names are unknown, declared twice or broken off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from hypothesis import strategies as st

from .project_obligations import policy_text
from .project_words import (
    BASIS,
    CIRCUMSTANCES,
    DATA,
    FORMS,
    MEANS,
    OBLIGED,
    PLACES,
    PURPOSES,
    RECIPIENTS,
    RULES,
    SAFEGUARDS,
    SUBJECTS,
    TERMS,
    Draws,
    Names,
)  # fmt: skip

AS_OF = date(2026, 11, 22)
"""The day the generated projects are meant to be judged on."""


@st.composite
def projects(draw: st.DrawFn) -> dict[str, str]:
    """Generate one project."""
    draws = Draws(lambda low, high: draw(st.integers(low, high)))
    return Builder(draws).files()


def rules_for(policies: str) -> Sequence[str]:
    """List the rules that the obligations of a project go to, most of them at least."""
    wanted = [rule for words, rule in OBLIGED.items() if words in policies]
    return [*wanted, *wanted, *wanted, *RULES]


@dataclass
class Builder:
    """Puts one project together, from its parties to its policies."""

    draws: Draws
    names: Names = field(default_factory=Names)
    rules: Sequence[str] = RULES

    def files(self) -> dict[str, str]:
        """Generate all declarations and deal them out to files."""
        draws = self.draws
        draws.clumsy = draws.chance(25)
        self.names = Names.some(draws)
        policies = [policy_text(draws, self.names, name) for name in self.names.policies]
        self.rules = rules_for("".join(policies))
        nodes = [*map(self.party, self.names.parties), *map(self.service, self.names.services)]
        terms = [f"term {term}" for term in draws.several(TERMS, 0, 2)] if draws.chance(25) else []
        flows = [self.flow(name) for name in self.names.flows]
        found = {
            "a.flow": self.joined(nodes + terms),
            "b.flow": self.joined(flows + self.slips()),
            "p.policy": self.joined(policies),
        }
        if draws.chance(12):
            found["src/app.py"] = self.annotation()
        return found

    def joined(self, declarations: Sequence[str]) -> str:
        """Write declarations one after the other, now and then as another system would."""
        text = "# generated\n" + "\n".join(declarations) + "\n"
        if self.draws.chance(4):
            text = text.replace("\n", "\r\n")
        return "\ufeff" + text if self.draws.chance(3) else text

    def body(self, head: str, clauses: Sequence[str]) -> str:
        """Write a block: its clauses in any order, on one line or on several."""
        kept = [clause for clause in clauses if clause]
        turn = self.draws.number(0, max(len(kept) - 1, 0))
        between = "\n  " if self.draws.chance(50) else "  "
        return f"{head} {{{between}{between.join(kept[turn:] + kept[:turn])} }}"

    def party(self, name: str) -> str:
        """Generate a party; the first one is often left plain, as the one that is bound."""
        draws = self.draws
        plain = name == "acme"
        clauses = [
            draws.clause("is", RECIPIENTS, 10 if plain else 90, most=2),
            f"for {draws.word(self.names.parties)}" if draws.chance(40) else "",
            draws.clause("in", PLACES, 85, most=2),
            draws.clause("with", SAFEGUARDS, 30, most=2),
            self.waiver(2),
        ]
        return self.body(f"party {name}", clauses)

    def service(self, name: str) -> str:
        """Generate a service."""
        draws = self.draws
        owner = draws.word(["acme", *self.names.parties])
        clauses = [
            f"of {owner}" if draws.chance(92) else "",
            draws.clause("is", RECIPIENTS, 12, most=1),
            draws.clause("in", PLACES, 50, most=2),
            draws.clause("with", SAFEGUARDS, 25, most=2),
            f"keep {draws.period()}" if draws.chance(25) else "",
            f"keep {draws.word(DATA)} {draws.period()}" if draws.chance(25) else "",
            'at "src/**"' if name == "web" else "",
            self.waiver(2),
        ]
        return self.body(f"service {name}", clauses)

    def flow(self, name: str, here: bool = False) -> str:
        """Generate a flow with a good part of its clauses."""
        draws = self.draws
        clauses = [
            f"data {draws.listed(self.item, 1, 2)}" if not draws.slip(8) else "",
            f"purpose {draws.words(PURPOSES, 1, 2)}" if not draws.slip(8) else "",
            f"subject {draws.listed(self.who, 1, 2)}" if draws.chance(45) else "",
            draws.clause("basis", BASIS, 40, most=2),
            draws.clause("with", SAFEGUARDS, 25, most=2),
            draws.clause("via", MEANS, 40, most=2),
            draws.clause("when", CIRCUMSTANCES, 20, most=1),
            f"keep {draws.period()}" if draws.chance(60) else "",
            f"consideration {draws.pick(['money', 'value', 'none'])}" if draws.chance(30) else "",
            self.waiver(14),
            self.waiver(2),
        ]
        receiver = "here" if here else self.receiver()
        return self.body(f"flow {name} from {self.sender()} to {receiver}", clauses)

    def who(self) -> str:
        """Generate a subject, mostly with an age and often with a place."""
        return self.draws.who(SUBJECTS, 70, 45)

    def sender(self) -> str:
        """Pick who sends: a third of the time a person."""
        draws = self.draws
        if draws.chance(33):
            return draws.word(SUBJECTS)
        return self.node(80)

    def receiver(self) -> str:
        """Pick who receives: seldom a person."""
        return self.draws.word(SUBJECTS) if self.draws.chance(6) else self.node(65)

    def node(self, percent: int) -> str:
        """Pick a service this often, else a party."""
        services = self.draws.chance(percent)
        return self.draws.word(self.names.services if services else self.names.parties)

    def item(self) -> str:
        """Generate ITEM = NAME [as FORM]."""
        form = f" as {self.draws.word(FORMS)}" if self.draws.chance(25) else ""
        return self.draws.word(DATA) + form

    def waiver(self, percent: int) -> str:
        """Generate a waiver, open-ended or not, of one clause or of any."""
        draws = self.draws
        if not draws.chance(percent):
            return ""
        where = until = ""
        if draws.chance(40):
            policy = draws.pick(self.names.policies)
            where = f" on {policy}:{draws.pick(self.names.sections[policy])}"
        if draws.chance(30):
            until = f" until {draws.pick(['2099-12-31', '2026-11-22', '2026-11-21', '2020-01-31'])}"
        return f'waive {draws.word(self.rules)}{where}{until} because "agreed"'

    def annotation(self) -> str:
        """Generate a flow in the comments of a source file."""
        lines = self.flow("noted", here=True).split("\n")
        return "import sys\n\n# policylint: " + "\n# ".join(lines) + "\nprint(sys.argv)\n"

    def slips(self) -> list[str]:
        """Generate what a clumsy hand adds: names used twice and declarations broken off."""
        draws = self.draws
        kinds: list[Callable[[], str]] = [
            lambda: self.flow(draws.pick(self.names.flows)),
            lambda: self.service(draws.pick(self.names.services)),
            lambda: self.party(draws.pick(self.names.parties)),
            lambda: "flow torn from visitor to crm { data contact, purpose service }",
            lambda: "flow cut from visitor to crm { data contact purpose",
            lambda: f"service {draws.pick(['lost', 'ruin'])} {{ of acme in in }}",
            lambda: f"party {draws.pick(['gone', 'void'])} {{ is processor",
            lambda: "policy scrap { binds acme clause 1 { forbid } }",
            lambda: "term data contact.oops oops",
            lambda: "term data nowhere.at_all",
            lambda: "term dta contact.nick",
        ]
        return [draws.pick(kinds)() for _ in range(draws.number(0, 2))] if draws.clumsy else []
