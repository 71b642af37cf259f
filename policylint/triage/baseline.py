"""The text of a baseline in; its entries out. Entries and findings in; the text of a baseline out.

A baseline holds the findings that were there before. One line per finding, in a fixed order: whoever reviews a change
of it sees what was accepted, and two branches that add different findings merge.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from policylint.finding.finding import Certainty, Finding
from policylint.triage.comparison import Known, match

VERSION = 1
"""Grows when an entry, or what fingerprints are made of, changes its meaning."""

_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_MAKE_ANEW = "remove it and make it anew with `policylint baseline create`"


class BaselineError(Exception):
    """A baseline that cannot be used, in one sentence that says what to do."""


class Entry(NamedTuple):
    """An accepted finding. All but fingerprint and certainty is for people."""

    fingerprint: str
    code: str
    certainty: Certainty
    declaration: str | None
    policy: str | None
    clause: str | None
    message: str

    @property
    def known(self) -> Known:
        """What findings are compared with."""
        return Known(self.fingerprint, self.certainty)


class Shares(NamedTuple):
    """How entries and findings fit: entries that findings have, those that none has, and findings without an entry."""

    used: tuple[Entry, ...]
    stale: tuple[Entry, ...]
    missing: tuple[Finding, ...]


def entry(finding: Finding) -> Entry:
    """The entry of a finding."""
    place = (finding.declaration, finding.policy, finding.clause)
    return Entry(finding.fingerprint, finding.code, finding.certainty, *place, finding.message)


def shares(entries: Sequence[Entry], findings: Sequence[Finding]) -> Shares:
    """Compare a baseline with the findings that are not waived."""
    open_ = [finding for finding in findings if not finding.suppressed]
    places, left = match(open_, [each.known for each in entries])
    stale = set(left)
    return Shares(
        tuple(each for index, each in enumerate(entries) if index not in stale),
        tuple(entries[index] for index in left),
        tuple(finding for finding, place in zip(open_, places, strict=True) if place is None),
    )


def read(text: str, path: str) -> tuple[Entry, ...]:
    """The entries of a baseline; raises `BaselineError` for what is none, or is of another version."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = f"line {error.lineno}: {error.msg.lower()}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise BaselineError(f"{path} is no baseline ({reason}): repair it, or {_MAKE_ANEW}") from None
    if not isinstance(content, dict) or "version" not in content:
        raise BaselineError(f"{path} is no baseline, for it says no version: {_MAKE_ANEW}")
    if content["version"] != VERSION or isinstance(content["version"], bool):
        is_later = isinstance(content["version"], int) and content["version"] > VERSION
        other = "update policylint, or " if is_later else ""
        said = json.dumps(content["version"])[:40]
        raise BaselineError(
            f"{path} is a baseline of version {said}, and this is policylint for version {VERSION}: {other}{_MAKE_ANEW}"
        )
    entries = content.get("findings")
    if not isinstance(entries, list):
        raise BaselineError(f"{path} is no baseline, for it has no list `findings`: {_MAKE_ANEW}")
    return tuple(_entry(each, number, path) for number, each in enumerate(entries, 1))


def written(entries: Iterable[Entry]) -> str:
    """The text of a baseline: one entry a line, sorted by what it is about."""
    lines = [json.dumps(each._asdict(), ensure_ascii=False) for each in sorted(entries, key=_order)]
    body = "\n" + ",\n".join(lines) + "\n" if lines else ""
    return f'{{"version": {VERSION}, "findings": [{body}]}}\n'


def _order(each: Entry) -> tuple[str, ...]:
    return each.declaration or "", each.code, each.policy or "", each.clause or "", each.message, *each.known


def _entry(content: Any, number: int, path: str) -> Entry:
    wrong = f"{path}: the finding number {number} is no entry of a baseline"
    if not isinstance(content, dict):
        raise BaselineError(f"{wrong}: take it out")
    for key in ("fingerprint", "code", "certainty", "message"):
        if not isinstance(content.get(key), str):
            raise BaselineError(f"{wrong}, for it has no `{key}`: take it out, and `policylint baseline create` again")
    if not _FINGERPRINT.fullmatch(content["fingerprint"]) or content["certainty"] not in list(Certainty):
        raise BaselineError(f"{wrong}, for its fingerprint or certainty is none: take it out")
    declaration, policy, clause = (content.get(key) for key in ("declaration", "policy", "clause"))
    if any(not isinstance(value, str | None) for value in (declaration, policy, clause)):
        raise BaselineError(f"{wrong}, for its place is none: take it out")
    certainty = Certainty(content["certainty"])
    return Entry(content["fingerprint"], content["code"], certainty, declaration, policy, clause, content["message"])
