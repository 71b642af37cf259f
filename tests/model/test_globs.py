"""Globs of `at`: what they hold, and that none of them takes for ever."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.model.globs import holds
from tests.reference import globs as reference


@pytest.mark.parametrize(
    ("glob", "path", "is_held"),
    [
        ("web/**", "web/a/b.py", True),
        ("web/**", "web", False),
        ("web/*", "web/a/b.py", False),
        ("**/src/**", "src/app.py", True),
        ("**/src/**", "a/b/src/app.py", True),
        ("sub/**/a.py", "sub/a.py", True),
        ("./a?.py", "ab.py", True),
        ("a?b", "a/b", False),
        ("a.py", "axpy", False),
        ("[ab].py", "a.py", False),
        ("", "a", False),
        ("*", "a.py", True),
    ],
)
def test_what_a_glob_holds(glob: str, path: str, is_held: bool) -> None:
    assert holds(glob, path) is is_held


@given(
    st.lists(st.sampled_from(("**/", "*", "?", "a", "b", "/")), max_size=6).map("".join),
    st.lists(st.sampled_from(("a", "b", "aa", "ab")), min_size=1, max_size=4).map("/".join),
)
def test_the_slow_way_says_the_same(glob: str, path: str) -> None:
    if not any(before not in "/" for before in (part[-1:] for part in glob.split("**/")[:-1])):
        assert holds(glob, path) == reference.holds(glob, path)


def test_a_hostile_glob_takes_no_longer_than_another() -> None:
    start = time.monotonic()
    assert not holds("*a" * 40 + "b", "a" * 250)
    assert not holds("**/" * 200 + "x", "a/" * 120 + "y")
    assert time.monotonic() - start < 5
