"""What was considered for a flow in; the same for other programs, as JSON in a versioned form, out."""

import json
from collections.abc import Iterable
from typing import Any

from policylint.graph.paths import Step
from policylint.model.values import Subject
from policylint.report.trace import Traced, element_words, said, why
from policylint.source.text import Span
from policylint.verdict.case import NOBODY, Atom
from policylint.verdict.trace import Compared, Considered, Disclosed, Origin, Viewed
from policylint.verdict.wording import condition_words, obligation_words, subject_words

VERSION = 1
"""Grows when a field changes its meaning or goes; new fields may come without."""


def render(traced: Traced) -> str:
    """Render a trace; obligations that cannot concern the flow are left out as in the text, and counted."""
    flow = traced.trace.flow
    content = {
        "version": VERSION,
        "flow": {
            "name": flow.name,
            "label": flow.label,
            "sender": flow.sender.name,
            "receiver": flow.receiver.name,
            **_place(traced, flow.span),
        },
        "subjects": [_origin(traced, each) for each in traced.trace.origins],
        "policies": [_view(traced, each) for each in traced.trace.views],
        "findings": [
            {
                "code": each.code,
                "policy": each.policy,
                "clause": each.clause,
                "certainty": each.certainty.value,
                "suppressed": each.suppressed is not None,
                "fingerprint": each.fingerprint,
            }
            for each in traced.findings
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _place(traced: Traced, span: Span) -> dict[str, Any]:
    source = traced.checked.sources.get(span.path)
    return {"path": span.path, "line": source.position(span.start).line if source else 1}


def _origin(traced: Traced, origin: Origin) -> dict[str, Any]:
    return {
        "data": origin.item.data.text,
        "subject": _subject(origin.subject),
        "path": [_step(traced, step) for step in origin.path],
    }


def _subject(subject: Subject) -> str | None:
    return None if subject == NOBODY else subject_words(subject)


def _step(traced: Traced, step: Step) -> dict[str, Any]:
    return {"declaration": step.flow.declaration, "data": step.data, **_place(traced, step.flow.span)}


def _view(traced: Traced, view: Viewed) -> dict[str, Any]:
    shown = traced.shown(view)
    return {
        "policy": view.policy.name,
        "governs": said(view.governed),
        "ends": [{"node": end.node.name, "acts": said(end.answer), "parties": list(end.chain)} for end in view.ends],
        "obligations": [_considered(traced, each) for each in shown],
        "left_out": len(view.considered) - len(shown),
        "disclosures": [_disclosed(traced, each) for each in view.disclosed],
    }


def _considered(traced: Traced, considered: Considered) -> dict[str, Any]:
    obligation = considered.obligation
    return {
        "clause": obligation.clause.section,
        "obligation": obligation_words(obligation),
        **_place(traced, obligation.span),
        "rule": traced.registry.rule_for(obligation).code,
        "broken": said(considered.answer),
        "why": why(considered),
        "missing": str(considered.missing) if considered.missing else None,
        "atom": _atom(considered.atom),
        "action": {"name": obligation.action, "answer": said(considered.does)},
        "patterns": _group(considered.patterns),
        "needs": [{"any_of": _group(group)} for group in considered.needs],
        "unless": [{"all_of": _group(group)} for group in considered.unless],
    }


def _atom(atom: Atom) -> dict[str, Any]:
    item, subject = atom.carried
    return {
        "data": item.data.text,
        "form": item.form.text if item.form else None,
        "subject": _subject(subject),
        "purpose": atom.purpose,
        "place": atom.place,
    }


def _group(group: Iterable[Compared]) -> list[dict[str, str]]:
    return [{"condition": condition_words(each.condition), "answer": said(each.answer)} for each in group]


def _disclosed(traced: Traced, disclosed: Disclosed) -> dict[str, Any]:
    return {
        "facet": disclosed.facet,
        "rule": traced.registry.rule_for_list(disclosed.facet).code,
        "undisclosed": said(disclosed.answer),
        "missing": str(disclosed.missing) if disclosed.missing else None,
        "elements": [
            {
                "element": element_words(element),
                "undisclosed": said(answer),
                "clauses": sorted({each.clause.section for each, _ in lists}),
            }
            for element, answer, lists in disclosed.elements
        ],
    }
