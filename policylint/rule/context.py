"""A judged project in; the one door out through which rules see it and by which they say what they found."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from policylint.citation.texts import NOTHING_CITED, Citations, Stale
from policylint.finding.finding import Certainty, Citation, Finding, Fix, Label, Severity, Step
from policylint.graph.travel import Travel
from policylint.model.build import Model
from policylint.model.flow import Flow
from policylint.model.values import Clause, Waiver
from policylint.rule.breach import Breach
from policylint.rule.description import Rule
from policylint.rule.omission import PLURALS, Omission
from policylint.source.mistake import Mistake
from policylint.source.text import Span


class WaiverUse(NamedTuple):
    """A waiver, the declaration it stands on, and what became of it."""

    waiver: Waiver
    declaration: str
    expired: bool
    understood: bool
    """Whether the rule and the clause that it names exist."""
    ran: bool
    """Whether its rule ran; of one that did not nobody knows whether it would have found anything."""
    covers: tuple[Finding, ...] = ()
    """The findings that it accepts."""
    refused: bool = False
    """Whether it would accept findings that cannot be waived."""

    @property
    def used(self) -> bool:
        """Whether it accepts anything."""
        return bool(self.covers)


class Judged(NamedTuple):
    """A project with all judgements made, by the code of the rule that reports them."""

    model: Model
    travel: Travel
    breaches: Mapping[str, Sequence[Breach]]
    omissions: Mapping[str, Sequence[Omission]]
    mistakes: Sequence[Mistake]
    waivers: Sequence[WaiverUse] = ()
    citations: Citations = NOTHING_CITED


class Context(NamedTuple):
    """What one rule sees."""

    rule: Rule
    judged: Judged

    @property
    def model(self) -> Model:
        """Everything that was declared."""
        return self.judged.model

    @property
    def travel(self) -> Travel:
        """Where data comes from."""
        return self.judged.travel

    @property
    def flows(self) -> Sequence[Flow]:
        """All flows, in the order of files and lines."""
        return self.judged.model.flows

    @property
    def breaches(self) -> Sequence[Breach]:
        """What breaks the obligations that this rule governs."""
        return self.judged.breaches.get(self.rule.code, ())

    @property
    def omissions(self) -> Sequence[Omission]:
        """What policies do not disclose in the facet that this rule governs."""
        return self.judged.omissions.get(self.rule.code, ())

    @property
    def mistakes(self) -> Iterator[Mistake]:
        """What was not understood, of the kind that this rule governs."""
        return (mistake for mistake in self.judged.mistakes if mistake.kind is self.rule.governs)

    @property
    def citations(self) -> Citations:
        """What policies cite of their texts, where those are at hand."""
        return self.judged.citations

    @property
    def waivers(self) -> Sequence[WaiverUse]:
        """What became of every waiver; only closing rules see any."""
        return self.judged.waivers

    def breach(self, breach: Breach, message: str, help: str) -> Finding:
        """A finding about a broken obligation. `help` says what to do where it is certain."""
        clause, fact = breach.clause, breach.missing
        place, labels = breach.place, [breach.stated.label]
        if fact is not None and fact.span is not None and fact.span != place:
            labels.append(Label(fact.span, f"`{fact.clause}` is not declared precisely enough here"))
        return self._finding(
            breach.certainty,
            message,
            place,
            breach.case.declaration,
            clause,
            missing=str(fact) if fact else None,
            labels=tuple(labels),
            steps=breach.steps,
            help=fact.advice if fact else help,
            identity=breach.identity,
        )

    def omission(self, omission: Omission, help: str) -> Finding:
        """A finding about something that a policy does not disclose."""
        fact = omission.missing
        clause = omission.clause
        return self._finding(
            omission.certainty,
            omission.headline,
            omission.place,
            omission.flow.declaration,
            clause,
            missing=str(fact) if fact else None,
            labels=(
                Label(
                    omission.clause_span,
                    f"{clause.policy}:{clause.section} is the first to list {PLURALS[omission.facet]}",
                ),
            ),
            help=fact.advice if fact else help,
            identity=tuple(sorted(omission.names)),
        )

    def stale(self, stale: Stale, message: str, help: str) -> Finding:
        """A finding about a pin whose passage is gone."""
        pin, declaration = stale.pin, f"policy {stale.policy.name}"
        found = self._finding(
            Certainty.CERTAIN, message, pin.span, declaration, stale.clause, help=help, identity=(pin.text,)
        )
        return found._replace(citation=Citation(pin.text))

    def mistake(self, mistake: Mistake) -> Finding:
        """A finding about something that was not understood."""
        labels = (Label(mistake.first, "the first one stands here"),) if mistake.first else ()
        return Finding(
            self.rule.code,
            self.rule.name,
            self.rule.severity,
            Certainty.CERTAIN,
            mistake.message,
            mistake.span,
            mistake.declaration,
            mistake.policy,
            mistake.clause,
            labels=labels,
            help=mistake.help,
            identity=(mistake.message,),
            waivable=self.rule.waivable,
            fix=Fix(mistake.span, meant, f"write `{meant}` here") if (meant := mistake.replacement) else None,
        )

    def plain(
        self,
        message: str,
        span: Span,
        declaration: str,
        help: str,
        certainty: Certainty = Certainty.CERTAIN,
        identity: Sequence[str] = (),
        fix: Fix | None = None,
    ) -> Finding:
        """A finding that rests on no clause."""
        found = self._finding(certainty, message, span, declaration, None, help=help, identity=tuple(identity))
        return found._replace(fix=fix) if fix else found

    def _finding(
        self,
        certainty: Certainty,
        message: str,
        span: Span,
        declaration: str,
        clause: Clause | None,
        *,
        missing: str | None = None,
        labels: tuple[Label, ...] = (),
        steps: tuple[Step, ...] = (),
        help: str,
        identity: tuple[str, ...],
    ) -> Finding:
        mild = certainty is Certainty.POSSIBLE or (clause is not None and clause.hedged)
        return Finding(
            self.rule.code,
            self.rule.name,
            Severity.WARNING if mild else self.rule.severity,
            certainty,
            message,
            span,
            declaration,
            clause.policy if clause else None,
            clause.section if clause else None,
            self.citations.citation(clause) if clause else None,
            missing,
            labels,
            steps,
            help,
            identity=identity,
            waivable=self.rule.waivable and not self.rule.closing,
        )
