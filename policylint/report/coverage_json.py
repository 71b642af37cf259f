"""A policy laid beside its text in; JSON for other programs out."""

import json
from typing import Any

from policylint.citation.coverage import Coverage, Row

VERSION = 1
"""Grows when a field changes its meaning or goes; new fields may come without."""


def render(coverage: Coverage) -> str:
    """Render the totals, all clauses in the order of the policy, and all passages in the order of the text."""
    content = {
        "version": VERSION,
        "policy": coverage.policy.name,
        "text": coverage.text.source.path,
        "passages": coverage.totals._asdict(),
        "clauses": [_clause(row) for row in coverage.clauses],
        "coverage": [
            {
                "line": covered.passage.line,
                "kind": covered.passage.kind,
                "pin": covered.passage.pin,
                "quote": covered.passage.text,
                "state": covered.state,
                "clauses": [row.clause.section for row in covered.rows],
            }
            for covered in coverage.passages
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _clause(row: Row) -> dict[str, Any]:
    return {
        "section": row.clause.section,
        "label": row.clause.label,
        "enforced": list(row.enforced),
        "hedged": row.clause.hedged,
        "unchecked": row.clause.unchecked,
        "pins": [pin.text for pin in row.clause.pins],
        "lines": list(row.lines),
        "stale": row.stale,
    }
