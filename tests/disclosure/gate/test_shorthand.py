"""Every symbol on a table is explained above it, and no other."""

import ilacs_audit as ia
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.disclosure.gate.shorthand import SYMBOLS, published, shorthand_sentence, shorthand_used, symbol
from ilacs_audit.domain.measures import measures, rows, select
from ilacs_audit.publishing.edition.figures_csv import measures_csv
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


def _swapped(released):
    """The same release with every partner called small and every small cell called a partner."""
    other = {"secondary": "suppressed", "suppressed": "secondary"}
    return released.assign(status=[other.get(each, each) for each in released["status"]])


def test_no_page_and_no_data_file_tells_a_partner_from_a_small_cell():
    shares = {f"L{number}": (12 + number, 30) for number in range(6)} | {"Z": (3, 30)}
    released = release(shares_measures(shares, group="ethnicity", standard_id="S-1"), audience="board")
    swapped = _swapped(released)
    assert not released["status"].equals(swapped["status"])
    for draw in (ia.measures_table, ia.provenance, ia.commentary):
        more = {"method": ["At random."]} if draw is ia.provenance else {}
        assert draw(released, **more).html == draw(swapped, **more).html
    for draw in (ia.heat_map, ia.interval_plot, ia.evidence_table):
        groups = [select(each, group="ethnicity") for each in (released, swapped)]
        assert len({draw(each, caption="Ethnicity").html for each in groups}) == 1
    texts = {measures_csv(each.to_dict("records")) for each in (released, swapped)}
    assert len(texts) == 1
    assert b"secondary" not in texts.pop()
