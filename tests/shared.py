"""Where the material is that tests use and the project does not carry; None on a machine that has only the project."""

from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared"
REASON = "the shared material (policy texts, situations, conformance cases) is not beside the project"


def shared(name: str) -> Path | None:
    path = SHARED / name
    return path if path.exists() else None
