"""A pin whose passage is gone in; the nearest passage of today's text, and the words that changed, out.

A pin keeps no words. But most texts change a few at a time, so the old passage is looked for by undoing such changes
in today's passages until the pin fits: words that came in, a word that went or was another, a sentence cut or joined.
"""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policylint.citation.passages import Passage
from policylint.citation.pins import LENGTH, normalised, pin_of_normalised
from policylint.citation.texts import Citations, PolicyText, Stale
from policylint.model.values import Clause

_CANDIDATES = 4
"""So many of the nearest passages are tried."""
_TRIES = 250_000
"""And so many fingerprints for one pin: a quarter of a second."""
_LONGEST = 120
"""Longer passages, in words, are not tried."""
_SEARCHED = 20
"""For so many pins of a project the old words are looked for; where more are gone it would take too long."""
_ALL = 3
"""A policy with so many pins, none of which is in its text, names the text of another."""
_USUAL = (
    "a about after against all also always an and any anonymize as at be before below by can cannot collect comply "
    "could day days delete disclose do does every for from hour hours in into is it its keep law least less longer "
    "may merge might month months more must need never no not of on only or other our process promptly protect "
    "purposes reasonable rent require retain sell share shall should store than that the their them these they "
    "third parties those to transfer under until us use want we week weeks when where will with within without year "
    "years you your one two three four five six seven eight nine ten eleven twelve"
)


@dataclass(frozen=True)
class Change:
    """Words that were replaced; either side may be empty."""

    before: str
    after: str

    def __str__(self) -> str:
        if not self.before:
            return f"“{self.after}” is new"
        return f"“{self.before}” is gone" if not self.after else f"“{self.before}” became “{self.after}”"


@dataclass(frozen=True)
class Drift:
    """The nearest passage, and what changed in it; no changes where the old words could not be found out."""

    passage: Passage
    changes: tuple[Change, ...] = ()
    parted: bool = False
    """Whether the old words are all there, in this passage and the next."""

    def __str__(self) -> str:
        if self.parted:
            return ", where it ends earlier and goes on in the next"
        return f", where {'; '.join(map(str, self.changes))}" if self.changes else ", the nearest one today"


def drift(stale: Stale, effort: int = _TRIES) -> Drift | None:
    """Find the nearest passage to one that is gone; None for a text without passages."""
    near = _nearest(stale)
    if not near or not effort:
        return Drift(near[0]) if near else None
    for one, two in pairwise(stale.text.passages):
        if _fits(f"{one.words} {two.words}", stale):
            return Drift(one, parted=True)
    for passage in near[:_CANDIDATES]:
        before = _run_undone(passage, stale)
        if before is not None:
            return Drift(passage, _changes(before, passage.words))
    words = _vocabulary(stale)
    for passage in near[:_CANDIDATES]:
        count = len(passage.words.split())
        effort -= (2 * count + 1) * len(words)
        if count > _LONGEST or effort < 0:
            continue
        before = _word_undone(passage.words.split(), stale.pin.text, words)
        if before is not None:
            return Drift(passage, _changes(before, passage.words))
    return Drift(near[0])


def explained(citations: Citations) -> Iterator[tuple[Stale, str, str]]:
    """Every stale pin of a project, with a message and a help for people."""
    for count, stale in enumerate(citations.stale()):
        path = posixpath.basename(stale.text.source.path)
        message = f"the clause `{stale.clause.section}` cites a passage that is not in `{path}`"
        other = citations.elsewhere(stale)
        if other:
            yield stale, message, f"cite a passage of `{path}`: this one is in the text of the policy `{other}`"
        elif _has_nothing_of(stale):
            yield stale, message, f"put the policy's own text at `{path}`: this one has none of its passages"
        else:
            near = drift(stale, _TRIES if count < _SEARCHED else 0)
            yield stale, message, _help(near, path)


def _has_nothing_of(stale: Stale) -> bool:
    """Whether a text has none of the many passages that its policy cites."""
    pins = {pin.text for clause in stale.policy.clauses for pin in clause.pins}
    return len(pins) >= _ALL and not pins.intersection(stale.text.by_pin)


def _help(near: Drift | None, path: str) -> str:
    if near is None:
        return f"put the text that the policy was written from at `{path}`"
    passage = near.passage
    return f"compare the clause with line {passage.line}{near}: “{passage.text}”; then pin it again"


def _nearest(stale: Stale) -> list[Passage]:
    """Today's passages, those that no clause cites and that stand where the old one stood first.

    Where that was is known from the passages that the clauses before and after cite; of those between, the one that
    has most words in common with the clause's own words is nearest.
    """
    text, clauses = stale.text, stale.policy.clauses
    cited = {pin.text for clause in clauses for pin in clause.pins}
    at = clauses.index(stale.clause)
    after = _line(text, clauses[at:], first=True)
    before = _line(text, clauses[: at + 1], first=False)
    own = set(normalised(stale.clause.label or "").split())

    def distance(passage: Passage) -> tuple[bool, bool, int, int]:
        outside = not (before or 0) <= passage.line <= (after or len(text.source.line_starts) + 1)
        common = len(own.intersection(passage.words.split()))
        return bool(cited.intersection(passage.pins)), outside, -common, abs(passage.line - (before or 0))

    return sorted(text.passages, key=distance)


def _line(text: PolicyText, clauses: Iterable[Clause], *, first: bool) -> int | None:
    """The line of the first, or last, passage that some clauses cite without doubt."""
    pins = [pin.text for clause in clauses for pin in clause.pins]
    found = (
        text.by_pin[pin][0].line for pin in (pins if first else reversed(pins)) if len(text.by_pin.get(pin, ())) == 1
    )
    return next(found, None)


def _run_undone(passage: Passage, stale: Stale) -> str | None:
    """The old words where some words, one after another, came in."""
    words = passage.words.split()
    if len(words) > _LONGEST:
        return None
    fewer = (
        " ".join((*words[:start], *words[end:]))
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )
    return next((text for text in fewer if _fits(text, stale)), None)


def _fits(words: str, stale: Stale) -> bool:
    return pin_of_normalised(words) == stale.pin.text


def _word_undone(words: Sequence[str], pin: str, known: Sequence[str]) -> str | None:
    """The old words where one word went, or was another."""
    encoded = [word.encode() for word in known]
    for at in range(len(words) + 1):
        start = " ".join(words[:at])
        head = hashlib.sha256(f"{start} ".encode() if start else b"")
        # The word that stands here was another one; or a word is gone before it.
        for rest in dict.fromkeys((" ".join(words[at + 1 :]), " ".join(words[at:]))):
            tail = f" {rest}".encode() if rest else b""
            for word, given in zip(known, encoded, strict=True):
                tried = head.copy()
                tried.update(given + tail)
                if tried.hexdigest()[:LENGTH] == pin:
                    return " ".join(filter(None, (start, word, rest)))
    return None


def _vocabulary(stale: Stale) -> tuple[str, ...]:
    """Words that may have stood in the text: numbers, those of the clauses and of today's text, and usual ones."""
    own = [clause.label or "" for clause in stale.policy.clauses]
    pieces: Iterator[str] = iter((_USUAL, *own, *(passage.words for passage in stale.text.passages)))
    words = dict.fromkeys(map(str, range(101)))
    for piece in pieces:
        words.update(dict.fromkeys(re.findall(r"\w+", normalised(piece))))
    return tuple(words)


def _changes(before: str, after: str) -> tuple[Change, ...]:
    from difflib import SequenceMatcher  # 10 ms, and only a stale pin needs it

    old, new = before.split(), after.split()
    return tuple(
        Change(" ".join(old[a:b]), " ".join(new[c:d]))
        for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if what != "equal"
    )
