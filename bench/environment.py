"""A checkout in; an environment of its own with policylint as it stands there and its pinned peers out.

Only Python's standard library is needed to run this.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

BENCH = Path(__file__).parent
ROOT = BENCH.parent
VENV = BENCH / ".venv"
WORK = BENCH / ".work"
UNPACKED = VENV / "unpacked"
PYTHON = VENV / "bin" / "python"
UNAVAILABLE = VENV / "unavailable.txt"

_SOURCES = ("policylint", "rules", "grammar", "policies", "pyproject.toml", "README.md", "LICENSE")
_WHEELS = {
    # Their metadata asks for another Python, or for 256 packages; what is needed of them is a library and one module.
    "opa": ("opa-golib-python-bindings==0.4.4", ("--python-version", "3.14")),
    "fides": ("ethyca-fides==2.78.2", ()),
}
_SLOW = {"sqlfluff": "sqlfluff==4.5.0", "cfn-lint": "cfn-lint==1.58.0", "semgrep": "semgrep==1.182.0"}
"""Linters that need an environment each, since what they stand on clashes."""


def prepare() -> None:
    """Make the environment, or bring it up to date."""
    if not PYTHON.exists():
        print("making an environment in bench/.venv …", flush=True)
        venv.create(VENV, with_pip=True, symlinks=True)
    requirements = (BENCH / "requirements.txt").read_text("utf-8")
    if _is_new("peers", requirements + repr(_WHEELS)):
        UNAVAILABLE.unlink(missing_ok=True)
        for requirement in (line for line in requirements.splitlines() if line and not line.startswith("#")):
            _try(requirement, "install", requirement)
        for name, (requirement, options) in _WHEELS.items():
            _unpack(name, requirement, options)
        _remember("peers", requirements + repr(_WHEELS))
    if _is_new("policylint", _fingerprint()):
        _install_policylint()
        _remember("policylint", _fingerprint())


def unavailable() -> list[str]:
    """The peers that could not be installed, each with the reason."""
    return UNAVAILABLE.read_text("utf-8").splitlines() if UNAVAILABLE.exists() else []


def slow_peer(name: str) -> Path | None:
    """The command of a linter that has an environment of its own; None where it cannot be installed."""
    folder = BENCH / f".venv-{name}"
    command = folder / "bin" / name
    if not command.exists():
        print(f"installing {_SLOW[name]} …", flush=True)
        venv.create(folder, with_pip=True, symlinks=True)
        command_line = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", _SLOW[name]]
        subprocess.run(command_line, capture_output=True, check=False)
    return command if command.exists() else None


def clean_environment() -> dict[str, str]:
    """The variables that measured processes see: compiled modules may be written, and nothing is put in the path.

    What policylint keeps for its user it keeps here, so that no other project is known.
    """
    dropped = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME")
    kept = {key: value for key, value in os.environ.items() if key not in dropped}
    return kept | {"XDG_CACHE_HOME": str(WORK / "of-user")}


def _try(what: str, *arguments: str) -> bool:
    """Run pip; a failure is written down, not raised: the tables say what was not measured."""
    print(f"installing {what} …", flush=True)
    command = [str(PYTHON), "-m", "pip", *arguments, "-q", "--disable-pip-version-check"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if result.returncode:
        reason = next((line for line in result.stderr.splitlines() if line.startswith("ERROR")), "pip failed")
        with UNAVAILABLE.open("a", encoding="utf-8") as file:
            file.write(f"{what}: {reason}\n")
    return result.returncode == 0


def _unpack(name: str, requirement: str, options: Sequence[str]) -> None:
    with TemporaryDirectory() as folder:
        if _try(requirement, "download", "--no-deps", "--only-binary", ":all:", *options, "-d", folder, requirement):
            zipfile.ZipFile(next(Path(folder).glob("*.whl"))).extractall(UNPACKED / name)


def _install_policylint() -> None:
    """Install a copy of the checkout: an editable install starts slower, and building in place leaves traces."""
    with TemporaryDirectory() as folder:
        for source in _SOURCES:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, Path(folder, source), ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, folder)
        if not _try("policylint", "install", "--force-reinstall", "--no-deps", folder) or not _try(
            "what policylint needs", "install", folder
        ):
            sys.exit(f"policylint cannot be installed: {unavailable()[-1]}")
    subprocess.run([PYTHON, "-m", "compileall", "-q", VENV / "lib"], check=False)


def _fingerprint() -> str:
    """What tells two states of the checkout apart."""
    digest = hashlib.sha256()
    for source in _SOURCES:
        top = ROOT / source
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _is_new(name: str, content: str) -> bool:
    stamp = VENV / f"{name}.stamp"
    return not stamp.exists() or stamp.read_text("utf-8") != hashlib.sha256(content.encode()).hexdigest()


def _remember(name: str, content: str) -> None:
    (VENV / f"{name}.stamp").write_text(hashlib.sha256(content.encode()).hexdigest(), encoding="utf-8")
