"""Findings in; the same findings with what was decided about them, and what became of the decisions, out."""
