"""What a reader sees of a policy's text: one value for texts of every kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

FILL = "\0"
"""Stands for a character that nobody sees. Texts with this character are binary and never get here."""

Kind = Literal["heading", "item", "sentence"]


@dataclass(frozen=True)
class Visible:
    """What is seen, and the kinds of the paragraphs that the markup names, by the offset where they begin."""

    text: str
    kinds: Mapping[int, Kind] = field(default_factory=dict)
