import pytest

import ilacs_audit as ia
from ilacs_audit.display.fragments import MIME
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
    assert bundle[MIME] == {"kind": "title", "question": "Is it so?", "answer": "It is."}
    assert "<h1>" in bundle["text/html"]
