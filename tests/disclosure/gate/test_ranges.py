"""The range that the public reads holds the true one, agrees with its verdict, and tells nothing but that verdict."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.disclosure.rules import nearest
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.stats.missing import change_with_missing, limits_with_missing

POINT = 0.01 + 1e-9


def told(met, read, *, missing=0, size=None, target=0.8, direction="higher"):
    """The fields of a row as a page of the service itself has it, before its verdict."""
    lower, upper = limits_with_missing(met, read, missing=missing, size=size)
    about = {"measure": "compliance", "standard_id": "S1", "group": "all", "level": "all", "selection": "random"}
    about |= {"numerator": met, "denominator": read, "value": met / read, "lower": lower, "upper": upper}
    about |= {"method": "hypergeometric" if size else "wilson", "population": size, "missing": missing}
    return about | {"confidence": 0.95, "target": target, "direction": direction}


def judged(met, read, **more):
    """A row as a page of the service itself has it, with its verdict."""
    return next(rows(verdict(measures([told(met, read, **more)]))))


def public(row):
    return next(rows(release(measures([row._asdict()]), audience="public")))


@st.composite
def shown_rows(draw):
    """Rows whose counts the public sees: none, all, or at least six of each."""
    size = draw(st.none() | st.integers(14, 200))
    read = draw(st.integers(13, min(size or 80, 80)))
    met = draw(st.sampled_from([0, read, *range(6, read - 5)]))
    missing = draw(st.integers(0, min(12, (size or 200) - read)))
    assume(size is None or read < size)
    target = draw(st.sampled_from([0.5, 0.75, 0.8, 0.85, 0.88, 0.9, 0.95, 0.975]))
    return judged(met, read, missing=missing, size=size, target=target, direction=draw(st.sampled_from(DIRECTIONS)))


DIRECTIONS = ("higher", "lower")


def wrong_side(row, share):
    """Whether a share says of the target what the verdict denies."""
    reaches = share <= row.target if row.direction == "lower" else share >= row.target
    return row.verdict in ("met", "not met") and reaches != (row.verdict == "met")


@settings(max_examples=150)
@given(shown_rows())
def test_a_public_range_holds_the_true_one_and_never_contradicts_the_verdict(row):
    seen = public(row)
    assert seen.verdict == row.verdict
    assert not wrong_side(row, seen.lower)
    assert not wrong_side(row, seen.upper)
    assert seen.value is None or not wrong_side(row, seen.value)
    assert seen.value is None or seen.lower <= seen.value <= seen.upper
    below, above = seen.lower - row.lower, row.upper - seen.upper
    cut = row.verdict in ("met", "not met")
    assert max(below, above) <= (POINT if cut else 1e-9)
    assert min(below, above) <= 1e-9


def outwardly(row):
    """All that stands beside a range."""
    return (
        (row.numerator == 0, row.numerator == row.denominator, row.verdict, row.target, row.direction, row.method),
        tuple(nearest(count, 5) for count in (row.numerator, row.denominator, row.population)),
        -(-row.missing // 5),
    )


@settings(max_examples=60)
@given(shown_rows(), st.data())
def test_rows_that_read_the_same_have_the_same_range(row, data):
    """So neither count, nor the length of the list, nor how many answers are missing comes out of it."""

    def near(count):
        return data.draw(st.integers(nearest(count, 5) - 2, nearest(count, 5) + 2))

    met, read, size = near(row.numerator), near(row.denominator), near(row.population) if row.population else None
    missing = 0 if not row.missing else data.draw(st.integers(1, 5)) + (row.missing - 1) // 5 * 5
    if row.numerator in (0, row.denominator):
        met = 0 if row.numerator == 0 else read
    else:
        assume(met >= 6 and read - met >= 6)
    assume(read >= 13 and (size is None or (read < size and missing <= size - read)))
    other = judged(met, read, missing=missing, size=size, target=row.target, direction=row.direction)
    assume(outwardly(other) == outwardly(row))
    assert public(other)[:18] == public(row)[:18]


def test_every_range_stands_for_many_pairs_of_counts():
    """By brute force over all counts: a percentage with its interval gives both back, these leave twelve or more."""
    counts = [(met, read) for read in range(13, 63) for met in range(6, read - 5)]
    apart = [told(met, read) | {"standard_id": f"S{at}"} for at, (met, read) in enumerate(counts)]
    listed = list(rows(measures(apart)))
    printed = {}
    for row, seen in zip(listed, rows(release(measures(apart), audience="public")), strict=True):
        shown = (seen.numerator, seen.denominator, seen.value, seen.lower, seen.upper)
        printed.setdefault(shown, []).append((row.numerator, row.denominator))
    exact = {(row.value, row.lower, row.upper) for row in listed}
    inside = [pairs for (met, read, *_), pairs in printed.items() if 10 <= met <= read - 10]
    assert min(map(len, inside)) >= 10
    assert len(exact) == len(listed)


@pytest.mark.parametrize(("row", "printed"), [
    (judged(38, 57, missing=7, size=110), (0.48, 0.79)),
    (judged(30, 30, size=110, target=0.9), (0.9, 1.0)),
])  # fmt: skip  # a table, a line a row
def test_ranges_worked_by_hand(row, printed):
    seen = public(row)
    assert (seen.lower, seen.upper) == printed


def changed(was, now, *, missing=0, direction="higher", verdict="cannot tell"):
    """A change as a page of the service itself has it; the missing answers are the later round's."""
    low, high = change_with_missing(was, now, missing=(0, missing))
    moved = now[0] / now[1] - was[0] / was[1]
    low, high, moved = (-high, -low, -moved) if direction == "lower" else (low, high, moved)
    about = {"measure": "change", "standard_id": "S1", "group": "all", "level": "all", "method": "newcombe"}
    about |= {"numerator": now[0], "denominator": now[1], "value": moved, "lower": low, "upper": high}
    about |= {"note": f"{was[0]} of {was[1]} in May 2024", "missing": missing, "verdict": verdict}
    return next(rows(measures([{**about, "direction": direction, "selection": "random"}])))


def test_a_difference_is_not_published_as_the_share_of_its_later_round():
    seen = public(changed((20, 36), (24, 36))._replace(note=""))
    assert (seen.value, seen.lower, seen.upper) == (None, None, None)


COUNTED = st.integers(13, 60).flatmap(lambda n: st.tuples(st.sampled_from([0, n, *range(6, n - 5)]), st.just(n)))


@settings(max_examples=150)
@given(COUNTED, COUNTED, st.integers(0, 7), st.sampled_from(DIRECTIONS))
def test_a_public_change_holds_the_true_one_and_keeps_to_the_side_of_its_verdict(was, now, missing, direction):
    row = changed(was, now, missing=missing, direction=direction)
    row = row._replace(verdict="better" if row.lower > 0 else "worse" if row.upper < 0 else "cannot tell")
    seen = public(row)
    assert seen.lower - row.lower <= (POINT if row.verdict == "better" else 1e-9)
    assert row.upper - seen.upper <= (POINT if row.verdict == "worse" else 1e-9)
    assert seen.lower > 0 or row.verdict != "better"
    assert seen.upper < 0 or row.verdict != "worse"
    assert seen.value is None or seen.lower <= seen.value <= seen.upper


@settings(max_examples=40)
@given(COUNTED, COUNTED, st.integers(0, 7), st.data())
def test_changes_of_counts_that_round_alike_have_the_same_range(was, now, missing, data):
    """So neither round's counts come out of it, and every count between the outermost lies within."""

    def alike(met, read):
        other = data.draw(st.integers(nearest(read, 5) - 2, nearest(read, 5) + 2))
        near = data.draw(st.integers(nearest(met, 5) - 2, nearest(met, 5) + 2))
        found = 0 if met == 0 else other if met == read else near
        assume(
            other >= 13
            and (found in (0, other)) == (met in (0, read))
            and (found in (0, other) or 6 <= found <= other - 6)
        )
        return found, other

    first, second = changed(was, now, missing=missing), changed(alike(*was), alike(*now), missing=missing)
    one, other = public(first), public(second)
    assert (one.value, one.lower, one.upper) == (other.value, other.lower, other.upper)
    assert one.lower <= second.lower <= second.upper <= one.upper


@pytest.mark.parametrize("was", [(3, 30), (27, 30), (2, 4)])
def test_a_change_from_a_hidden_round_has_no_range_and_no_value(was):
    seen = public(changed(was, (15, 30)))
    assert (seen.value, seen.lower, seen.upper) == (None, None, None)


def test_what_no_critical_failure_still_allows_is_never_made_smaller():
    about = {"measure": "critical_failure", "standard_id": "S1", "group": "all", "level": "all", "confidence": 0.95}
    about |= {"numerator": 0, "denominator": 28, "population": 110, "lower": 0.0, "upper": 9 / 110, "missing": 0}
    seen = public(next(rows(measures([{**about, "method": "hypergeometric", "selection": "random"}]))))
    assert seen.lower == 0.0
    assert seen.upper >= 9 / 110
