"""What was considered for a flow in; the text that shows how each answer came about out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policylint.check import Checked
from policylint.finding.finding import Finding, listed
from policylint.graph.paths import Step
from policylint.model.values import Word
from policylint.report.harmless import harmless
from policylint.report.summary import plural
from policylint.rule.registry import Registry
from policylint.source.text import Span
from policylint.verdict.case import Atom
from policylint.verdict.disclosure import Element
from policylint.verdict.trace import Acts, Compared, Considered, Disclosed, Group, Trace, Viewed
from policylint.verdict.wording import condition_words, obligation_words, subject_words
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer

_LONGEST = 1000
_NOT_DECLARED = "not declared"


@dataclass(frozen=True)
class Traced:
    """A trace, the check it belongs to, and the rules that report what it shows."""

    trace: Trace
    checked: Checked
    registry: Registry
    everything: bool = False
    """Whether to show obligations about other actions and other data too."""

    def place(self, span: Span) -> str:
        """`shop.flow:12`."""
        source = self.checked.sources.get(span.path)
        return f"{span.path}:{source.position(span.start).line}" if source else span.path

    def reporter(self, considered: Considered) -> str:
        """The rule that reports an obligation."""
        rule = self.registry.rule_for(considered.obligation)
        return f"{rule.code} {rule.name}"

    @property
    def findings(self) -> list[Finding]:
        """What the check says of the flow."""
        return [each for each in self.checked.findings if each.declaration == self.trace.flow.declaration]

    def shown(self, view: Viewed) -> tuple[Considered, ...]:
        """The obligations that could concern the flow, or all: first those that are broken, then those that may be."""
        shown = (each for each in view.considered if self.everything or each.concerns)
        return tuple(sorted(shown, key=lambda each: each.answer, reverse=True))


def render(traced: Traced) -> str:
    """Render what was considered, policy by policy."""
    flow = traced.trace.flow
    label = f" “{flow.label}”" if flow.label else ""
    lines = [f"flow {flow.name} from {flow.sender.name} to {flow.receiver.name}{label} ({traced.place(flow.span)})"]
    lines += ["", "whose data it is", *_origins(traced)]
    for view in traced.trace.views:
        lines += ["", *_view(traced, view)]
    lines += ["", *_found(traced)]
    return "\n".join(harmless(line, _LONGEST) for line in lines)


def _origins(traced: Traced) -> Iterator[str]:
    """Each way once, with all the data and all the people that came by it."""
    ways: dict[tuple[str, tuple[Step, ...]], list[str]] = {}
    for item, subject, path in traced.trace.origins:
        ways.setdefault((item.data.text, path[:-1]), []).append(subject_words(subject))
    data: dict[tuple[tuple[Step, ...], tuple[str, ...]], list[str]] = {}
    for (word, path), people in ways.items():
        data.setdefault((path, tuple(people)), []).append(word)
    for (path, whose), words in data.items():
        yield f"  {', '.join(words)}: {', '.join(whose)}"
        for number, step in enumerate(path, 1):
            ends = f"from {step.flow.sender.name} to {step.flow.receiver.name}"
            yield f"    {number}. {step.flow.name}: {step.data} {ends} ({traced.place(step.flow.span)})"


def _view(traced: Traced, view: Viewed) -> Iterator[str]:
    how = {YES: "governs this flow", MAYBE: "may govern this flow", NO: "does not govern this flow"}[view.governed]
    yield f"policy {view.policy.name} {how} ({traced.place(view.policy.span)})"
    for side, end in zip(("sender", "receiver"), view.ends, strict=True):
        yield f"  {side}: {acting(end)}"
    shown = traced.shown(view)
    for considered in shown:
        yield ""
        yield from _considered(traced, considered)
    for disclosed in view.disclosed:
        yield ""
        yield from _disclosed(traced, disclosed)
    hidden = len(view.considered) - len(shown)
    if hidden:
        yield ""
        yield f"  {plural(hidden, 'other obligation')} on other actions or other data: `--all` shows them"


def acting(end: Acts) -> str:
    """For whom an end of a flow acts, and why."""
    node, chain = end.node, end.chain
    if node.kind == "subject":
        return f"`{node.name}` is a person, and acts for nobody"
    if node.party is None:
        return f"who runs `{node.name}` is not declared"
    runs = f"`{node.name}`" if node.party == node.name else f"`{node.name}` is run by `{node.party}`, which"
    if end.answer is NO:
        return f"{runs} acts for nobody that the policy binds"
    if len(chain) == 1 and end.answer is YES:
        return f"{runs} is bound by the policy"
    verb = "works" if end.answer is YES else "may work"
    return f"{runs} {verb} for " + ", which works for ".join(f"`{party}`" for party in chain[1:] or ("somebody bound",))


def _considered(traced: Traced, considered: Considered) -> Iterator[str]:
    obligation = considered.obligation
    clause = obligation.clause
    label = f" “{clause.label}”" if clause.label else ""
    hedged = ", hedged: a warning at most" if clause.hedged else ""
    yield f"  {clause.policy}:{clause.section}{label} ({traced.place(obligation.span)}){hedged}"
    yield f"    {obligation_words(obligation)}"
    yield f"    asked of {atom_words(considered.atom)}"
    yield _row(considered.does, obligation.action)
    for compared in considered.patterns:
        yield _row(compared.answer, condition_words(compared.condition))
    for any_of in considered.needs:
        answer = max(each.answer for each in any_of)
        yield _row(answer, "needs " + " or ".join(_words(any_of)), any_of)
    for all_of in considered.unless:
        yield _row(min(each.answer for each in all_of), "unless " + " and ".join(_words(all_of)), all_of)
    yield f"    = {why(considered)}" + (f" ({traced.reporter(considered)})" if considered.answer is not NO else "")


def _words(group: Group) -> list[str]:
    return [condition_words(each.condition) for each in group]


def _row(answer: Answer, text: str, group: Sequence[Compared] = ()) -> str:
    """A question with its answer; where it is several, each with its own."""
    parts = ", ".join(f"{condition_words(each.condition)}: {said(each.answer)}" for each in group)
    return f"      {said(answer):<5}  {text}" + (f"  [{parts}]" if len(group) > 1 else "")


def said(answer: Answer) -> str:
    """`yes`, `maybe` or `no`."""
    return answer.name.lower()


def why(considered: Considered) -> str:
    """The verdict, and what it hangs on."""
    if considered.answer is YES:
        return "broken"
    if considered.answer is MAYBE:
        return "may be broken" + (f": {considered.missing.advice}" if considered.missing else "")
    if considered.does is NO:
        return f"kept: this is no {considered.obligation.action}"
    failing = next((each for each in considered.patterns if each.answer is NO), None)
    if failing:
        return f"kept: not `{condition_words(failing.condition)}`"
    if considered.needs and considered.met is YES:
        return "kept: all that it asks for is there"
    excuse = next(group for group in considered.unless if min(each.answer for each in group) is YES)
    return f"kept: excused by `{' and '.join(_words(excuse))}`"


def atom_words(atom: Atom) -> str:
    """One combination of a flow: what data, about whom, for what, where to."""
    item, subject = atom.carried
    form = f" as {item.form.text}" if item.form else ""
    purpose, place = atom.purpose or f"a purpose {_NOT_DECLARED}", atom.place or f"a place {_NOT_DECLARED}"
    return f"{item.data.text or 'data'}{form} of {subject_words(subject)}, for {purpose}, in {place}"


def element_words(element: Element) -> str:
    """What has to be disclosed, as it is called."""
    return (element.text if isinstance(element, Word) else element) or _NOT_DECLARED


def _disclosed(traced: Traced, disclosed: Disclosed) -> Iterator[str]:
    rule = traced.registry.rule_for_list(disclosed.facet)
    yield f"  disclose {disclosed.facet}"
    for element, answer, lists in disclosed.elements:
        sections = listed(dict.fromkeys(f"{each.clause.policy}:{each.clause.section}" for each, _ in lists))
        yield _row(answer.negated(), element_words(element)) + (f"  in {sections}" if sections else "")
    advice = f": {disclosed.missing.advice}" if disclosed.missing else ""
    verdict = {
        YES: "something is not disclosed",
        MAYBE: f"something may not be disclosed{advice}",
        NO: "all is disclosed" if disclosed.elements else "there is nothing to disclose",
    }[disclosed.answer]
    yield f"    = {verdict}" + (f" ({rule.code} {rule.name})" if disclosed.answer is not NO else "")


def _found(traced: Traced) -> Iterator[str]:
    findings = traced.findings
    yield "what `check` reports" if findings else "`check` reports nothing on this flow"
    for finding in findings:
        clause = f" {finding.policy}:{finding.clause}" if finding.clause else ""
        waived = f" (waived because “{finding.suppressed.because}”)" if finding.suppressed else ""
        yield f"  {finding.severity}[{finding.code} {finding.name}]{clause}: {finding.message}{waived}"
