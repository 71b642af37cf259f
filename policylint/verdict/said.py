"""What flows say in; what their words answer out, each asked once for all flows that use it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from policylint.model.flow import Content, Flow
from policylint.model.values import Item
from policylint.verdict.answers import Answers, Bits, Claimed, together
from policylint.verdict.case import CLAIMED, Case, View
from policylint.verdict.parts import LISTED, PARTS, form_key, to_list

_OF_KIND = ("data", "form", "claimed form")
"""The parts of an item but for how long it is kept."""


class Said(NamedTuple):
    """What the words of a flow answer, the same for all flows that say the same."""

    content: Content
    items: Sequence[Bits]
    purposes: Sequence[Bits]
    elements: Mapping[str, Sequence[Bits]]
    """Of the facets in which all that is claimed has to be listed: each claim."""
    flow: Bits
    safeguards: Claimed
    """Its own; the receiver has some too."""


class Contents:
    """What contents answer; `parts` are the answers of each part."""

    def __init__(self, view: View, parts: Mapping[str, Answers]) -> None:
        self._view, self._parts = view, parts
        self._kinds: dict[tuple[str | None, str | None, bool], Bits] = {}
        self._keeps, self._purposes = parts["keep"], parts["purpose"]
        self._nothing, self._considerations = parts["nothing"][None], parts["consideration"]
        self._claims = [(parts[facet], words) for facet, words in CLAIMED.items() if parts[facet].are_wanted]
        self._said: dict[int, Said] = {}

    def said(self, case: Case) -> Said:
        """What the words of a flow answer, one by one."""
        content = case.content
        # INVARIANT: a content is kept with what it answers, so that no other one ever has its id.
        said = self._said.get(id(content))
        if said is None:
            named = ((facet, self._parts[f"named {facet}"], to_list(content, facet) or ()) for facet in LISTED)
            said = self._said[id(content)] = Said(
                content,
                [together(self._kind(case, item), self._keeps[item.keep]) for item in content.items],
                [self._purposes[purpose] for purpose in case.purposes],
                {facet: [part[word.key] for word in words] for facet, part, words in named},
                self._flow(content),
                self._parts["safeguard"].claimed(content.safeguards),
            )
        return said

    def possible(self, flow: Flow) -> int:
        """The literals that may hold by what a flow says of data and purposes, and claims, but for its safeguards.

        Its items are taken together, and so are its purposes.
        """
        content = flow.content
        keeps, kinds, items = self._keeps, self._kinds, 0
        for item in content.items:
            kind = kinds.get((item.data.key, form_key(item), True)) or self._kind(self._case(flow), item)
            items |= kind.possible & keeps[item.keep].possible
        purposes = 0 if content.purposes else self._purposes[None].possible
        for word in content.purposes:
            purposes |= self._purposes[word.key].possible
        return items & purposes & self._flow(content).possible

    def _flow(self, content: Content) -> Bits:
        """What belongs to a flow as a whole."""
        claims = [part.of_claims(part.claimed(words(content))) for part, words in self._claims]
        return together(self._nothing, self._considerations[content.consideration], *claims)

    def _kind(self, case: Case, item: Item) -> Bits:
        """What an item answers, however long it is kept: alike for all that differ only in where they stand."""
        kind = (item.data.key, form_key(item), case.flow is not None)
        bits = self._kinds.get(kind)
        if bits is None:
            bits = together(*(self._parts[part][PARTS[part][1](case, item)] for part in _OF_KIND))
            self._kinds[kind] = bits
        return bits

    def _case(self, flow: Flow) -> Case:
        return Case(self._view.world, self._view.bound, flow, flow.receiver)
