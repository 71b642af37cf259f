"""Fides manifests (fideslang 3.1.4) in; declarations out. docs/importing.md has the whole mapping."""
