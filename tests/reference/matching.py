"""Does an atom match: a scene and a PATTERN, a measure or a CONDITION in, an answer out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from .actions import origins
from .adequacy import adequate
from .nodes import places, safeguards
from .periods import beyond
from .scene import Scene
from .shapes import Age, Alternative, Part, Who
from .three import MAYBE, NO, Answer, every, opposite, some, truth
from .words import TOPS, Word


def matches(scene: Scene, parts: Sequence[Part]) -> Answer:
    """'Several prepositions in one obligation all have to match.'"""
    with_form = any(part.word == "as" for part in parts)
    answers = [PREPOSITIONS[part.word](scene, part) for part in parts]
    if any(part.word == "of" for part in parts) and not with_form:
        answers.append(scene.words.identity(scene.atom.form))  # '`of` with no `as`'
    return every(answers)


def excused(scene: Scene, unless: Sequence[Alternative]) -> Answer:
    """CONDITION = ALT or ALT …; ALT = COND and COND …"""
    return some(every((matches(scene, one.parts), *(measure(scene, name) for name in one.measures))) for one in unless)


def needs_met(scene: Scene, needs: Sequence[Sequence[str]]) -> Answer:
    """NEEDS = NEED and NEED …; NEED = MEASURE or MEASURE …"""
    return every(some(measure(scene, name) for name in need) for need in needs)


def of_data(scene: Scene, part: Part) -> Answer:
    """'The names after one preposition are alternatives.'"""
    names = scene.words.words("data", part.names)
    return some(scene.words.compare("data", scene.atom.data, name) for name in names)


def as_form(scene: Scene, part: Part) -> Answer:
    """'`as` asks for the form itself.'"""
    names = scene.words.words("form", part.names)
    return some(scene.words.compare("form", scene.atom.form, name) for name in names)


def for_purpose(scene: Scene, part: Part) -> Answer:
    """Compare the atom's purpose with the names."""
    names = scene.words.words("purpose", part.names)
    return some(scene.words.compare("purpose", scene.atom.purpose, name) for name in names)


def from_people(scene: Scene, part: Part) -> Answer:
    """Compare the atom's subject with the people."""
    return some(is_one_of(scene, scene.atom.who, who) for who in part.people)


def is_one_of(scene: Scene, declared: Who | None, asked: Who) -> Answer:
    """WHO = NAME [aged AGE] [in PLACE]: what is said of the name, the age and the place."""
    words = scene.words
    subject = words.word("subject", declared.name) if declared else None
    answers = [words.compare("subject", subject, words.word("subject", asked.name))]
    if asked.age:
        answers.append(overlaps(declared.age if declared else None, asked.age))
    if asked.place:
        place = words.word("place", declared.place) if declared and declared.place else None
        answers.append(words.compare("place", place, words.word("place", asked.place)))
    return every(answers)


def overlaps(declared: Age | None, asked: Age) -> Answer:
    """'The ranges overlap | no age declared | disjoint.'"""
    if declared is None:
        return MAYBE
    apart = (declared.high is not None and declared.high < asked.low) or (
        asked.high is not None and asked.high < declared.low
    )
    return truth(not apart)


def to_receiver(scene: Scene, part: Part) -> Answer:
    """`to RECIPIENT-or-NODE,…`"""
    return some(scene.is_named(scene.receiver, name) for name in part.names)


def into(scene: Scene, part: Part) -> Answer:
    """'place ⊑ P | not declared, or P below the place, or `anywhere` | otherwise.'"""
    names = scene.words.words("place", part.names)
    return some(scene.words.compare("place", scene.atom.place, name) for name in names)


def outside(scene: Scene, part: Part) -> Answer:
    """'`outside A, B` means outside both.'"""
    return every(outside_of(scene, name) for name in scene.words.words("place", part.names))


def outside_of(scene: Scene, name: Word) -> Answer:
    """'A place not inside P, or `anywhere` | not declared | inside.'"""
    place = scene.atom.place
    if name.known and name.text == TOPS["place"]:
        return NO  # `anywhere` 'stands for all places', declared or not
    if place is None or not place.known or not name.known:
        return MAYBE
    return truth(not scene.words.below("place", place.text, name.text))


def with_measure(scene: Scene, part: Part) -> Answer:
    """`via MEANS,… | with MEASURE,…`: 'a measure: claimed (or ⊑)'."""
    return some(measure(scene, name) for name in part.names)


def via(scene: Scene, part: Part) -> Answer:
    """Compare claimed means; a word that is no means is not known here."""
    return some(measure(scene, name) if scene.words.has("means", name) else MAYBE for name in part.names)


def beyond_period(scene: Scene, part: Part) -> Answer:
    """`beyond PERIOD`."""
    assert part.period is not None
    return beyond(scene.words, scene.atom.kept, part.period)


PREPOSITIONS: Mapping[str, Callable[[Scene, Part], Answer]] = {
    "of": of_data,
    "as": as_form,
    "from": from_people,
    "to": to_receiver,
    "for": for_purpose,
    "into": into,
    "outside": outside,
    "via": via,
    "with": with_measure,
    "beyond": beyond_period,
}


def measure(scene: Scene, text: str) -> Answer:
    """'Measures are closed-world: not claimed is *no*'; unknown in an obligation 'it is
    *maybe* met'.
    """
    facet = scene.words.measure_facet(text)
    if facet is None:
        return MAYBE
    name = scene.words.word(facet, text)
    if not name.known:
        return MAYBE
    claims = claimed(scene, facet)
    answer = some(covers(scene, facet, claim, name) for claim in claims)
    if facet == "safeguard" and name.text == "adequacy":
        return some((answer, adequacy(scene)))
    return answer


def covers(scene: Scene, facet: str, claim: Word, name: Word) -> Answer:
    """'An unknown word in a flow's measures makes every unclaimed measure of that facet
    *maybe*.'
    """
    if not claim.known:
        return MAYBE
    return truth(scene.words.below(facet, claim.text, name.text))


def claimed(scene: Scene, facet: str) -> Sequence[Word]:
    """'A flow's safeguards are its own, its receiving service's and that service's party's.'"""
    words, flow = scene.words, scene.about
    if facet == "safeguard":
        own = words.words("safeguard", flow.safeguards) if flow else ()
        return [*own, *safeguards(scene.project, scene.receiver)]
    if flow is None:
        return ()  # an operated node: 'other measures *no*'
    if facet == "form":
        return [scene.atom.form or Word("?", known=False)]
    fields = {"basis": flow.basis, "means": flow.means, "circumstance": flow.circumstances}
    return words.words(facet, fields[facet])


def adequacy(scene: Scene) -> Answer:
    """'The safeguard `adequacy` need not be claimed: it holds where every destination is on
    the list.'
    """
    if scene.about is None:
        return MAYBE  # an operated node has no origin: a fact that is not declared
    return adequate(
        scene.words,
        origins(scene),
        places(scene.project, scene.receiver),
        claimed(scene, "safeguard"),
    )


def not_excused(scene: Scene, unless: Sequence[Alternative]) -> Answer:
    """The opposite of excused."""
    return opposite(excused(scene, unless))
