"""Every symbol on a table is explained above it, and no other."""

from ilacs_audit.disclosure.release import release
from ilacs_audit.disclosure.shorthand import SYMBOLS, published, shorthand_sentence, shorthand_used, symbol
from ilacs_audit.domain.measures import measures, rows
from tests.disclosure.outsiders import shares_measures


def test_the_symbols_used_are_those_explained():
    shares = {"A": (3, 30), "B": (12, 30), "C": (13, 30), "D": (14, 30), "E": (0, 0), "F": (15, 30)}
    released = release(shares_measures(shares, group="ethnicity"), audience="board")
    used = shorthand_used(released)
    assert set(used) == {symbol(row) for row in rows(released)} - {""}
    sentence = shorthand_sentence(used)
    assert all((each in sentence) == (each in used) for each in SYMBOLS)


def test_a_table_without_symbols_has_no_sentence():
    assert shorthand_sentence(shorthand_used(release(shares_measures({"A": (12, 30)}), audience="internal"))) == ""


def test_a_share_that_rounds_to_nothing_is_low():
    frame = measures(
        [{"measure": "m", "group": "all", "level": "all", "numerator": 1, "denominator": 400, "value": 0.0025}]
    )
    assert shorthand_used(release(frame, audience="board")) == ("[low]",)


def test_a_data_file_does_not_tell_a_partner_from_a_small_cell():
    shares = {f"L{number}": (12 + number, 30) for number in range(6)} | {"Z": (3, 30)}
    released = release(shares_measures(shares, group="ethnicity"), audience="board")
    assert "secondary" in set(released["status"])
    assert "secondary" not in set(published(released)["status"])
