"""A check in; Markdown for a comment on a pull request, or the summary of a CI run, out."""

import re
from collections.abc import Iterable, Iterator, Sequence

from policylint.check import Checked
from policylint.finding.finding import Finding
from policylint.report.harmless import harmless
from policylint.report.json import positions
from policylint.report.manner import PLAIN, Manner
from policylint.report.summary import last_line

MOST = 60_000
"""Characters; a comment on GitHub may have 65,536."""

_LONGEST = 500
_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
_PLAIN = frozenset(",.;'\"()/-")
_HOST = re.compile(r"(?<=www)\.", re.IGNORECASE)


def render(checked: Checked, manner: Manner = PLAIN) -> str:
    """A heading that counts, a table of what was found, and one of what is waived, cut where it would be too long."""
    open_ = [finding for finding in checked.findings if finding.is_open]
    waived = [finding for finding in checked.findings if finding.suppressed]
    parts = [f"### policylint: {last_line(checked)}"]
    if open_:
        head = "| | where | what | clause |\n| --- | --- | --- | --- |"
        parts.append(_table(head, (_row(finding, checked) for finding in open_), len(open_), MOST * 3 // 4))
    if waived:
        head = "| rule | where | why | until |\n| --- | --- | --- | --- |"
        table = _table(head, (_waived(finding, checked) for finding in waived), len(waived), MOST // 5)
        parts.append(f"<details><summary>{len(waived)} waived</summary>\n\n{table}\n\n</details>")
    return "\n\n".join(parts)


def _table(head: str, rows: Iterable[str], count: int, most: int) -> str:
    shown: list[str] = [head]
    left = most - len(head)
    for row in rows:
        left -= len(row) + 1
        if left < 0:
            shown.append(f"\n… and {count - len(shown) + 1} more")
            break
        shown.append(row)
    return "\n".join(shown)


def _row(finding: Finding, checked: Checked) -> str:
    what = [text(finding.message), *([text(finding.help)] if finding.help else [])]
    kind = f"{finding.severity}<br>{code(finding.code)}"
    return _cells((kind, _place(finding, checked), "<br>".join(what), _clause(finding)))


def _waived(finding: Finding, checked: Checked) -> str:
    accepted = finding.suppressed
    because, until = (accepted.because, accepted.until) if accepted else ("", None)
    return _cells((code(finding.code), _place(finding, checked), code(because), until.isoformat() if until else ""))


def _cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _place(finding: Finding, checked: Checked) -> str:
    line = positions(finding.span, checked.sources)[0].line
    return code(f"{finding.span.path}:{line}")


def _clause(finding: Finding) -> str:
    return code(f"{finding.policy}:{finding.clause}") if finding.policy and finding.clause else ""


def text(words: str) -> str:
    """A sentence of a finding: what stands in backticks as code, everything else so that it is read as it stands."""
    return "".join(_pieces(harmless(words, _LONGEST)))


def _pieces(words: str) -> Iterator[str]:
    pieces = words.split("`")
    paired = len(pieces) % 2 == 1
    for index, piece in enumerate(pieces):
        yield code(piece) if paired and index % 2 == 1 else _escaped(piece)
        if not paired and index < len(pieces) - 1:
            yield "&#96;"


def code(words: str) -> str:
    """Words of somebody else's. In `<code>` they are no mention of a person, no reference to an issue and no link."""
    return f"<code>{_escaped(harmless(words, _LONGEST))}</code>"


def _escaped(words: str) -> str:
    """All that could mean something in Markdown or HTML as numeric entities; `@` so that it calls nobody."""
    entities = _SPECIAL.sub(lambda found: found[0] if found[0] in _PLAIN else f"&#{ord(found[0])};", words)
    return _HOST.sub("&#46;", entities.replace("&#64;", "&#64;\u200b"))
