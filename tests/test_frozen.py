"""What is frozen has its fields, and keeps them."""

from functools import cached_property

import pytest

from policylint.frozen import Frozen


class Point(Frozen):
    x: int
    y: int = 0

    @cached_property
    def far(self) -> list[int]:
        return [self.x, self.y]


class Named(Point):
    name: str = ""


def test_fields_are_given_in_their_order_or_by_name() -> None:
    assert Point(1, 2).far == [1, 2]
    assert Point(y=2, x=1).far == [1, 2]
    assert Point(1).far == [1, 0]
    assert (Named(1, 2, "here").far, Named(1, 2, "here").name) == ([1, 2], "here")


def test_fields_do_not_change() -> None:
    point = Point(1)
    assert point.far is point.far
    with pytest.raises(AttributeError, match="Point does not change"):
        point.x = 2  # type: ignore[misc]
    assert point.x == 1
