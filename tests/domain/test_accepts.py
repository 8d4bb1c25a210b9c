"""A function of plain tables may be called with the one thing that holds them all."""

import inspect
from dataclasses import dataclass

import pytest

from ilacs_audit.domain.accepts import accepts


@dataclass(frozen=True)
class Basket:
    apples: int
    pears: int


@accepts(Basket, lambda basket: {"first": basket.apples, "second": basket.pears})
def added(first, *, second=0, third=0):
    """Add what there is."""
    return (first, second, third)


@pytest.mark.parametrize(
    ("given", "options", "found"),
    [
        ((1,), {}, (1, 0, 0)),
        ((1,), {"second": 5}, (1, 5, 0)),
        ((Basket(2, 3),), {}, (2, 3, 0)),
        ((Basket(2, 3),), {"third": 7}, (2, 3, 7)),
        ((Basket(2, 3),), {"second": 9}, (2, 9, 0)),
    ],
)
def test_the_whole_gives_its_parts_and_what_is_named_wins(given, options, found):
    assert added(*given, **options) == found


def test_what_follows_the_whole_is_handed_on():
    @accepts(Basket, lambda basket: {"extra": basket.pears})
    def listed(first, second, *, extra):
        return [first, second, extra]

    assert listed(Basket(2, 3), "a", "b") == ["a", "b", 3]


def test_it_still_says_what_it_is():
    assert inspect.getdoc(added) == "Add what there is."
    assert list(inspect.signature(added).parameters) == ["first", "second", "third"]


def test_parts_that_are_not_needed_are_not_looked_at():
    looked = []

    @accepts(Basket, lambda basket: looked.append(basket) or {"first": 1})
    def once(first):
        return first

    assert once(5) == 5
    assert looked == []
