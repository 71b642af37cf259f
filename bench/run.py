"""Options in; the tables out. `python3 bench/run.py` makes its own environment first and goes on in that."""

import argparse
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.append(str(Path(__file__).parents[1]))

from bench.environment import PYTHON, VENV, WORK, clean_environment, prepare, unavailable

QUESTIONS = {
    "parsing": "text to facts",
    "judging": "text to findings, and evaluation alone",
    "manifests": "Fides",
    "starting": "whole process, one small file",
    "repeating": "whole process, many files, none or one changed",
    "travelling": "subjects along flows",
    "growing": "memory, and growth",
}
_SCALES = {"quick": "small sizes, to try it: three minutes", "large": "up to a million flows: hours"}


def main() -> None:
    """Measure what was asked for."""
    options = _options()
    if Path(sys.prefix).resolve() != VENV.resolve():
        prepare()
        # -P: what is measured is the installed policylint, not the checkout beside this file.
        os.execve(PYTHON, [str(PYTHON), "-P", __file__, *sys.argv[1:]], clean_environment())
    start = perf_counter()
    parts = []
    for part in _parts(options):
        print(part, flush=True)
        parts.append(part)
    print(f"{perf_counter() - start:.0f} seconds", file=sys.stderr)
    if options.output:
        options.output.write_text("\n".join(parts), encoding="utf-8")


def _parts(options: argparse.Namespace) -> Iterator[str]:
    from bench import machine, scale

    yield f"{machine.line()}\n\n{machine.versions()}\n\n{_METHOD}"
    for line in unavailable():
        yield f"* not measured: {line}\n"
    WORK.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=WORK) as work:
        chosen = getattr(scale, options.scale)(Path(work), options.slow_peers)
        for question in options.only:
            for table in import_module(f"bench.measure.{question}").tables(chosen):
                yield str(table)


_METHOD = (
    "Medians; contenders take turns within one run, each in a new process. Python's garbage collector is off while "
    "anybody is timed, and runs before. Compare rows, not runs: ratios carry over to another machine, times do not.\n"
)


def _options() -> argparse.Namespace:
    listed = "; ".join(f"{name}: {what}" for name, what in QUESTIONS.items())
    parser = argparse.ArgumentParser(description="policylint and its peers, side by side.", epilog=listed)
    size = parser.add_mutually_exclusive_group()
    for name, text in _SCALES.items():
        size.add_argument(f"--{name}", action="store_const", const=name, dest="scale", help=text)
    parser.add_argument("--only", type=_questions, default=list(QUESTIONS), metavar="A,B", help="only these questions")
    parser.add_argument("--slow-peers", action="store_true", help="sqlfluff, cfn-lint and semgrep too")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the tables to a file as well")
    parser.set_defaults(scale="default")
    return parser.parse_args()


def _questions(text: str) -> list[str]:
    names = text.split(",")
    for name in names:
        if name not in QUESTIONS:
            raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(QUESTIONS)}")
    return names


if __name__ == "__main__":
    main()
