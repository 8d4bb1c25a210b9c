import pytest

import ilacs_audit as ia
from ilacs_audit.display.fragments import MIME, Fragment
from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.domain.measures import measures
from tests.display import demo


def test_measures_that_were_not_released_are_refused():
    with pytest.raises(DisclosureError, match="not been released"):
        ia.measures_table(measures(demo.compliance_records()))


def test_a_status_that_nobody_knows_is_refused():
    with pytest.raises(DisclosureError):
        ia.measures_table(demo.released(demo.compliance_records(), status="fine"))


def test_two_editions_are_not_mixed_on_one_page():
    mixed = demo.released([{"measure": "compliance", "audience": "public"}, {"measure": "compliance"}])
    with pytest.raises(DisclosureError, match="more than one audience"):
        ia.measures_table(mixed)


def test_words_from_outside_are_escaped():
    made = ia.title("<script>", answer="a & b")
    assert "<script>" not in made.html
    assert "a &amp; b" in made.html


def test_the_notebook_gets_html_for_the_reader_and_data_for_the_index():
    bundle = ia.title("Is it so?", answer="It is.")._repr_mimebundle_()
    assert bundle[MIME] == {"kind": "title", "question": "Is it so?", "answer": "It is.", "reference": ""}
    assert "<h1>" in bundle["text/html"]


def test_pieces_that_are_added_stay_pieces():
    first, second, third = (Fragment(name, f"<p>{name}</p>") for name in ("a", "b", "c"))
    both = first + second
    assert [each.kind for each in (both + third).pieces] == ["a", "b", "c"]
    assert [each.kind for each in (third + both).pieces] == ["c", "a", "b"]
    assert both.__html__() == "<p>a</p><p>b</p>"


def test_a_notebook_shows_each_piece_as_an_output_of_its_own(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    both = Fragment("a", "<p>a</p>") + Fragment("b", "<p>b</p>")
    both._ipython_display_()
    assert shown == [*both.pieces]
