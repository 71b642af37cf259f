"""A folder in; what git says about the repository that it lies in, and the files of a commit, out.

git is called with lists of arguments and never through a shell. It is only asked: neither the work tree nor the index
is written, and nothing is fetched.
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

# What a hook of another repository sets would lead git away from the folder that it is asked about.
_LEADS_AWAY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE")
# No network: a clone that has only part of its history would fetch the rest on its own.
_OFFLINE = ("-c", "protocol.allow=never", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_LINK, _SUBMODULE = b"120000", b"160000"


class GitError(Exception):
    """What git cannot do, in one sentence that says what to do."""


class Entry(NamedTuple):
    """A file of a commit: its path from the top of the repository, and where its content is."""

    path: str
    object: bytes
    size: int
    is_link: bool


@dataclass(frozen=True)
class Commit:
    """A commit: as somebody called it, and by its name."""

    called: str
    name: str


def run(arguments: Sequence[str], folder: Path, given: bytes = b"", finds_none: int = 0) -> bytes:
    """What a git command in a folder prints. Raises `GitError` with git's own words.

    `finds_none` is an exit status that is no failure.
    """
    environment = {key: value for key, value in os.environ.items() if key not in _LEADS_AWAY}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(
            ["git", *_OFFLINE, *arguments], cwd=folder, env=environment, input=given, capture_output=True, check=False
        )
    except FileNotFoundError:
        if not folder.is_dir():
            raise GitError(f"there is no folder {str(folder)!r}") from None
        raise GitError("git is not installed, or not on the PATH: install it") from None
    except OSError as error:
        raise GitError(f"git does not run in {str(folder)!r}: {(error.strerror or str(error)).lower()}") from error
    if done.returncode not in (0, finds_none):
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["it says nothing"]
        raise GitError(lines[0].removeprefix("fatal: ").removeprefix("error: "))
    return done.stdout


@dataclass(frozen=True)
class Repository:
    """A repository with a work tree, by the folder at its top."""

    top: Path

    def commit(self, reference: str) -> Commit:
        """The commit that a reference means: a branch, a tag, a hash, `HEAD~2`. Raises `GitError`."""
        if not reference or reference.startswith("-") or not reference.isprintable():
            raise GitError(f"{reference!r} is no name of a commit: name a branch, a tag or a hash")
        try:
            name = run(["rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}"], self.top)
        except GitError:
            raise GitError(self._lost(reference)) from None
        return Commit(reference, name.decode().strip())

    def files(self, commit: Commit) -> Iterator[Entry]:
        """All files of a commit, whatever folder is the current one; submodules are repositories of their own."""
        listing = run(["ls-tree", "-r", "-l", "-z", "--full-tree", commit.name], self.top)
        for line in listing.split(b"\0"):
            if line:
                about, _, path = line.partition(b"\t")
                mode, _, name, size = about.split()
                if mode != _SUBMODULE:
                    yield Entry(os.fsdecode(path), name, int(size), mode == _LINK)

    def containing(self, word: str, commit: Commit) -> frozenset[str]:
        """The paths of a commit's files that hold a word."""
        command = ["grep", "-l", "-z", "-a", "-F", "--full-name", "--no-textconv", "-e", word, commit.name, "--"]
        found = run(command, self.top, finds_none=1)
        start = len(commit.name) + 1
        return frozenset(os.fsdecode(line[start:]) for line in found.split(b"\0") if line)

    def contents(self, entries: Sequence[Entry]) -> Iterator[tuple[Entry, bytes]]:
        """The files' bytes as they were committed, unconverted."""
        if not entries:
            return
        answer = run(["cat-file", "--batch"], self.top, b"".join(entry.object + b"\n" for entry in entries))
        at = 0
        for entry in entries:
            end_of_head = answer.index(b"\n", at)
            head = answer[at:end_of_head].split()
            if len(head) != 3:
                raise GitError(f"the content of {entry.path!r} is not in this clone: fetch the whole history")
            start, size = end_of_head + 1, int(head[2])
            yield entry, answer[start : start + size]
            at = start + size + 1

    def _lost(self, reference: str) -> str:
        try:
            run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], self.top)
        except GitError:
            return "this repository has no commit yet: commit something first, then compare with it"
        shallow = run(["rev-parse", "--is-shallow-repository"], self.top).strip() == b"true"
        fetch = "fetch more of the history (`git fetch --unshallow`)" if shallow else "fetch it"
        return f"there is no commit {reference!r} in this repository: {fetch}, or name another one"


def repository(folder: Path) -> Repository:
    """The repository that a folder lies in. Raises `GitError` where it lies in none, or in one without files."""
    try:
        top = run(["rev-parse", "--show-toplevel"], folder)
    except GitError as error:
        said = str(error)
        if "not a git repository" in said:
            said = f"{str(folder)!r} lies in no git repository: run it inside one"
        elif "work tree" in said:
            said = f"{str(folder)!r} lies in a git repository without files: run it in a clone that has some"
        raise GitError(said) from None
    return Repository(Path(os.fsdecode(top.removesuffix(b"\n"))))
