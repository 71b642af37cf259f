"""A check and what was there earlier (a baseline, a commit) in; the check with what is new told from the rest out."""

from collections.abc import Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING

from policylint.check import Checked
from policylint.cli.earlier import Request, earlier
from policylint.cli.progress import progress
from policylint.cli.refusal import CannotCheck
from policylint.cli.telling import tell
from policylint.config.settings import Settings
from policylint.report.summary import plural
from policylint.rule.registry import Registry
from policylint.source.files import shown
from policylint.source.witness import looked_at

if TYPE_CHECKING:
    from policylint.triage.baseline import Entry

FILE = "policylint-baseline.json"
"""The baseline of a project, unless it is configured."""


def place(settings: Settings, option: Path | None) -> Path:
    """The file of the baseline: the one that was asked for, else the configured one, else the one of the project."""
    return option or settings.baseline or settings.root / FILE


def entries(settings: Settings, option: Path | None) -> "tuple[Entry, ...] | None":
    """The baseline that holds, None where there is none. One that was named has to be there."""
    path = place(settings, option)
    looked_at(path)
    if option is None and settings.baseline is None and not path.exists():
        return None
    return load(path)


def load(path: Path) -> "tuple[Entry, ...]":
    """Read a baseline. Raises `CannotCheck`."""
    from policylint.triage.baseline import BaselineError, read  # most projects have none

    try:
        return read(path.read_text(encoding="utf-8-sig"), shown(path))
    except FileNotFoundError:
        advice = "make it with `policylint baseline create`, or name another file"
        raise CannotCheck(f"there is no baseline {shown(path)!r}: {advice}") from None
    except UnicodeDecodeError:
        raise CannotCheck(f"{shown(path)} is no baseline, for it is not UTF-8: name another file") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CannotCheck(f"cannot read the baseline {shown(path)!r}: {reason}") from error
    except BaselineError as error:
        raise CannotCheck(str(error)) from error


def mistaken(registry: Registry) -> Set[str]:
    """The codes of the rules that say what was not understood: it may hide anything, and nobody can accept that."""
    return {code for code, rule in registry.rules.items() if rule.reports_mistakes}


def with_baseline(checked: Checked, accepted: "Sequence[Entry]", registry: Registry) -> Checked:
    """Mark the findings that are in a baseline."""
    from policylint.triage.comparison import compare

    earlier_ones = [each.known for each in accepted]
    return checked._replace(findings=compare(checked.findings, earlier_ones, "the baseline", mistaken(registry)))


def since(checked: Checked, reference: str, request: Request, registry: Registry, *, quiet: bool) -> Checked:
    """Mark the findings that were there at a commit, and count on standard error those that are gone."""
    from policylint.triage.comparison import compare, known

    with progress(quiet=quiet), earlier(reference, request) as then:
        before = then.checked.findings if then.checked else ()
    open_ = known(finding for finding in before if not finding.suppressed)
    waived = known(finding for finding in before if finding.suppressed)
    findings = compare(checked.findings, open_, reference, mistaken(registry), waived)
    left = {finding.fingerprint for finding in findings}
    gone = sum(each.fingerprint not in left for each in open_)
    if gone and not quiet:
        tell(f"policylint: {plural(gone, 'finding')} of {reference} {'is' if gone == 1 else 'are'} gone")
    return checked._replace(findings=findings)


def covers(paths: Sequence[Path], settings: Settings) -> bool:
    """Whether paths hold the whole project: in a part of it most entries of a baseline match nothing."""
    root = settings.root.resolve()
    return any(root.is_relative_to(path.resolve()) for path in paths)


def tell_stale(checked: Checked, accepted: "Sequence[Entry]") -> None:
    """Say on standard error which entries of a baseline no finding needs any more."""
    from policylint.triage.baseline import shares

    stale = shares(accepted, checked.findings).stale
    if stale and not checked.not_understood:
        verb = "matches" if len(stale) == 1 else "match"
        tell(
            f"policylint: {_entries(len(stale))} of the baseline {verb} nothing any more: "
            "`policylint baseline show` lists, `policylint baseline prune` removes what is stale"
        )


def _entries(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"
