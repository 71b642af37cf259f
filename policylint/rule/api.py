"""All that most plug-ins need, from one place: `from policylint.rule.api import Context, Finding, hookimpl, rule`."""

from policylint.finding.finding import Certainty, Finding, Fix, Severity
from policylint.rule.breach import Breach
from policylint.rule.context import Context
from policylint.rule.description import (
    API,
    Rule,
    any_obligation,
    discloses,
    forbids,
    obligations,
    requires,
    rule,
)
from policylint.rule.hooks import hookimpl
from policylint.rule.omission import Omission
from policylint.verdict.actions import Action
from policylint.verdict.case import Atom, Case
from policylint.verdict.compare import any_of
from policylint.vocabulary.answer import MAYBE, NO, YES, Answer
from policylint.vocabulary.facet import Term

__all__ = [
    "API",
    "MAYBE",
    "NO",
    "YES",
    "Action",
    "Answer",
    "Atom",
    "Breach",
    "Case",
    "Certainty",
    "Context",
    "Finding",
    "Fix",
    "Omission",
    "Rule",
    "Severity",
    "Term",
    "any_obligation",
    "any_of",
    "discloses",
    "forbids",
    "hookimpl",
    "obligations",
    "requires",
    "rule",
]
