"""An action that policies can speak of, `profiling`, and the rule that reports what they say of it."""

from collections.abc import Iterator, Mapping, Sequence

from policylint.rule.api import (
    NO,
    Action,
    Answer,
    Atom,
    Case,
    Context,
    Finding,
    Rule,
    any_of,
    hookimpl,
    obligations,
    rule,
)

API = 1
PURE = True
"""It looks at nothing but what it is given, so that runs with it may be kept in the cache."""

PURPOSES = ("personalization.profiling", "marketing.profiling")
FORBIDDEN = "leave that purpose out of the flow, or change the promise"
REQUIRED = "meet what the clause asks for, and claim it on the flow"


def profiling(case: Case, atom: Atom) -> Answer:
    """A flow profiles people where a purpose of it is to build a profile; maybe, where that is too coarse to tell."""
    return any_of(case.world.words, "purpose", atom.purpose, PURPOSES) if case.flow else NO


@rule("XP001", governs=obligations("profiling"))
def unpermitted_profiling(context: Context) -> Iterator[Finding]:
    """Report each flow that profiles people against a promise."""
    for breach in context.breaches:
        verb = breach.says("builds", "may build")
        lacking = f" without {breach.lacking}" if breach.obligation.needs else ""
        message = f"the flow `{breach.flow.name}` {verb} profiles from {breach.data}{lacking}"
        yield context.breach(breach, message, REQUIRED if lacking else FORBIDDEN)


@hookimpl
def policylint_actions() -> Mapping[str, Action]:
    """What policies can now forbid, and require something for."""
    return {"profiling": profiling}


@hookimpl
def policylint_rules() -> Sequence[Rule]:
    """Who reports it."""
    return (unpermitted_profiling,)
