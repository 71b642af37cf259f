"""A rule as a frozen description and a function; and what kinds of things rules govern."""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from policylint.finding.finding import Finding, Severity
from policylint.model.values import Obligation
from policylint.source.mistake import MistakeKind

if TYPE_CHECKING:
    from policylint.rule.context import Context

API = 1
"""The version of everything a plug-in sees; a plug-in for another one is refused."""


class Obligations(NamedTuple):
    """The obligations that a rule reports: of a kind, on some actions, perhaps only those that state something.

    Of several rules for one obligation the one that asks for most reports it.
    """

    kind: Literal["forbid", "require"] | None
    actions: frozenset[str]
    stating: str | None = None

    @property
    def rank(self) -> int:
        """How particular this is."""
        return (2 if self.kind is None else 1) if self.stating else 0

    def cover(self, obligation: Obligation) -> bool:
        """Whether a rule that governs this reports an obligation."""
        return (
            self.kind in (None, obligation.kind)
            and (not self.actions or obligation.action in self.actions)
            and (self.stating is None or obligation.states(self.stating))
        )


class Disclosures(NamedTuple):
    """What policies disclose in one facet."""

    facet: str


Governs = Obligations | Disclosures | MistakeKind | None


def forbids(*actions: str, stating: str | None = None) -> Obligations:
    """Every `forbid` of these actions; with `stating`, only those that use that preposition themselves."""
    return Obligations("forbid", frozenset(actions), stating)


def requires(*actions: str) -> Obligations:
    """Every `require` for these actions."""
    return Obligations("require", frozenset(actions))


def obligations(*actions: str) -> Obligations:
    """Every `forbid` of these actions, and every `require` for them."""
    return Obligations(None, frozenset(actions))


def any_obligation(*, stating: str) -> Obligations:
    """Every obligation that states something, before any other rule; `age` is an age in its `from`."""
    return Obligations(None, frozenset(), stating)


def discloses(facet: str) -> Disclosures:
    """Every list in one facet."""
    return Disclosures(facet)


Run = Callable[["Context"], Iterator[Finding]]


class Rule(NamedTuple):
    """What a rule is called, what it governs, and what it does. Its page lies beside its code: `NAME.md`.

    `opt_in` rules run where they are selected. `severity` is what its certain findings have; possible ones and those of
    hedged clauses are warnings. `closing` rules run after waivers were applied, and cannot be waived; nor can those
    that are not `waivable`. What a rule that `rests_on_all` finds in one file may rest on any other file, and not only
    on the names that are declared there and on whose data comes from there: whatever changes, it is run on everything.
    """

    code: str
    name: str
    run: Run
    governs: Governs = None
    severity: Severity = Severity.ERROR
    opt_in: bool = False
    closing: bool = False
    waivable: bool = True
    rests_on_all: bool = False

    @property
    def page(self) -> Path:
        """Its documentation, example and test."""
        return Path(inspect.getfile(self.run)).with_name(self.name.replace("-", "_") + ".md")

    @property
    def plugin(self) -> str:
        """The package or module that brings it."""
        return self.run.__module__.partition(".")[0]

    @property
    def reports_mistakes(self) -> bool:
        """Whether its findings mean that part of the input was not understood."""
        return isinstance(self.governs, MistakeKind)


def rule(
    code: str,
    *,
    governs: Governs = None,
    severity: Severity = Severity.ERROR,
    opt_in: bool = False,
    closing: bool = False,
    waivable: bool = True,
    rests_on_all: bool = False,
) -> Callable[[Run], Rule]:
    """Make a rule of a function; its name is the function's, with dashes, and says what is wrong."""

    def described(run: Run) -> Rule:
        name = run.__name__.replace("_", "-")
        return Rule(code, name, run, governs, severity, opt_in, closing, waivable, rests_on_all)

    return described
