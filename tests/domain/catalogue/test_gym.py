"""An extract that contradicts itself is refused with its place, and a pack holds the words of what it asks."""

import pytest

from ilacs_audit.domain.catalogue.faults import read_as
from ilacs_audit.domain.catalogue.gym import Pack, Vignettes, question_names, worded
from ilacs_audit.domain.errors import CatalogueError
from tests.graders import SMALL, pack, vignette

ASKED = {"standard": "VIS-1", "anchor": "met", "why": "It says so."}
ONE = {"id": "one", "theme": "visits", "text": "The child was seen.", "asked": [ASKED]}


def read(*entries):
    return read_as(Vignettes, {"vignettes": list(entries)}, file="own.yml").vignettes


def test_an_extract_is_read_as_it_was_written():
    (found,) = read(ONE)
    assert (found.id, found.asked[0].anchor) == ("one", "met")


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({**ONE, "asked": []}, "one to 26 questions"),
        ({**ONE, "asked": [ASKED, ASKED]}, "'VIS-1' is asked twice"),
        ({**ONE, "asked": [{**ASKED, "anchor": "good"}]}, "'good' is not a word for this"),
        ({**ONE, "grade": "met"}, "Unknown: grade"),
    ],
)
def test_an_extract_that_contradicts_itself_is_refused(entry, told):
    with pytest.raises(CatalogueError, match=told):
        read(entry)


def test_two_extracts_have_two_names():
    with pytest.raises(CatalogueError, match="Used twice: 'one'"):
        read(ONE, ONE)


def test_a_file_without_extracts_is_refused():
    with pytest.raises(CatalogueError, match="There is no extract"):
        read()


def test_a_pack_without_the_words_of_its_questions_is_refused():
    (bare,) = read(ONE)
    with pytest.raises(CatalogueError, match="no wording"):
        read_as(Pack, {"number": 1, "seed": 1, "code": "P1", "seal": "s", "vignettes": [vars(bare)]}, file="key")
    assert worded(bare, {"VIS-1": "We came."}).asked[0].text == "We came."


def test_questions_are_named_by_their_extract():
    assert question_names(12, vignette("three", "met", "met", "met")) == ["12a", "12b", "12c"]
    assert pack().vignettes == tuple(SMALL)
