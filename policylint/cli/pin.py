"""`policylint pin`: write pins where authors marked passages, or check that all pins still fit."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from policylint.citation.drift import explained
from policylint.citation.marks import Comment, Edit, Mark, Refusal, applied, comments, edits, find
from policylint.citation.passages import Passage
from policylint.citation.texts import Citations, PolicyText
from policylint.cli.policies import CONFIG, TEXT, Policies, existing, read_policies, with_texts
from policylint.cli.refusal import CannotCheck
from policylint.config.settings import ConfigurationError, load
from policylint.model.values import Policy
from policylint.report.summary import plural
from policylint.source.text import Span
from policylint.source.writing import replace_file

_BOM = b"\xef\xbb\xbf"


@click.command("pin")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; exit 1 where a pin is stale or a mark is left.")
@TEXT
@CONFIG
def command(files: tuple[Path, ...], check: bool, text: Path | None, config: Path | None) -> None:
    """Write the pins of the passages that are marked in the policy FILES.

    A mark is a comment in a clause, `# pin: "opening words"` or `# pin: line 12`. It becomes the clause's `cites`.
    A mark that fits no passage, or more than one, is refused, and nothing is written.

    Exit status: 0 all pins fit, 1 a pin is stale (or, with --check, a mark is left), 2 refused, 3 not understood.
    """
    existing(files)
    try:
        settings = load(files[0].parent, config)
        policies = read_policies(files, settings)
    except ConfigurationError as error:
        raise CannotCheck(str(error)) from error
    citations = with_texts(policies, settings, text)
    marked = _marked(policies, citations)
    if not check and any(marked.values()):
        for path, found in marked.items():
            _write(policies, path, found, citations)
        again = read_policies(files, settings)
        policies, citations = again, Citations(again.all, citations.texts)
        marked = {}
    sys.exit(_report(policies, citations, marked))


Marked = list[tuple[Comment, list[tuple[Mark, Passage]]]]


def _marked(policies: Policies, citations: Citations) -> dict[str, Marked]:
    """The marks of every file with the passages that they mean; one that is refused refuses them all."""
    refused: list[str] = []
    marked: dict[str, Marked] = {}
    for path, source in policies.sources.items():
        own = [policy for policy in policies.all if policy.span.path == path]
        for comment in comments(source.text, own):
            if isinstance(comment, Refusal):
                refused.append(f"{policies.at(Span(path, comment.at, comment.at))}: {comment.message}")
                continue
            text = citations.texts[comment.clause.policy]
            found = [(mark, find(mark, text)) for mark in comment.marks]
            for _, passage in found:
                if isinstance(passage, Refusal):
                    refused.append(f"{policies.at(Span(path, passage.at, passage.at))}: {passage.message}")
            good = [(mark, passage) for mark, passage in found if isinstance(passage, Passage)]
            marked.setdefault(path, []).append((comment, good))
    if refused:
        raise CannotCheck("nothing was pinned\n" + "\n".join(refused))
    return marked


def _write(policies: Policies, path: str, marked: Marked, citations: Citations) -> None:
    """Write the pins of one file, and leave all else in it as it is, byte for byte."""
    source = policies.sources[path]
    changes: list[Edit] = []
    clauses = {comment.clause.span: comment.clause for comment, _ in marked}
    for span, clause in clauses.items():
        own = [(comment, found) for comment, found in marked if comment.clause.span == span]
        text = citations.texts[clause.policy]
        kept = [pin.text for pin in clause.pins if pin.text in text.by_pin]
        passages = [passage for _, found in own for _, passage in found]
        pins = tuple(dict.fromkeys([*kept, *(passage.pin for passage in passages)]))
        changes += edits(source.text, clause, [comment for comment, _ in own], pins)
        for passage in passages:
            click.echo(
                f"{policies.at(span)}: the clause `{clause.section}` cites line {passage.line}: “{passage.text}”"
            )
    bom = _BOM if Path(path).read_bytes().startswith(_BOM) else b""
    replace_file(Path(path), bom + applied(source.text, changes).encode())


def _report(policies: Policies, citations: Citations, left: dict[str, Marked]) -> int:
    """Print what does not fit, and the totals; the exit status."""
    for path, marked in left.items():
        for comment, found in marked:
            place = policies.at(Span(path, comment.start, comment.end))
            passages = ", ".join(f"line {passage.line}" for _, passage in found)
            click.echo(f"{place}: this mark ({passages}) is not pinned yet: run `policylint pin {path}`")
    stale = list(explained(citations))
    for each, message, help in stale:
        click.echo(f"{policies.at(each.pin.span)}: {message}\n  = help: {help}")
    for policy in policies.all:
        for pin, twins in citations.twins(policy):
            lines = ", ".join(str(passage.line) for passage in twins)
            click.echo(f"{policies.at(pin.span)}: note: the text says this more than once, in lines {lines}")
        gone = sum(each.policy is policy for each, _, _ in stale)
        click.echo(_totals(policy, citations.texts[policy.name], gone))
    return 1 if stale or left else 0


def _totals(policy: Policy, text: PolicyText, stale: int) -> str:
    pins: Sequence[str] = [pin.text for clause in policy.clauses for pin in clause.pins]
    without = sum(not clause.pins for clause in policy.clauses)
    lacking = f", {plural(without, 'clause')} without a pin" if without else ""
    return f"{policy.name}: {plural(len(pins), 'pin')} to `{text.source.path}`, {stale} stale{lacking}"
