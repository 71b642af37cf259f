"""The whole meaning on one page: files in, verdicts out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .disclosure import undisclosed
from .findings import Verdict, waived
from .judge import judged
from .mistakes import drifted, mistakes, unsourced, unused
from .project import read
from .travel import subjects


def verdicts(
    files: Mapping[str, str],
    as_of: date,
    owner: str | None = None,
    *,
    opt_in: frozenset[str] = frozenset(),
) -> list[Verdict]:
    """Say everything that is to be reported about a project, sorted."""
    project = read(files, as_of, owner)
    travelled = dict(subjects(project))
    found = [
        *mistakes(project),
        *judged(project, travelled),
        *undisclosed(project, travelled),
        *unsourced(project),
        *(drifted(project) if "PL503" in opt_in else ()),
        *(unused(project) if "PL902" in opt_in else ()),
    ]
    return waived(project, found)
