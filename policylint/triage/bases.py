"""The bases of a flow before and now in; whether they are weaker out.

The law knows no order among bases. Here they are ordered by how much the person has to say, in three steps only:
asked and agreed; told and free to refuse; anything else. Of several bases the weakest counts as much as the strongest,
for a second one may carry what the first does not. Within one step a coarser word is the weaker one.
"""

from collections.abc import Collection

from policylint.triage.change import Judgement, claims_lost
from policylint.vocabulary.facet import Facet

_ASKED = ("consent", "sale_opt_in", "special.explicit_consent")
_TOLD = ("implied_consent", "opt_out_consent")


def compared(before: Collection[str], after: Collection[str], bases: Facet) -> Judgement | None:
    """Compare two sets of bases; no basis at all is the weakest."""
    if set(before) == set(after):
        return None

    def within(one: str, other: str) -> bool:
        return other in bases.above(one)

    strengths = [sorted(_strength(each, bases) for each in several) or [-1] for several in (before, after)]
    (weakest, *_), (weakest_now, *_) = strengths
    strongest, strongest_now = strengths[0][-1], strengths[1][-1]
    if weakest_now < weakest or strongest_now < strongest:
        return Judgement.WIDER
    if weakest_now > weakest or strongest_now > strongest:
        return Judgement.NARROWER
    lost, gained = claims_lost(before, after, within), claims_lost(after, before, within)
    if lost and not gained and all(any(within(old, new) for new in after) for old in lost):
        return Judgement.WIDER
    if gained and not lost and all(any(within(new, old) for old in before) for new in gained):
        return Judgement.NARROWER
    return Judgement.CHANGED if lost or gained else None


def _strength(basis: str, bases: Facet) -> int:
    above = bases.above(basis)
    return 2 if above.intersection(_ASKED) else 1 if above.intersection(_TOLD) else 0
