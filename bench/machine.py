"""The machine this runs on in; one line about it out."""

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_SHOWN = (
    *("policylint", "lark", "cedarpy", "hobofan-regorus", "pyyaml", "ruamel.yaml", "python-hcl2", "rtoml", "orjson"),
    *("msgspec", "regopy", "tree-sitter", "tree-sitter-hcl", "fideslang", "networkx", "rustworkx", "scipy", "duckdb"),
    *("yamllint", "ruff"),
)


def line() -> str:
    """CPU, cores, Python, date, and the load that was there before."""
    load = os.getloadavg()[0]
    return (
        f"{_cpu()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {date.today().isoformat()}, load before {load:.1f}"
    )


def versions() -> str:
    """What was measured, with versions."""
    return ", ".join([*_versions(_SHOWN), "OPA 1.20.2 (opa-golib-python-bindings 0.4.4)", "Fides 2.78.2 (evaluate.py)"])


def _versions(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "unknown processor")
