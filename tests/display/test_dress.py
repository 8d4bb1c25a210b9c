"""What a piece wears in a notebook, and what it says where there are no pictures."""

import re

from ilacs_audit.display.dress import dressed, spoken, undressed
from tests.display import demo


def test_a_piece_takes_the_rules_it_needs_and_no_others():
    worn = dressed('<p class="ia-key">Ring: last round.</p>')
    assert ".ia-key{" in worn
    assert not re.search(r"\.(ia-heat|ia-mark|skip)\b", worn)
    assert len(worn) < 4500


def test_every_rule_stands_under_our_class_and_none_is_of_paper_or_of_another_window():
    for piece in demo.pieces():
        style = re.match(r"<style>(.*?)</style>", piece._repr_html_())[1]
        assert style.startswith(":is(.ilacs,#_#_){") and style.count("{") == style.count("}")
        assert not re.search(r"@media (?!\(forced-colors)|@page|\d(rem|vw)\b", style)


def test_the_page_gets_the_piece_back_as_it_was():
    assert [undressed(each._repr_html_()) for each in demo.pieces()] == [each.html for each in demo.pieces()]
    assert (undressed("<p>bare</p>"), undressed(dressed(""))) == ("<p>bare</p>", "")


def test_plain_text_is_what_a_piece_says():
    said = [spoken(each.html) for each in demo.pieces()]
    assert said[0].startswith("What can a page show? In only 7 of 19 files C5 holds")
    assert said[2].startswith("Informed consent: 8 of 19 in September, 27 of 38 now. Workshops on")
    assert all(re.fullmatch(r"[A-Z0-9][^<>]*[.?!:]", each) for each in said)


def test_plain_text_says_nothing_of_what_is_out_of_sight_and_a_table_alone_says_what_it_is_of():
    assert spoken('<h2>Two</h2><h2 class="ia-narrowed">Narrowed</h2>') == "Two."
    assert spoken("<table><caption>Every &amp; each</caption><td>9</td></table>") == "Every & each."
