"""Rounded editions beside each other: what a reader can narrow, tried by brute force."""

import itertools
import random

from ilacs_audit.disclosure.ledger.ledger import Ledger
from ilacs_audit.disclosure.ledger.rounded_windows import possible
from ilacs_audit.disclosure.rules import nearest
from ilacs_audit.domain.audiences import audience
from tests.disclosure.ledger.test_ledger import edition

PUBLIC = audience("public")
SHOWN = (0, *range(6, 43))
OTHERS = {level: (30, 80) for level in "BCDE"}


def told(count):
    """What the public edition shows of a count."""
    return nearest(count, 5) if count in SHOWN else None


def is_small_for_certain(differences):
    return min(differences) > 0 and max(differences) < PUBLIC.smallest_count


def test_a_rounded_count_stands_for_every_count_that_is_shown_so():
    for value in {told(count) for count in SHOWN}:
        meant = [count for count in SHOWN if told(count) == value]
        assert possible(value, PUBLIC) == (min(meant), max(meant))


def test_three_roundings_of_a_growing_count_never_leave_a_small_growth_for_certain():
    """A restated number seen three times: whoever knows that it only grew still cannot name a growth of 1 to 5."""
    seen = {}
    for counts in itertools.combinations_with_replacement(SHOWN, 3):
        growth = tuple(later - earlier for earlier, later in itertools.combinations(counts, 2))
        seen.setdefault(tuple(map(told, counts)), []).append(growth)
    narrowed = [min(steps) for values in seen.values() for steps in zip(*values, strict=True) if len(set(steps)) == 1]
    certain = [read for read, grown in seen.items() if any(map(is_small_for_certain, zip(*grown, strict=True)))]
    print(
        f"{sum(map(len, seen.values()))} growing counts in {len(seen)} readings: {len(certain)} small growths certain"
    )
    assert certain == []
    assert set(narrowed) <= {0}


def test_a_rounded_part_beside_its_rounded_whole_never_leaves_a_small_rest_for_certain():
    rest = {}
    for part, whole in itertools.combinations_with_replacement(SHOWN, 2):
        rest.setdefault((told(part), told(whole)), []).append(whole - part)
    assert [pair for pair, left in rest.items() if is_small_for_certain(left)] == []


def released(count, *, months, first, last):
    of = {"A": (count, count + 40 * months), **{level: (k * months, n * months) for level, (k, n) in OTHERS.items()}}
    window = f"{first}/{last}" if months > 1 else ""
    return edition(of, audience="public", group="team", period=last, window=window), window


def test_a_hidden_month_is_not_left_over_by_a_rounded_year_to_date():
    """1 in April is hidden; 6 in May and 7 in both are shown as 5: 5 is 6 or 7, so April was 1."""
    ledger = Ledger()
    for month, count in (("2024-04", 1), ("2024-05", 6)):
        ledger = ledger.with_release(released(count, months=1, first=month, last=month)[0])
    both, window = released(7, months=2, first="2024-04", last="2024-05")
    found = ledger.conflicts(both, window=window)
    assert set(found["rule"]) == {"windows"}
    assert set(found["level"]) == {"A"}
    harmless, window = released(30, months=2, first="2024-04", last="2024-05")
    assert ledger.conflicts(harmless, window=window).empty


def test_no_small_month_is_certain_in_any_series_that_the_ledger_accepts():
    rng, accepted, refused, attacked, certain = random.Random(11), 0, 0, 0, 0
    names = ("2024-04", "2024-05", "2024-06")
    for _ in range(60):
        counts = [rng.choice((rng.randint(0, 8), rng.randint(6, 14))) for _ in names]
        spans = [(n, n + 1) for n in range(3)] + rng.sample([(0, 2), (0, 3), (1, 3)], rng.randint(1, 2))
        ledger, shown = Ledger(), []
        for start, end in spans:
            total = sum(counts[start:end])
            made, window = released(total, months=end - start, first=names[start], last=names[end - 1])
            if not ledger.conflicts(made, window=window).empty:
                refused += 1
                continue
            accepted += 1
            ledger = ledger.with_release(made, window=window)
            shown.append((start, end, told(total)))
        possible_months = [months for months in itertools.product(range(18), repeat=3) if fits(months, shown)]
        for start, end in itertools.combinations(range(4), 2):
            if 0 < sum(counts[start:end]) < PUBLIC.smallest_count:
                attacked += 1
                certain += is_small_for_certain([sum(months[start:end]) for months in possible_months])
    print(f"{accepted} rounded releases accepted, {refused} refused; {attacked} small stretches: {certain} certain")
    assert (certain, accepted > 150, refused > 5, attacked > 50) == (0, True, True, True)


def fits(months, shown):
    """Whether true months agree with all that was shown; a hidden number is at least 1."""
    sums = ((sum(months[start:end]), value) for start, end, value in shown)
    return all(total > 0 if value is None else told(total) == value for total, value in sums)
