"""Every symbol on a table is explained above it, and no other."""

import ilacs_audit as ia
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL, SYMBOLS, published, shorthand_sentence
from ilacs_audit.domain.measures import select
from ilacs_audit.publishing.edition.figures_csv import measures_csv
from tests.disclosure.outsiders import shares_measures


def test_a_sentence_explains_the_symbols_used_and_no_other():
    for used in ((), (CONFIDENTIAL,), tuple(SYMBOLS)):
        sentence = shorthand_sentence(used)
        assert all((each in sentence) == (each in used) for each in SYMBOLS)
    assert shorthand_sentence(()) == ""


def test_a_data_file_does_not_tell_a_complementary_from_a_small_cell():
    shares = {f"L{number}": (12 + number, 30) for number in range(6)} | {"Z": (3, 30)}
    released = release(shares_measures(shares, group="ethnicity"), audience="board")
    assert "secondary" in set(released["status"])
    assert "secondary" not in set(published(released)["status"])


def _swapped(released):
    """The same release with every complementary cell called small and every small cell complementary."""
    other = {"secondary": "suppressed", "suppressed": "secondary"}
    return released.assign(status=[other.get(each, each) for each in released["status"]])


def test_no_page_and_no_data_file_tells_a_complementary_cell_from_a_small_cell():
    shares = {f"L{number}": (12 + number, 30) for number in range(6)} | {"Z": (3, 30)}
    released = release(shares_measures(shares, group="ethnicity", standard_id="S-1"), audience="board")
    swapped = _swapped(released)
    assert not released["status"].equals(swapped["status"])
    for draw in (ia.measures_table, ia.provenance):
        more = {"method": ["At random."]} if draw is ia.provenance else {}
        assert draw(released, **more).html == draw(swapped, **more).html
    for draw in (ia.heat_map, ia.interval_plot, ia.evidence_table):
        groups = [select(each, group="ethnicity") for each in (released, swapped)]
        assert len({draw(each, caption="Ethnicity").html for each in groups}) == 1
    texts = {measures_csv(each.to_dict("records"), unit="file") for each in (released, swapped)}
    assert len(texts) == 1
    assert b"secondary" not in texts.pop()
