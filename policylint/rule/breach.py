"""A judgement in; what a rule wants to say about it (which data, for what, to whom, how sure) out."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from policylint.finding.finding import Certainty, Step, listed
from policylint.frozen import Frozen
from policylint.graph.paths import Path
from policylint.graph.paths import Step as Hop
from policylint.model.flow import Flow
from policylint.model.period import Period
from policylint.model.values import Clause, Measure, Obligation, Word
from policylint.rule.stated import Stated
from policylint.source.text import Span
from policylint.verdict.actions import Action
from policylint.verdict.case import NOBODY, Carried, Case
from policylint.verdict.compare import holds
from policylint.verdict.judge import Judgement
from policylint.verdict.missing import Missing, missing
from policylint.vocabulary.answer import YES

_MOST_PATHS = 16
"""Of so many combinations the path is looked for; the shortest is shown."""
_MOST_HOPS = 12
"""So many hops of a path are shown: whoever wants all asks `policylint trace`."""
_MOST_NEEDS = 3
_IN_SMALLER_UNITS = {"day": (24, "hour"), "week": (168, "hour"), "year": (12, "month")}


class Breach(Frozen):
    """A flow, or a service or party, that breaks an obligation or may break it."""

    case: Case
    obligation: Obligation
    judgement: Judgement
    actions: Mapping[str, Action]
    stated: Stated

    @property
    def certainty(self) -> Certainty:
        """Whether it is broken or may be."""
        return Certainty.CERTAIN if self.judgement.answer is YES else Certainty.POSSIBLE

    @property
    def clause(self) -> Clause:
        """The clause that is broken."""
        return self.obligation.clause

    @property
    def flow(self) -> Flow:
        """The flow that breaks it; only for obligations that are about flows."""
        if self.case.flow is None:
            raise LookupError("an operation is no flow")
        return self.case.flow

    @property
    def declared(self) -> str:
        """What breaks it, for a sentence: flow `signup`."""
        keyword, _, name = self.case.declaration.partition(" ")
        return f"{keyword} `{name}`"

    def says(self, certainly: str, possibly: str) -> str:
        """One of two wordings, by how sure it is."""
        return certainly if self.certainty is Certainty.CERTAIN else possibly

    @property
    def data_words(self) -> tuple[Word, ...]:
        """The data that is concerned, as written."""
        words: dict[str, Word] = {}
        for item in self.judgement.items:
            words.setdefault(item.data.text, item.data)
        return tuple(words.values())

    @property
    def data(self) -> str:
        """The data that is concerned, for a sentence."""
        return listed(dict.fromkeys([item.data.text for item in self.judgement.said_items])) or "data"

    @property
    def purpose_words(self) -> tuple[Word, ...]:
        """The purposes that are concerned, as written."""
        return tuple(word for word in self.flow.purposes if word.key in self.judgement.purposes)

    @property
    def purposes(self) -> str:
        """The purposes that are concerned, for a sentence."""
        return listed(word.text for word in self.purpose_words) or "a purpose that is not declared"

    @property
    def places(self) -> str:
        """Where the data goes, for a sentence."""
        names = sorted({place for place in self.judgement.places if place})
        return listed(names) or "a place that is not declared"

    @property
    def sender(self) -> str:
        """Who sends, for a sentence."""
        return f"`{self.flow.sender.name}`"

    @property
    def receiver(self) -> str:
        """Who receives, for a sentence."""
        return f"`{self.case.receiver.name}`"

    @cached_property
    def _nearest(self) -> tuple[Carried, Path | None]:
        """Of the combinations that break it, the one whose subjects came by the shortest path."""
        flow = self.flow
        first = self.judgement.said_atom.carried
        paths = [
            (each, path)
            for each in islice(self.judgement.carried() if not flow.subjects else (), _MOST_PATHS)
            if each.subject != NOBODY
            and (path := self.case.world.travel.path(flow, each.item.data.identity, each.subject))
        ]
        return min(paths, key=lambda pair: _rank(pair[1]), default=(first, None))

    @property
    def person(self) -> str:
        """Whose data it is, for a sentence: `visitor` aged 13 to 15 in `CA`."""
        subject = (self._nearest[0] if self.case.flow else self.judgement.said_atom.carried).subject
        if subject.term is None:
            return "people who are not declared"
        age = subject.age
        aged = ""
        if age is not None:
            oldest = age.oldest
            aged = f" aged {age.youngest}+" if oldest is None else f" aged {age.youngest} to {oldest}"
            if age.youngest == 0 and oldest is not None:
                aged = f" aged under {oldest + 1}"
        return f"`{subject.term}`{aged}" + (f" in `{subject.place}`" if subject.place else "")

    @property
    def steps(self) -> tuple[Step, ...]:
        """The path by which the subjects came, where the finding rests on who they are."""
        if self.case.flow is None or not self.stated.asks_whose:
            return ()
        path = self._nearest[1]
        return tuple(_shown(path)) if path else ()

    @property
    def missing(self) -> Missing | None:
        """The fact that would settle it; None where it is certain."""
        if self.certainty is Certainty.CERTAIN:
            return None
        return missing(self.case, self.obligation, self.judgement.atom, self.actions)

    @property
    def identity(self) -> tuple[str, ...]:
        """What the finding's fingerprint is made of, besides rule, declaration and clause."""
        data = sorted({item.data.text for item in self.judgement.said_items})
        purposes = sorted(set(map(str, self.judgement.purposes)))
        return (*data, *purposes, self.case.receiver.name, self.obligation.text, *self._worsening())

    def _worsening(self) -> Iterator[str]:
        """What a promise about places or periods can be broken worse by: whoever accepts one accepts no other."""
        if self.stated.is_about_places:
            yield from sorted({f"in {place}" for place in self.judgement.places})
        if "beyond" in self.stated.prepositions:
            yield from sorted({f"keep {_lasting(item.keep)}" for item in self.judgement.said_items})

    @property
    def lacking(self) -> str:
        """The needs that are not met, for a sentence: all of these, of each any one."""
        unmet = self.obligation.needs
        if len(unmet) > 1:  # if there is one, it is not met
            atom = self.judgement.said_atom
            unmet = tuple(
                any_of for any_of in unmet if max(holds(self.case, measure, atom, ()) for measure in any_of) is not YES
            )
        return " and ".join(_any_of(group) for group in unmet) or "what the policy asks for"

    @property
    def means(self) -> tuple[Word, ...]:
        """The flow's means that the clause itself speaks of."""
        patterns = (each for each in self.obligation.patterns if each.preposition == "via")
        wanted = {measure.key for pattern in patterns for measure in pattern.measures}
        order = self.case.world.words["means"]
        return tuple(word for word in self.flow.means if word.key is None or order.above(word.key) & wanted)

    @property
    def place(self) -> Span:
        """The smallest place in the declaration that shows what breaks it."""
        flow = self.case.flow
        if flow is None:
            return self.case.receiver.span or self.obligation.span
        for preposition in ("beyond", "via", "age", "for"):
            span = self._place_of(flow, preposition) if preposition in self.stated.prepositions else None
            if span is not None:
                return span
        if self.stated.is_at_receiver:
            return flow.spans.receiver
        concerned = [word for word in flow.content.purposes if word.key in self.judgement.purposes]
        if 0 < len(concerned) < len(flow.content.purposes):  # only some of its purposes are at fault
            return self.purpose_words[0].span
        return _first(self.data_words) or flow.span

    def _place_of(self, flow: Flow, preposition: str) -> Span | None:
        if preposition == "beyond":
            return flow.spans.keep
        if preposition == "via":
            return _first(self.means)
        if preposition == "age":
            wanted = self._nearest[0].subject
            named = zip(flow.subjects, flow.spans.subjects, strict=True)
            return next((span for subject, span in named if subject == wanted), None)
        return _first(self.purpose_words)


def _lasting(period: Period | None) -> str:
    """A period, the same however it is written: `1 year` as 12 months."""
    if period is None:
        return "unknown"
    number, unit = _IN_SMALLER_UNITS.get(period.unit, (1, period.unit))
    return f"{number * period.amount} {unit} {period.event}"


def _any_of(measures: tuple[Measure, ...]) -> str:
    """`scc` or `bcr`; the rest of a long choice is counted."""
    names = [f"`{measure.key}`" for measure in measures if measure.key is not None]
    if len(names) > _MOST_NEEDS:
        names = [*names[:_MOST_NEEDS], f"{len(names) - _MOST_NEEDS} others"]
    return (
        " or ".join([", ".join(names[:-1]), names[-1]])
        if len(names) > 1
        else names[0]
        if names
        else "a measure that is not known"
    )


def _first(words: Iterable[Word]) -> Span | None:
    return next((word.span for word in words), None)


def _rank(path: Path) -> tuple[int, list[str]]:
    """Sorts paths: short ones first, and by the names of their flows."""
    return path.length, [path.first.flow.name, *(hop.flow.name for hop in path.latest(_MOST_HOPS - 1))]


def _shown(path: Path) -> Iterator[Step]:
    """The steps of a path; of a long one the first and the last ones, and how many there are between them."""
    first, latest = path.first, path.latest(min(_MOST_HOPS, path.length) - 1)
    yield Step(first.flow.span, first.flow.declaration, _hop(first))
    more = path.length - 1 - len(latest)
    if more:
        flow = latest[0].flow
        yield Step(
            flow.span,
            flow.declaration,
            f"{more} more flow{'s bring' if more > 1 else ' brings'} it to {flow.sender.name}",
        )
    for hop in latest:
        yield Step(hop.flow.span, hop.flow.declaration, _hop(hop))


def _hop(hop: Hop) -> str:
    return f"{hop.flow.name} carries {hop.data} from {hop.flow.sender.name} to {hop.flow.receiver.name}"
