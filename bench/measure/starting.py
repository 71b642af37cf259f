"""A scale in; how long a whole process takes for one small file, against other linters, out."""

import json
from collections.abc import Iterator
from pathlib import Path
from time import sleep

from bench import ours
from bench.contest import SETTLING, Result, time_commands
from bench.environment import PYTHON, slow_peer
from bench.scale import Scale
from bench.table import Table, milliseconds

_SLOW = {
    "sqlfluff": ("lint", "--dialect", "ansi", "small.sql"),
    "cfn-lint": ("small-template.yaml",),
    "semgrep": ("scan", "--metrics=off", "--disable-version-check", "--config", "rule.yaml", "small.py"),
}
_FILES = {
    "small.py": "import os\n\n\ndef handle(event: dict[str, str]) -> None:\n    print(event)\n",
    "small.sql": "SELECT email, name\nFROM customers\nWHERE country = 'CA'\n",
    "small-template.yaml": "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n",
    "rule.yaml": "rules:\n- id: print\n  languages: [python]\n  message: no printing\n  severity: INFO\n"
    "  pattern: print(...)\n",
}


def tables(scale: Scale) -> Iterator[Table]:
    """One table."""
    folder = _small(scale)
    bin_ = PYTHON.parent
    cached = ours.knows("--no-cache")
    commands = {
        "python -c pass": [str(PYTHON), "-c", "pass"],
        "policylint check" + (", cache present" if cached else ""): ours.command("small.flow"),
        **({"policylint check --no-cache": ours.command("--no-cache", "small.flow")} if cached else {}),
        "yamllint": [str(bin_ / "yamllint"), "small.yaml"],
        "ruff check": [str(bin_ / "ruff"), "check", "--no-cache", "small.py"],
    }
    absent: dict[str, Result] = {}
    for name, arguments in _SLOW.items() if scale.slow_peers else ():
        command = slow_peer(name)
        if command:
            commands[name] = [str(command), *arguments]
        else:
            absent[name] = Result(reason="it cannot be installed")
    if not scale.slow_peers:
        absent = {name: Result(reason="give --slow-peers") for name in _SLOW}
    results = time_commands(commands, folder, scale.starts, {}) | absent
    note = "Three flows, what they need and the policy in one file; a small file for the others. Modules are compiled."
    rows = [*milliseconds(results, "python -c pass")]
    yield Table("Whole process, one small file", note, ("", "ms", "times Python"), rows)


def _small(scale: Scale) -> Path:
    workload = scale.workload(3)
    folder = scale.work / "small"
    folder.mkdir(parents=True)
    (folder / "small.flow").write_text("\n".join(text for _, text in workload.texts()), encoding="utf-8")
    # JSON is YAML; laid out like this it is what people write.
    (folder / "small.yaml").write_text(json.dumps(workload.document(), indent=2), encoding="utf-8")
    for name, text in _FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    sleep(SETTLING)
    return folder
