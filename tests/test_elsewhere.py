"""What another process works out comes back; what goes wrong there is told here."""

import os

import pytest

from policylint.elsewhere import IS_POSSIBLE, elsewhere

pytestmark = pytest.mark.skipif(not IS_POSSIBLE, reason="this system cannot go on in two processes")


def test_the_value_comes_back() -> None:
    known = list(range(100_000))
    asked = [elsewhere(lambda: known[-1]), elsewhere(lambda: known)]
    assert [value() for value in asked] == [99_999, known]


def test_an_error_is_raised_where_the_value_is_asked_for() -> None:
    value = elsewhere(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        value()


def test_a_process_that_ends_before_its_time_is_no_silence() -> None:
    value = elsewhere(lambda: os._exit(1))
    with pytest.raises(RuntimeError, match="ended before its work was done"):
        value()
