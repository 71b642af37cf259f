"""Random policies as text: names in, a policy out."""

from __future__ import annotations

from .project_words import (
    BASIS,
    DATA,
    FORMS,
    MEANS,
    MEASURES,
    PLACES,
    PURPOSES,
    RECIPIENTS,
    SAFEGUARDS,
    SUBJECTS,
    Draws,
    Names,
)  # fmt: skip

ACTIONS = (
    "use", "sharing", "collection", "transfer", "retention", "sale", "use", "sharing",
    "collection", "retention", "operation",
)  # fmt: skip
DISCLOSED = ("data", "purpose", "recipient", "means", "place", "basis", "source")
PREPOSITIONS = ("of", "from", "to", "for", "into", "outside", "as", "via", "with", "beyond")

SOUGHT = ("anyone", "visitor", "anyone", "user", "customer", "employee")


def policy_text(draws: Draws, names: Names, name: str) -> str:
    """Generate one policy, binding one party or two."""
    bound = draws.several(names.parties if draws.chance(35) else ("acme",), 1, 2)
    clauses = [clause(draws, names, section) for section in names.sections[name]]
    if draws.slip(6):
        clauses.append(clause(draws, names, "1"))
    binds = "" if draws.slip(4) else f"\n  binds {', '.join(bound)}"
    return f'policy {name} "A promise" {{{binds}\n  ' + "\n  ".join(clauses) + "\n}"


def clause(draws: Draws, names: Names, section: str) -> str:
    """Generate one clause with an obligation or two."""
    parts = [obligation(draws, names) for _ in range(draws.pick((1, 1, 1, 2)))]
    if draws.chance(5):
        parts = ['unchecked because "of no flow"']
    if draws.slip(4):
        parts = ["cites 0123456789ab"]
    if draws.chance(12):
        parts.insert(0, 'hedged because "as a rule"')
    return f'clause {section} "In short" {{ ' + "  ".join(parts) + " }"


def obligation(draws: Draws, names: Names) -> str:
    """Generate one `forbid`, `require` or `disclose`."""
    kind = draws.pick(("forbid", "require", "disclose", "forbid"))
    if kind == "disclose":
        return disclosure(draws, names)
    action = draws.word(ACTIONS)
    head = f"forbid {action}" if kind == "forbid" else f"require {needs(draws, action)} for {action}"
    return head + pattern(draws, names, action) + unless(draws, names)


def disclosure(draws: Draws, names: Names) -> str:
    """Generate `disclose FACET NAME, … PATTERN…`."""
    facet = draws.word(DISCLOSED)
    choices = {
        "data": DATA,
        "purpose": PURPOSES,
        "recipient": (*RECIPIENTS, *names.parties),
        "means": MEANS,
        "place": PLACES,
        "basis": BASIS,
    }.get(facet, (*SUBJECTS, *RECIPIENTS, *names.services))
    few = draws.pick((0, 1, 1, 2)) if draws.chance(50) else 0
    often = (*PREPOSITIONS, "with", "with")
    parts = "".join(" " + part(draws, names, draws.pick(often)) for _ in range(few))
    return f"disclose {facet} {draws.words(choices, 1, 2)}{parts}"


def needs(draws: Draws, action: str) -> str:
    """Generate NEEDS = NEED and NEED …; NEED = MEASURE or MEASURE …"""
    count = draws.pick((1, 1, 2))
    choices = (*SAFEGUARDS, "adequacy", "adequacy") if action == "transfer" else MEASURES
    return " and ".join(" or ".join(draws.several(choices, 1, 2)) for _ in range(count))


def pattern(draws: Draws, names: Names, action: str) -> str:
    """Generate up to two prepositions, with those that suit the action more often."""
    words = [draws.pick(PREPOSITIONS) for _ in range(draws.pick((0, 1, 1, 1, 2)))]
    if action == "retention" and draws.chance(45):
        words.append("beyond")
    if action in ("use", "collection") and draws.chance(15):
        words.append("via")
    if "of" in words and draws.chance(15):
        words.append("as")
    return "".join(" " + part(draws, names, word) for word in words)


def part(draws: Draws, names: Names, word: str) -> str:
    """Generate one preposition with what follows it."""
    if word == "from":
        return f"from {draws.listed(lambda: draws.who(SOUGHT, 35, 15), 1, 2)}"
    if word == "beyond":
        return f"beyond {draws.period()}"
    choices = {
        "of": DATA,
        "as": FORMS,
        "to": (*RECIPIENTS, *names.parties, *names.services, "data_subject", "visitor"),
        "for": PURPOSES,
        "into": PLACES,
        "outside": PLACES,
        "via": MEANS,
        "with": MEASURES,
    }[word]
    return f"{word} {draws.words(choices, 1, 2)}"


def unless(draws: Draws, names: Names) -> str:
    """Generate CONDITION = ALT or ALT …; ALT = COND and COND …"""
    if not draws.chance(30):
        return ""
    count = draws.pick((1, 1, 2))
    return " unless " + " or ".join(alternative(draws, names) for _ in range(count))


def alternative(draws: Draws, names: Names) -> str:
    """Generate ALT: bare measures and prepositions."""
    conditions = [
        part(draws, names, draws.pick(PREPOSITIONS)) if draws.chance(50) else draws.word(MEASURES)
        for _ in range(draws.pick((1, 1, 2)))
    ]
    return " and ".join(conditions)
