"""A small project in a real git repository, and the command line run in it."""

import os
import subprocess
import sys
from pathlib import Path

SYSTEM = """\
party acme { in CA }
party courier { is processor  in US  with scc, dpa }
service crm { of acme  keep 1 year }

flow signup from visitor to crm {
  data     contact.email
  purpose  analytics
  subject  visitor aged 16+ in CA
  basis    consent
}

flow parcel from crm to courier {
  data     contact.email
  purpose  service.order
  keep     30 days
}
"""
POLICY = """\
policy acme "Acme" {
  binds acme
  clause 1 "No analytics" { forbid use for analytics }
  clause 2 "Data stays in Canada" { forbid transfer of personal outside CA }
}
"""
CLEAN = {**os.environ, "NO_COLOR": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
CLEAN = {key: value for key, value in CLEAN.items() if not key.startswith("GIT_") or "CONFIG" in key}


def run(*arguments: str, cwd: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """`policylint` as it is called."""
    return subprocess.run(
        [sys.executable, "-m", "policylint", *arguments],
        cwd=cwd,
        env={**CLEAN, **more},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def git(folder: Path, *arguments: str) -> str:
    """`git`, which has to work."""
    who = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, env=CLEAN, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def write(folder: Path, files: dict[str, str]) -> None:
    """Files with their folders."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def commit(folder: Path) -> None:
    """Everything as it is now."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "as it is")


def repository(folder: Path, files: dict[str, str] | None = None) -> Path:
    """A repository with one commit."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, files if files is not None else {"system.flow": SYSTEM, "acme.policy": POLICY})
    git(folder, "init", "--quiet")
    commit(folder)
    return folder
