"""What no list of a policy covers in; what a rule wants to say about it out."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from policylint.finding.finding import Certainty, listed
from policylint.frozen import Frozen
from policylint.model.flow import Flow
from policylint.model.values import Clause, Disclosure, Word
from policylint.source.text import Span
from policylint.verdict.case import Case
from policylint.verdict.disclosure import Element, Undisclosed
from policylint.verdict.missing import Missing, missing_disclosure
from policylint.vocabulary.answer import YES

PLURALS: Mapping[str, str] = MappingProxyType(
    {
        "data": "data",
        "purpose": "purposes",
        "recipient": "recipients",
        "means": "means",
        "place": "places",
        "basis": "bases",
        "source": "sources",
    }
)
_NOT_DECLARED = "not declared"


class Omission(Frozen):
    """Something of a flow that a policy does not disclose, in one facet."""

    case: Case
    facet: str
    found: Undisclosed
    lists: Sequence[Disclosure]
    clause: Clause
    clause_span: Span

    @property
    def certainty(self) -> Certainty:
        """Whether it is not disclosed or may not be."""
        return Certainty.CERTAIN if self.found.answer is YES else Certainty.POSSIBLE

    @property
    def flow(self) -> Flow:
        """The flow it is about."""
        if self.case.flow is None:
            raise LookupError("an operation discloses nothing")
        return self.case.flow

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What is not disclosed, as it is called."""
        return tuple(dict.fromkeys(map(_called, self.found.elements)))

    @property
    def headline(self) -> str:
        """What a report says first."""
        but = "not" if self.certainty is Certainty.CERTAIN else "perhaps not"
        names = listed(self.names).replace(f"`{_NOT_DECLARED}`", f"one that is {_NOT_DECLARED}")
        return f"the policy `{self.clause.policy}` discloses {PLURALS[self.facet]}, but {but} {names}"

    @cached_property
    def missing(self) -> Missing | None:
        """The fact that would settle it; None where it is certain."""
        if self.certainty is Certainty.CERTAIN:
            return None
        return missing_disclosure(self.case, self.facet, self.lists, self.found)

    @property
    def place(self) -> Span:
        """Where the first undisclosed thing stands in the flow."""
        flow = self.flow
        first = self.found.elements[0]
        if isinstance(first, Word):
            return first.span
        if self.facet == "purpose":
            return next((word.span for word in flow.purposes if word.key == first), flow.span)
        return flow.spans.sender if self.facet == "source" else flow.spans.receiver


def _called(element: Element) -> str:
    if isinstance(element, Word):
        return element.text
    return element or _NOT_DECLARED
