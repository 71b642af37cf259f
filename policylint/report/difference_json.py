"""What changed in a project's flows in; JSON for other programs out."""

import json

from policylint.report.difference import Difference

VERSION = 1
"""Grows when a field changes its meaning or goes; new fields may come without."""


def render(difference: Difference) -> str:
    """All changes, the weightiest first."""
    content = {
        "version": VERSION,
        "against": {"ref": difference.reference, "commit": difference.commit},
        "summary": {
            **difference.weights,
            "flows_before": difference.flows_before,
            "flows_now": difference.flows_now,
        },
        "changes": [
            {
                "severity": change.weight.value,
                "judgement": change.judgement.value,
                "declaration": change.declaration,
                "fact": change.fact,
                "before": change.before,
                "after": change.after,
                "message": change.message,
                "path": path,
                "line": line,
                "gone": change.is_gone,
            }
            for change, path, line in difference.changes
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False)
