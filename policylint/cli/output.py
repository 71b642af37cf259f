"""What was found in; reports on standard output and in files out, each file whole or not at all."""

import os
import stat
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import click

from policylint.check import Checked
from policylint.cli.refusal import CannotCheck
from policylint.cli.telling import report, tell
from policylint.report.formats import FORMATS, formats, loaded
from policylint.report.manner import Guide, Manner
from policylint.report.summary import closing
from policylint.rule.registry import Registry
from policylint.source.walk import reason
from policylint.stages import stage

_TERMINALS = frozenset(("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "WarpTerminal", "rio"))
_SAYS_SO = ("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM")


class Target(NamedTuple):
    """A format, and the file it goes to; standard output without one."""

    format: str
    file: Path | None = None


class TargetType(click.ParamType[Target]):
    """`FORMAT` or `FORMAT=FILE`."""

    name = "FORMAT[=FILE]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        """Take it apart; whether there is such a format is known when plug-ins are loaded."""
        if isinstance(value, Target):
            return value
        name, equals, file = str(value).partition("=")
        if equals and not file:
            self.fail(f"`{name}=` names no file", param, ctx)
        return Target(name, Path(file) if file else None)


def planned(targets: Sequence[Target]) -> tuple[Target, ...]:
    """What goes where: `full` to standard output if nothing is asked for. Two reports for one place are bad usage."""
    places = [target.file and os.path.realpath(target.file) for target in targets]
    twice = next((target for index, target in enumerate(targets) if places[index] in places[:index]), None)
    if twice is not None:
        where = f"the file {str(twice.file)!r}" if twice.file else "standard output"
        raise click.UsageError(f"two reports for {where}: give one of them a file, as in --output-format json=FILE")
    return tuple(targets) or (Target("full"),)


def confirm(targets: Sequence[Target], registry: Registry) -> None:
    """Refuse a format that is not there, or that a plug-in promises and does not bring, before anything is checked."""
    known = formats(registry)
    for name in (target.format for target in targets):
        if name not in known:
            raise click.UsageError(f"there is no format {name!r}; the formats are {', '.join(known)}")
        loaded(name, known)


@stage("report")
def write(
    targets: Sequence[Target], checked: Checked, registry: Registry, *, statistics: bool = False, quiet: bool = False
) -> bool:
    """Write all reports; whether it worked. What cannot be written is said on standard error."""
    known = formats(registry)
    guides = guides_of(registry) if any(known[target.format].guides for target in targets) else ()
    plain = Manner(statistics=statistics, quiet=quiet, guides=guides)
    reports = {each: _lines(known[each.format].render(checked, plain)) for each in targets if each.file}
    shown = next((target.format for target in targets if target.file is None), None)
    text = known[shown].render(checked, plain._replace(colour=_colour(), links=_links())) if shown else ""
    failure = _write_files({target.file: text for target, text in reports.items() if target.file})
    if any(target.format == "github" for target in targets):
        failure = failure or _append_step_summary(checked)
    if shown:
        print_report(text, known[shown].closes)
    if shown is None or (statistics and not known[shown].closes):
        for line in closing(checked, plain._replace(quiet=quiet or shown is not None)):
            tell(line)
    if failure:
        tell(f"Error: {failure}")
    return failure is None


def guides_of(registry: Registry) -> tuple[Guide, ...]:
    """All rules with their pages."""
    return tuple(Guide(rule, rule.page.read_text(encoding="utf-8")) for rule in registry.rules.values())


def _lines(text: str) -> str:
    return text + "\n" if text else ""


def print_report(text: str, for_people: bool) -> None:
    """A report for a program is UTF-8 everywhere; what an encoding does not have is escaped and never a crash."""
    if sys.stdout is None:  # it was closed
        raise CannotCheck("there is no standard output to report to")
    encoding = None if for_people else "utf-8"
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(encoding=encoding, errors="backslashreplace")
    try:
        if text:
            report(text)
            report("\n")  # by itself: a report may be large, and would be there twice
    except BrokenPipeError:
        raise
    except OSError as error:
        with suppress(OSError):
            sys.stdout.close()  # Python would try to write the rest once more when it ends
        raise CannotCheck(f"cannot write to standard output: {reason(error)}") from error


def _write_files(files: Mapping[Path, str]) -> str | None:
    """Write all of them, each first beside its place; the first failure in words. None of them is left half written."""
    written: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, text in files.items():
            place = Path(os.path.realpath(path))
            if place.exists() and not stat.S_ISREG(place.stat().st_mode):
                place.write_bytes(_encoded(text))  # a device or a pipe is written to, never replaced
                continue
            beside = place.with_name(f".{place.name}.{os.getpid()}.tmp")
            written.append((beside, place))
            with beside.open("xb") as stream:
                stream.write(_encoded(text))
            if place.exists():
                beside.chmod(stat.S_IMODE(place.stat().st_mode))
        for beside, place in written:
            path = place
            beside.replace(place)
    except OSError as error:
        return f"cannot write {str(path)!r}: {(error.strerror or str(error)).lower()}"
    finally:
        for beside, _ in written:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    return None


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _append_step_summary(checked: Checked) -> str | None:
    """In a GitHub workflow: add the Markdown report to the page of the step."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        return None
    try:
        with Path(file).open("ab") as stream:
            stream.write(_encoded(FORMATS["markdown"].render(checked) + "\n\n"))
    except OSError as error:
        return f"cannot write the step summary {file!r}: {(error.strerror or str(error)).lower()}"
    return None


def _colour() -> bool:
    """Whether to use colours: NO_COLOR and FORCE_COLOR decide, else whether this is a terminal that has any."""
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    if forced:
        return forced not in ("0", "false")
    return _is_terminal() and os.environ.get("TERM") != "dumb"


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _links() -> bool:
    """Whether standard output is a terminal that is known to show hyperlinks, and nobody said otherwise."""
    if not _is_terminal() or os.environ.get("TERM") == "dumb" or os.environ.get("CI"):
        return False
    forced = os.environ.get("FORCE_HYPERLINK")
    if forced:
        return forced not in ("0", "false")
    if os.environ.get("TERM", "").startswith(("screen", "tmux")):
        return False  # what the terminal below can do does not get through
    gnome = os.environ.get("VTE_VERSION", "")
    return (
        os.environ.get("TERM_PROGRAM") in _TERMINALS
        or any(os.environ.get(name) for name in _SAYS_SO)
        or (gnome.isdigit() and int(gnome) >= 5000)
        or os.environ.get("TERM") in ("xterm-kitty", "alacritty", "foot", "xterm-ghostty")
    )
