"""What one judgement looks at: a policy, a flow (or an operated node) and one atom of it."""

from __future__ import annotations

from dataclasses import dataclass

from .acting import has_role, may_have_any
from .nodes import is_subject, kind, operator, recipients
from .project import Project
from .shapes import Flow, Period, Policy, Who
from .three import MAYBE, NO, YES, Answer, some, truth
from .words import Vocabulary, Word


@dataclass(frozen=True)
class Atom:
    """'All combinations of its data items, purposes, subjects and destination places.'

    None is what is not declared. `kept` is how long the receiver keeps this item.
    """

    data: Word | None
    form: Word | None
    purpose: Word | None
    who: Who | None
    place: Word | None
    kept: Period | None


@dataclass(frozen=True)
class Scene:
    """One atom under one policy; `operated` names the node of an `operation` obligation."""

    project: Project
    policy: Policy
    atom: Atom
    about: Flow | None = None
    operated: str = ""

    @property
    def words(self) -> Vocabulary:
        """The vocabulary."""
        return self.project.words

    @property
    def flow(self) -> Flow:
        """The flow that is judged."""
        assert self.about is not None
        return self.about

    @property
    def receiver(self) -> str:
        """What `to` speaks of: the receiver of a flow, or the operated node itself."""
        return self.operated or self.flow.receiver

    def is_named(self, node: str, name: str) -> Answer:
        """'A name after `to` that is both a recipient term and a node matches as either.'"""
        terms = self.project.words
        answers = [self.is_node(node, name)]
        if terms.has("recipient", name):
            answers.append(self.is_recipient(node, terms.word("recipient", name)))
        known = terms.has("recipient", name) or kind(self.project, name) != "unknown"
        return some(answers) if known else MAYBE

    def is_node(self, node: str, name: str) -> Answer:
        """'A party's name matches its services; a service's name *may* match its party.'"""
        project = self.project
        kinds = kind(project, node), kind(project, name)
        if node == name:
            return YES
        if kinds[1] == "subject":
            return self.is_person(node, name)
        if kinds[1] == "unknown" or kinds[0] == "subject":
            return NO
        if kinds[0] == "unknown":
            return MAYBE
        if kinds == ("service", "party"):
            runs = operator(project, node)
            return MAYBE if runs is None else truth(runs == name)
        if kinds == ("party", "service"):
            runs = operator(project, name)
            return MAYBE if runs in (None, node) else NO
        return NO

    def is_person(self, node: str, name: str) -> Answer:
        """'A subject as receiver matches subject names and `data_subject` only (and `anyone`).'"""
        if is_subject(self.project, node) == NO:
            return NO
        words = self.project.words
        declared = words.word("subject", node) if kind(self.project, node) == "subject" else None
        return words.compare("subject", declared, words.word("subject", name))

    def is_recipient(self, node: str, name: Word) -> Answer:
        """'data, purpose, recipient, subject against a name', and the row on roles below it."""
        compare = self.project.words.compare
        if compare("recipient", None, name) == YES:
            return YES  # `anyone` 'stands … among recipients, for all recipients'
        if not name.known:
            return MAYBE
        declared = recipients(self.project, node)
        found = some(compare("recipient", word, name) for word in declared)
        if has_role(self.project, declared):
            return found
        if self.project.words.is_role(name.text):
            runs = operator(self.project, node)
            return some((found, may_have_any(self.project, self.policy, runs)))
        return found if declared else MAYBE  # a kind, and none declared
