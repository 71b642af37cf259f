"""What a trace shows is what the check decides: every answer, on random projects."""

from collections.abc import Mapping
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from policylint.model.build import Model, Vocation, build
from policylint.model.values import Policy
from policylint.rule.judging import judge, world_of
from policylint.rule.registry import load
from policylint.source.text import SourceText
from policylint.syntax.parser import parse
from policylint.verdict.trace import Considered, Trace, Viewed, trace
from policylint.verdict.wording import condition_words, disclosure_words, obligation_words
from policylint.vocabulary.answer import NO, YES, Answer
from tests.reference.projects import AS_OF, projects

REGISTRY = load(())
ROOT = Path(__file__).parents[2]


def model_of(files: Mapping[str, str]) -> Model:
    parsed = [parse(SourceText(path, text.removeprefix("\ufeff"), path)) for path, text in sorted(files.items())]
    model, _ = build(parsed, REGISTRY.vocabulary, Vocation(REGISTRY.actions.keys(), REGISTRY.words()), None)
    return model


def traces(model: Model) -> list[Trace]:
    world = world_of(model, AS_OF)
    return [trace(world, flow, model.policies, REGISTRY.actions) for flow in model.flows]


def broken(governed: Answer, considered: Considered) -> Answer:
    """The meaning of the language: it matches, what it needs is not there, and nothing excuses it."""
    matches = min((governed, considered.does, *(each.answer for each in considered.patterns)))
    lacks = considered.met.negated() if considered.needs else YES
    return min(matches, lacks, considered.excused.negated())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects())
def test_a_trace_shows_what_the_check_decides(files: Mapping[str, str]) -> None:
    model = model_of(files)
    judged = judge(model, (), REGISTRY, AS_OF).judged
    breaches = {
        (breach.case.declaration, id(breach.obligation)): breach.judgement.answer
        for found in judged.breaches.values()
        for breach in found
        if breach.case.flow
    }
    omissions = {
        (each.case.declaration, each.clause.policy, each.facet): (each.found.answer, set(each.found.elements))
        for found in judged.omissions.values()
        for each in found
    }
    for each in traces(model):
        declaration = each.flow.declaration
        for view in each.views:
            _agrees(view, declaration, breaches)
            for disclosed in view.disclosed:
                answer, elements = omissions.pop((declaration, view.policy.name, disclosed.facet), (NO, set()))
                assert disclosed.answer is answer
                assert {one.element for one in disclosed.elements if one.answer is answer is not NO} == elements
                assert max((one.answer for one in disclosed.elements), default=NO) is answer
    assert not breaches
    assert not omissions


def _agrees(view: Viewed, declaration: str, breaches: dict[tuple[str, int], Answer]) -> None:
    for considered in view.considered:
        answer = breaches.pop((declaration, id(considered.obligation)), NO)
        assert considered.answer is answer
        assert broken(view.governed, considered) is answer
        assert considered.concerns or answer is NO
        assert considered.missing is None or answer not in (NO, YES)


def reworded(policy: Policy) -> dict[str, str]:
    clauses = {
        f"{clause.section}": [
            *(obligation_words(each) for each in policy.obligations if each.clause == clause),
            *(disclosure_words(each) for each in policy.disclosures if each.clause == clause),
        ]
        for clause in policy.clauses
    }
    body = "\n".join(f"clause {section} {{ {' '.join(said)} }}" for section, said in clauses.items() if said)
    return {"p.policy": f'policy {policy.name} "again" {{\n binds {", ".join(policy.binds)}\n{body}\n}}\n'}


def test_a_promise_in_words_is_the_promise() -> None:
    """All obligations of the five policies, read again from the words that a trace uses, are the same ones."""
    for file in sorted((ROOT / "policies").glob("*.policy")):
        parties = "".join(f"party {name} {{ }}\n" for name in ("getjenny", "jector", "jen", "jensii", "jiq"))
        first = model_of({"a.flow": parties, "p.policy": file.read_text(encoding="utf-8")}).policies[0]
        again = model_of({"a.flow": parties, **reworded(first)}).policies[0]
        for one, other in ((first.obligations, again.obligations), (first.disclosures, again.disclosures)):
            assert sorted(map(_meaning, one)) == sorted(map(_meaning, other))


def _meaning(said: object) -> str:
    names = ("kind", "action", "facet", "terms", "targets", "patterns", "needs", "unless")
    return repr([getattr(said, name) for name in names if hasattr(said, name)])


def test_words_of_a_condition() -> None:
    text = (
        'policy acme "x" { binds acme clause 1 { forbid retention of contact.email, nosuchword as truncated\n'
        "from anyone aged under 16 in CA, visitor aged 13 to 15 to vendor beyond 30 days after account_closed\n"
        "unless consent and with scc or via phone or for support or beyond until unsubscribed or beyond 1 year } }"
    )
    policy = model_of({"a.flow": "party acme { }\nparty vendor { }\n", "p.policy": text}).policies[0]
    (obligation,) = policy.obligations
    assert [condition_words(each) for each in obligation.patterns] == [
        "of contact.email, ?",
        "as truncated",
        "from anyone aged under 16 in CA, visitor aged 13 to 15",
        "to vendor",
        "beyond 30 days after account_closed",
    ]
    assert obligation_words(obligation).endswith(
        "unless consent and with scc or via phone or for ? or beyond until unsubscribed or beyond 1 year"
    )
