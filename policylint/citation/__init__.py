"""Policies' texts in; their passages, which clause cites which, what has gone and what nobody cites, out."""
