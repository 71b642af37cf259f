"""`python -m tests.reference DIR`: the findings of a folder as the JSON of section 7."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from .findings import NAMES, Verdict
from .verdicts import verdicts

FOLDED = {"__pycache__"}


def files_of(folder: Path) -> dict[str, str]:
    """Read every text file of a folder, leaving hidden ones out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part in FOLDED for part in parts)
        if hidden or not path.is_file():
            continue
        try:
            found["/".join(parts)] = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
    return found


def as_json(verdict: Verdict) -> dict[str, object]:
    """Give one finding its fields, as far as the reference knows them."""
    names = {code: name for name, code in NAMES.items()}
    return {
        "code": verdict.code,
        "name": names[verdict.code],
        "severity": verdict.severity,
        "certainty": verdict.certainty,
        "message": "",
        "declaration": verdict.declaration,
        "policy": verdict.policy,
        "clause": verdict.clause,
        "suppressed": {"until": None, "because": ""} if verdict.suppressed else None,
    }


def main() -> int:
    """Print the findings; 1 if there are any, 3 if part of the input was not understood."""
    found = verdicts(files_of(Path(sys.argv[1])), datetime.now(tz=UTC).date())
    print(json.dumps({"version": 1, "findings": [as_json(one) for one in found]}, indent=1))
    open_ones = [one for one in found if not one.suppressed]
    if any(one.code <= "PL005" for one in open_ones):
        return 3
    return 1 if open_ones else 0


if __name__ == "__main__":
    sys.exit(main())
