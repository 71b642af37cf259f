"""What a stage could not understand: one value for all stages, turned into findings by the rules."""

from enum import StrEnum
from typing import NamedTuple

from policylint.source.text import Span


class MistakeKind(StrEnum):
    """The kinds of mistake; the rules PL001 to PL005 each report one."""

    SYNTAX = "syntax"
    UNKNOWN_NAME = "unknown name"
    DUPLICATE_NAME = "duplicate name"
    MISSING_CLAUSE = "missing clause"
    UNKNOWN_OPERATOR = "unknown operator"


class Mistake(NamedTuple):
    """Something written that means nothing.

    `declaration` is how the declaration is called in findings (`flow signup`), None where there is none.
    `first` is where an earlier thing stands that this one collides with. `replacement` is what was surely meant.
    """

    kind: MistakeKind
    span: Span
    message: str
    help: str | None = None
    declaration: str | None = None
    policy: str | None = None
    clause: str | None = None
    first: Span | None = None
    replacement: str | None = None
