"""The parts of a finding in; the one value that every report renders, with an identity made of meaning, out."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple

from policylint.source.text import Span


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"


class Certainty(StrEnum):
    """Whether it is so, or may be so because a fact is not declared."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class Label(NamedTuple):
    """A second place that a finding speaks of, perhaps in another file, and what is to be seen there."""

    span: Span
    text: str


class Step(NamedTuple):
    """One hop of the path by which something came: a declaration and its place."""

    span: Span
    declaration: str
    text: str


class Citation(NamedTuple):
    """The passage of a policy's text that a clause rests on; line and quote are None where the text is not at hand."""

    pin: str
    line: int | None = None
    quote: str | None = None


class Fix(NamedTuple):
    """What a machine may write in place of a stretch of the source; an empty text takes it out, with its line.

    `rule` is the code of a rule that must have had its say, on input that was all understood, for the fix to be right.
    """

    span: Span
    replacement: str
    title: str
    rule: str | None = None


class Suppression(NamedTuple):
    """Why a finding is accepted, and until when."""

    because: str
    until: date | None


class Compared(NamedTuple):
    """How a finding compares with an earlier state of the project, which `earlier` names for a sentence.

    `updated` is one that was only possible and is certain now. `accepted` is whether it need not be dealt with.
    """

    state: Literal["new", "unchanged", "updated"]
    earlier: str
    accepted: bool = False


class Finding(NamedTuple):
    """Something that is wrong, or may be.

    `declaration` is what it stands on (`flow signup`), None for a file that cannot be read. `missing` is the fact
    whose declaration would settle a possible finding (`party bunny: in`). `identity` are the words its fingerprint
    is made of, none of them a place, so that moving, renaming a file and reformatting leave it as it is.
    """

    code: str
    name: str
    severity: Severity
    certainty: Certainty
    message: str
    span: Span
    declaration: str | None = None
    policy: str | None = None
    clause: str | None = None
    citation: Citation | None = None
    missing: str | None = None
    labels: tuple[Label, ...] = ()
    steps: tuple[Step, ...] = ()
    help: str | None = None
    suppressed: Suppression | None = None
    identity: tuple[str, ...] = ()
    waivable: bool = True
    fix: Fix | None = None
    baseline: Compared | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody has to deal with it: it is not waived, and was not accepted with an earlier state."""
        return self.suppressed is None and not (self.baseline and self.baseline.accepted)

    @property
    def fingerprint(self) -> str:
        """16 hex digits of what the finding says. What stands on no declaration goes by its message alone."""
        import hashlib  # 3 ms, and not every report wants it

        parts = (self.code, self.declaration or "", self.policy or "", self.clause or "", *self.identity)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def listed(words: Iterable[str], most: int = 4) -> str:
    """Words as a list in a sentence, each in backticks: `a`, `b` and `c`; the rest of a long list is counted."""
    quoted = [f"`{word}`" for word in words]
    if len(quoted) > most:
        quoted = [*quoted[: most - 1], f"{len(quoted) - most + 1} more"]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)
