"""Rooms import only from rooms before them, and the house keeps its rules."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "policylint"

# Each room may import from those before it. Files that lie in the package itself stand by their names.
ROOMS = (
    "__init__",
    "frozen",
    "stages",
    "elsewhere",
    "source",
    "cache",
    "vocabulary",
    "syntax",
    "model",
    "graph",
    "verdict",
    "finding",
    "citation",
    "rule",
    "triage",
    "fix",
    "config",
    "check",
    "recheck",
    "report",
    "interop",
    "spec",
    "cli",
    "__main__",
)
# Only these touch the disk: source/ reads what is checked, the others what comes with the package or is named to them.
READ_FILES = {"source", "cache", "cli", "config", "vocabulary", "syntax", "spec"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imported_rooms(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            of_package = [f"policylint.{alias.name}" for alias in node.names]
            names = of_package if node.module == "policylint" else [node.module]
        for name in names:
            if name.startswith("policylint."):
                yield name.split(".")[1]
            assert not name.startswith(("policylint_rules", "policylint_policies", "policylint_grammar")), name


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    own = room(path)
    assert own in ROOMS, f"a room that is not in the plan: {own}"
    allowed = ROOMS[: ROOMS.index(own) + 1]
    back = [name for name in imported_rooms(path) if name in ROOMS and name not in allowed]
    assert not back, f"{own}/ imports from later rooms: {back}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_are_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert ast.get_docstring(ast.parse(text)), "a module opens with one sentence: what goes in, what comes out"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_some_rooms_touch_the_disk_and_only_cli_prints(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    called = {node.func.attr for node in calls if isinstance(node.func, ast.Attribute)}
    named = {node.func.id for node in calls if isinstance(node.func, ast.Name)}
    if room(path) not in READ_FILES:
        assert not called & {"read_text", "read_bytes", "write_text", "write_bytes", "open"}
        assert "open" not in named
    if room(path) != "cli":
        assert "print" not in named
        assert "echo" not in called


def test_no_room_is_a_lumber_room() -> None:
    names = {path.stem for path in PACKAGE.rglob("*")}
    assert not names & {"utils", "util", "common", "core", "helpers", "base", "manager", "misc"}


def test_every_package_on_disk_is_in_the_wheel() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    folders = {name: ROOT / folder for name, folder in declared["package-dir"].items()}
    on_disk = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")} | {
        name for name, folder in folders.items() if (folder / "__init__.py").is_file()
    }
    assert set(declared["packages"]) == on_disk


def test_check_py_fits_on_one_screen() -> None:
    assert len((PACKAGE / "check.py").read_text(encoding="utf-8").splitlines()) < 100
