"""The policies that come with policylint, one `.policy` file each, to be named in a configuration."""

from collections.abc import Mapping
from pathlib import Path

from policylint.rule.hooks import hookimpl

API = 1


@hookimpl
def policylint_policies() -> Mapping[str, Path]:
    """Every policy in this folder, which is called like its file."""
    return {path.stem: path for path in Path(__file__).parent.glob("*.policy")}
