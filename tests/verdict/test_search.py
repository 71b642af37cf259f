"""What is found without making combinations is what is found among all of them."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from policylint.verdict.search import Box, Search, mask_of, numbers

masks = st.integers(0, 7)
some = st.integers(1, 7)
boxes = st.tuples(masks, masks, masks, masks, st.just(1))
starts = st.tuples(some, some, some, some, st.just(1))


def inside(box: Box, point: tuple[int, ...]) -> bool:
    return all(mask >> number & 1 for mask, number in zip(box, point, strict=True))


@given(st.lists(starts, max_size=3), st.lists(st.lists(boxes, max_size=4), max_size=6))
def test_search_finds_what_all_combinations_say(where: list[Box], clauses: list[list[Box]]) -> None:
    points = [
        point
        for point in product(range(3), repeat=5)
        if any(inside(box, point) for box in where)
        and all(any(inside(box, point) for box in clause) for clause in clauses)
    ]
    for search in (Search(where, clauses), Search(where, clauses).narrowed()):
        found = search.find()
        assert (found is None) == (not points)
        if found is not None:
            assert {point for point in product(range(3), repeat=5) if inside(found, point)} <= set(points)
            assert tuple(search.first()) == min(points)
        for dimension in range(5):
            assert search.values(dimension) == sum({1 << point[dimension] for point in points})


@given(st.sets(st.integers(0, 300)))
def test_a_mask_has_the_bits_of_its_positions(positions: set[int]) -> None:
    assert mask_of(positions) == sum(1 << position for position in positions)
    assert list(numbers(mask_of(positions))) == sorted(positions)
