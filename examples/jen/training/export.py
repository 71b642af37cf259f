"""Builds the training set out of last month's conversations."""

import hashlib
import hmac
import re
from collections.abc import Iterable

NAMES = re.compile(r"(?<=my name is )\w+(?: \w+)?", re.IGNORECASE)
ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\+?\d[\d ()-]{7,}\d")


# The same person always gets the same code, so that a model can learn from several visits.
# policylint: flow training_set from transcripts to here "Conversations, with codes for names" {
#   data     communication.chat_transcript as pseudonymised
#   purpose  improvement.ai_training
#   via      ml_pipeline
#   when     client_instruction, feasible
# }
def with_codes(turns: Iterable[str], key: bytes) -> list[str]:
    """Put a code in place of each name; whoever has the key can tell who it was."""

    def code(found: re.Match[str]) -> str:
        return hmac.new(key, found.group().encode(), hashlib.sha256).hexdigest()[:12]

    return [NAMES.sub(code, turn) for turn in turns]


# policylint: flow labelling from here to labelhive "Single questions, without names or codes" {
#   data     communication.chat_transcript as deidentified
#   purpose  improvement.ai_training
#   via      ml_pipeline
#   when     client_instruction
#   keep     until client_period_ended
# }
def for_labelling(turns: Iterable[str]) -> list[str]:
    """Cut names, addresses and numbers out altogether."""
    return [ADDRESSES.sub("", NAMES.sub("", turn)) for turn in turns]
