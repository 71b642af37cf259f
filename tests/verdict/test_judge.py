"""What is judged without making atoms is what all atoms say, each by itself; and what a condition reads settles it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylint.model.build import Model
from policylint.model.values import Condition, Disclosure, Obligation, Policy, Word
from policylint.rule.judging import world_of
from policylint.verdict.actions import collection, received, use
from policylint.verdict.case import Atom, Carried, Case
from policylint.verdict.compare import holds, personal_form, reads
from policylint.verdict.disclosure import Element, elements, undisclosed_by
from policylint.verdict.formula import broken, names, undisclosed
from policylint.verdict.index import Index
from policylint.verdict.judge import Judge, Judgement
from policylint.verdict.parts import form_key, part_of
from policylint.verdict.questionnaire import Questionnaire
from policylint.vocabulary.answer import NO, YES, Answer
from policylint.vocabulary.words import shipped
from tests.reference.project_words import PLACES, PURPOSES, RECIPIENTS, SUBJECTS, Draws
from tests.reference.projects import AS_OF, Builder, projects
from tests.test_meaning import EXAMPLES
from tests.verdict.test_trace import REGISTRY, model_of

few = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


class Wide(Builder):
    """Projects whose flows name many things."""

    def flow(self, name: str, here: bool = False) -> str:
        """Generate a flow with long lists."""
        draws = self.draws
        named = draws.listed(lambda: draws.who(SUBJECTS, 60, 60), 1, 4)
        clauses = [
            f"data {draws.listed(self.item, 1, 4)}",
            f"purpose {draws.words(PURPOSES, 1, 4)}",
            f"subject {named}" if draws.chance(50) else "",
            draws.clause("basis", ("consent", "contract", "consent.explicit"), 50, most=3),
            draws.clause("with", ("scc", "dpa", "dpf_eu"), 30, most=2),
            draws.clause("via", ("cookie", "web_form", "api"), 50, most=3),
            f"keep {draws.period()}" if draws.chance(60) else "",
        ]
        return self.body(f"flow {name} from {self.sender()} to {self.receiver()}", clauses)

    def party(self, name: str) -> str:
        """Generate a party that may be in many places."""
        draws = self.draws
        clauses = [
            draws.clause("is", RECIPIENTS, 10 if name == "acme" else 80, most=2),
            draws.clause("in", PLACES, 85, most=4),
            draws.clause("with", ("scc", "dpa", "pipeda"), 30, most=2),
        ]
        return self.body(f"party {name}", clauses)


@st.composite
def wide_projects(draw: st.DrawFn) -> dict[str, str]:
    return Wide(Draws(lambda low, high: draw(st.integers(low, high)))).files()


def atoms(case: Case) -> Iterator[Atom]:
    """All of them, in their order."""
    for number, item in enumerate(case.items):
        for at, subject in enumerate(case.subjects):
            if any(items >> number & 1 and subjects >> at & 1 for items, subjects in case.blocks):
                for purpose in case.purposes:
                    yield from (Atom(Carried(item, subject), purpose, place) for place in case.places)


def breaks(case: Case, obligation: Obligation, atom: Atom) -> Answer:
    """The meaning of the language: it matches, what it needs is not there, and nothing excuses it."""

    def all_hold(conditions: Sequence[Condition]) -> Answer:
        return min((holds(case, each, atom, conditions) for each in conditions), default=YES)

    does = REGISTRY.actions[obligation.action](case, atom)
    met = min((max(holds(case, each, atom, ()) for each in any_of) for any_of in obligation.needs), default=NO)
    excused = max(map(all_hold, obligation.unless), default=NO)
    return min(case.governed, does, all_hold(obligation.patterns), met.negated(), excused.negated())


def lacks(case: Case, facet: str, lists: Sequence[Disclosure], element: Element, atom: Atom) -> Answer:
    """Whether an element of an atom has to be disclosed, and no list names it with patterns that hold."""
    does = {"recipient": received, "source": collection}.get(facet, use)
    key = element.key if isinstance(element, Word) else element

    def covers(disclosure: Disclosure) -> Answer:
        question, patterns = names(disclosure), disclosure.patterns
        named = question.ask(case, part_of(case, atom, question.part, key))
        return min((named, *(holds(case, each, atom, patterns) for each in patterns)))

    item = atom.carried.item
    words = case.world.words
    personal = min(words["data"].compare(item.data.key, "personal"), personal_form(words, form_key(item)))
    return min(case.governed, does(case, atom), personal, max(map(covers, lists)).negated())


def elements_of(case: Case, facet: str) -> Iterator[tuple[Element, Atom]]:
    """Each element with each atom that it comes with."""
    for atom in atoms(case):
        of_atom = {"data": atom.carried.item.data, "purpose": atom.purpose, "place": atom.place}
        if facet in of_atom:
            yield of_atom[facet], atom
    if facet not in ("data", "purpose", "place"):
        yield from product(elements(case, facet), atoms(case))


def cases(model: Model, policy: Policy) -> list[Case]:
    world = world_of(model, AS_OF)
    flows = [Case(world, policy.binds, flow, flow.receiver) for flow in model.flows]
    return flows + [Case(world, policy.binds, None, node) for node in model.nodes.values()]


@few
@given(st.one_of(projects(), wide_projects()))
def test_a_judgement_is_what_all_atoms_say(files: Mapping[str, str]) -> None:
    model = model_of(files)
    for policy in model.policies:
        facets = {
            each.facet: [one for one in policy.disclosures if one.facet == each.facet] for each in policy.disclosures
        }
        for case in cases(model, policy):
            formulas = [broken(each, REGISTRY.actions[each.action]) for each in policy.obligations]
            formulas += [undisclosed(facet, lists) for facet, lists in facets.items()]
            judge = Judge(Questionnaire(case, formulas), case)
            for number, obligation in enumerate(policy.obligations):
                answers = [(breaks(case, obligation, atom), atom) for atom in atoms(case)]
                agree(judge.judge(number), answers)
            for number, (facet, lists) in enumerate(facets.items(), len(policy.obligations)):
                if case.flow:
                    found = [(lacks(case, facet, lists, *each), each) for each in elements_of(case, facet)]
                    agree_on_elements(facet, judge.judge(number), found)


def agree(judgement: Judgement | None, answers: Sequence[tuple[Answer, Atom]]) -> None:
    best = max(answer for answer, _ in answers)
    worst = [atom for answer, atom in answers if answer is best]
    assert (judgement.answer if judgement else NO) is best
    if judgement:
        assert judgement.atom == worst[0]
        assert set(judgement.items) == {atom.carried.item for atom in worst}
        assert set(judgement.purposes) == {atom.purpose for atom in worst}
        assert set(judgement.places) == {atom.place for atom in worst}
        assert set(judgement.carried()) == {atom.carried for atom in worst}


def agree_on_elements(
    facet: str, judgement: Judgement | None, answers: Sequence[tuple[Answer, tuple[Element, Atom]]]
) -> None:
    best = max((answer for answer, _ in answers), default=NO)
    worst = [pair for answer, pair in answers if answer is best]
    assert (judgement.answer if judgement else NO) is best
    if judgement:
        found = undisclosed_by(facet, judgement)
        assert set(found.elements) == {element for element, _ in worst}
        assert found.atom == worst[0][1]


@few
@given(st.one_of(projects(), wide_projects()))
def test_what_a_condition_reads_settles_it(files: Mapping[str, str]) -> None:
    model = model_of(files)
    for policy in model.policies:
        seen: dict[tuple[object, ...], Answer] = {}
        for case in cases(model, policy):
            for (number, condition, beside), atom in product(enumerated(policy), atoms(case)):
                parts = [(part, part_of(case, atom, part)) for part in sorted(reads(condition, beside))]
                answer = holds(case, condition, atom, beside)
                assert seen.setdefault((number, *parts), answer) is answer


def enumerated(policy: Policy) -> Iterator[tuple[int, Condition, Sequence[Condition]]]:
    """All conditions of a policy, each with those beside it."""
    groups: list[Sequence[Condition]] = [each.patterns for each in (*policy.obligations, *policy.disclosures)]
    for obligation in policy.obligations:
        groups += [*obligation.unless, *((measure,) for any_of in obligation.needs for measure in any_of)]
    pairs = ((condition, beside) for beside in groups for condition in beside)
    yield from ((number, *pair) for number, pair in enumerate(pairs))


@few
@given(st.one_of(projects(), wide_projects()))
def test_masks_leave_out_nothing_that_is_broken(files: Mapping[str, str]) -> None:
    model = model_of(files)
    for policy in model.policies:
        index = Index(world_of(model, AS_OF), policy, REGISTRY.actions)
        for case in cases(model, policy):
            judge = Judge(
                Questionnaire(case, [broken(each, REGISTRY.actions[each.action]) for each in policy.obligations]), case
            )
            expected = [number for number in range(len(policy.obligations)) if judge.judge(number)]
            verdict = index.judge(case.flow) if case.flow else index.operated(case.receiver)
            assert [number for number, _ in verdict.broken] == expected if verdict else not expected


def test_a_service_that_is_named_is_told_from_others_like_it() -> None:
    services = "".join(f"service {name} {{ of vendor }}\n" for name in ("bell", "mail", "tell"))
    flows = "".join(f"flow to_{name} from acme to {name} {{ data contact }}\n" for name in ("bell", "mail", "tell"))
    model = model_of(
        {
            "a.flow": f"party acme {{ }}\nparty vendor {{ is third_party }}\n{services}{flows}",
            "p.policy": 'policy acme "Mail" { binds acme\n clause 1 { forbid sharing to mail } }\n',
        }
    )
    index = Index(world_of(model, AS_OF), model.policies[0], REGISTRY.actions)
    assert [flow.name for flow in model.flows if index.judge(flow)] == ["to_mail"]


def test_a_flow_that_names_all_words() -> None:
    """No combinations are made, of which there are a hundred million here."""
    lists = {name: sorted(facet.terms) for name, facet in shipped().facets.items()}
    everywhere, purposes = ", ".join(lists["place"]), lists["purpose"]
    people = ", ".join(f"{who} in {where}" for who in lists["subject"] for where in ("DE", "US", "JP"))
    said = f"data {', '.join(lists['data'])} purpose {', '.join(purposes)}"
    flows = f"""party acme {{ in {everywhere} }}
party vendor {{ is third_party in {everywhere} }}
flow in from visitor to acme {{ {said} subject {people} }}
flow out from acme to vendor {{ {said} }}
"""
    chosen = list(zip(lists["data"], purposes[:60], lists["place"], strict=False))
    clauses = [
        *(f"disclose data {data} for {purpose} into {place} from visitor" for data, purpose, place in chosen),
        *(f"disclose purpose {purpose} of {data} outside {place}" for data, purpose, place in chosen),
        "forbid use unless " + " or ".join(f"of {data} and for {purpose}" for data, purpose, _ in chosen),
        "require adequacy for transfer of contact outside CA unless for marketing or into JP and from visitor in DE",
    ]
    told = "".join(f"clause {number} {{ {clause} }}\n" for number, clause in enumerate(clauses))
    model = model_of({"a.flow": flows, "p.policy": f'policy acme "All" {{ binds acme\n{told} }}'})
    index = Index(world_of(model, AS_OF), model.policies[0], REGISTRY.actions)
    for flow in model.flows:
        verdict = index.judge(flow)
        assert verdict
        assert [facet for facet, _ in verdict.unlisted] == ["data", "purpose"]
        _, use_of_all = verdict.broken[0]
        assert {item.data.key for item in use_of_all.items} == set(lists["data"])
        assert set(use_of_all.purposes) >= set(purposes[60:])
