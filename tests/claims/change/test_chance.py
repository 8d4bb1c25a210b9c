import pytest

from ilacs_audit.claims.change.chance import expected_false_flags, false_flags
from ilacs_audit.claims.change.changes import change
from ilacs_audit.domain.measures import rows
from tests.build import seen, table


def twenty_five(met_was, met_now):
    ids = [f"c{number}" for number in range(25)]
    before = [seen(met, 20, standard=each) for each, met in zip(ids, met_was, strict=True)]
    return table(*before), table(*(seen(met, 20, standard=each) for each, met in zip(ids, met_now, strict=True)))


def test_25_unchanged_standards_give_about_one_flag():
    flags = expected_false_flags(*twenty_five([13] * 25, [13] * 25))
    assert (flags.compared, round(flags.expected, 1), round(flags.at_least_one, 2)) == (25, 1.3, 0.74)
    assert flags.words == (
        "Compare 25 standards with counts like these and luck makes one or more look changed about 74 times in 100."
    )


def test_of_changes_as_a_page_shows_them_luck_makes_as_many_as_of_the_counts_they_come_from():
    before, after = twenty_five([13] * 25, [8] * 25)
    shown = [*rows(change(before, after))]
    assert false_flags(shown) == pytest.approx(expected_false_flags(before, after))
    assert false_flags(shown).in_short.endswith("luck makes about one look as if they had.")


def test_where_a_count_is_rounded_nobody_is_told_what_luck_makes():
    first, *others = rows(change(*twenty_five([13] * 25, [13] * 25)))
    assert false_flags([first._replace(status="rounded"), *others]).in_short == ""
    assert false_flags([first]).in_short == ""
