"""Themes of comments: counted from three files, in released wording alone; phrases that hold no name."""

import pytest

from ilacs_audit.analysis.learning.themes import frequent_phrases, learning_themes
from ilacs_audit.domain.catalogue.faults import read_as
from ilacs_audit.domain.catalogue.learning import Learning
from ilacs_audit.domain.errors import CatalogueError, CommentaryError
from ilacs_audit.domain.measures import rows
from tests import build

DATES = {"id": "dates", "wording": "Actions give no date.", "kind": "practice", "phrases": ["no date", "résumé à jour"]}
RELEASED = {"by": "Quality assurance lead", "on": "2024-11-20"}


def themes(*entries):
    return read_as(Learning, {"themes": [*entries]}, file="learning.yml").themes


def said(*told, role="auditor", drafted_by=""):
    """Answers with a comment each: child, comment and, where it matters, who wrote it."""
    table = build.answers(*((child, "PLN-1", "yes") for child, *_ in told))
    raters = [rater[0] if rater else f"auditor {at}" for at, (_, _, *rater) in enumerate(told)]
    return table.assign(
        comment=[comment for _, comment, *_ in told], rater_ref=raters, role=role, drafted_by=drafted_by
    )


def found(returns, *entries):
    told = rows(learning_themes(returns, themes=themes(*entries)))
    return {(row.measure, row.group, row.level): (row.numerator, row.denominator) for row in told}


THREE = [("a", "There is no date."), ("b", "NO DATE on it"), ("c", "Actions, no\ndate"), ("d", "Good."), ("e", "")]


def test_a_released_theme_is_told_from_three_files_and_no_letter_of_a_comment_goes_on():
    told = found(said(*THREE), DATES | {"released": RELEASED})
    assert told == {
        ("files_commented", "all", "all"): (4, 5),
        ("theme_weak", "practice theme", "Actions give no date."): (3, 4),
    }


def test_two_files_next_month_and_a_theme_that_nobody_released_are_told_nowhere():
    assert found(said(*THREE[1:]), DATES | {"released": RELEASED}) == {("files_commented", "all", "all"): (3, 4)}
    assert found(said(*THREE), DATES) == {("files_commented", "all", "all"): (4, 5)}


@pytest.mark.parametrize(
    "told",
    [
        [*THREE[:2], ("a", "Again no date.")],  # two files of three comments
        [(child, "There is no date.", "one auditor") for child in "abc"],  # copied from file to file, as of twins
        [("a", "There is no date."), ("b", "Not one had no dates"), ("c", "undated, no-dates")],  # not that word
    ],
)
def test_three_comments_that_are_not_three_files_make_no_theme(told):
    assert [key[0] for key in found(said(*told), DATES | {"released": RELEASED})] == ["files_commented"]


def test_the_same_words_of_three_auditors_are_three_files():
    told = found(said(*((child, "No date.") for child in "abc")), DATES | {"released": RELEASED})
    assert told["theme_weak", "practice theme", "Actions give no date."] == (3, 3)


def test_what_ai_drafted_and_what_families_and_second_readers_wrote_is_in_no_count():
    theme = DATES | {"released": RELEASED}
    for other in (said(*THREE, drafted_by="ai checked"), said(*THREE, role="family"), said(*THREE, role="moderator")):
        assert not any(key[0].startswith("theme") for key in found(other, theme))


def test_a_tag_finds_a_file_as_a_phrase_does_and_what_is_left_out_does_not():
    theme = DATES | {"phrases": ["no date"], "unless": ["no date was needed"], "shows": "strength", "kind": "recording"}
    told = [
        *THREE[:1],
        ("b", "Good plan\nDates "),
        ("c", "See #dates."),
        ("d", "There was no date was needed here: no date was needed"),
    ]
    levels = found(said(*told), theme | {"released": RELEASED})
    assert levels["theme_strong", "recording theme", "Actions give no date."] == (3, 4)


def test_accents_and_marks_do_not_part_what_is_one_phrase():
    told = said(("a", "Resume a jour"), ("b", "RÉSUMÉ À JOUR!"), ("c", "re\u0301sume\u0301 a\u0300 jour"))
    assert found(told, DATES | {"released": RELEASED})["theme_weak", "practice theme", "Actions give no date."] == (
        3,
        3,
    )


def test_without_a_comment_a_theme_or_a_file_nothing_is_told():
    theme = DATES | {"released": RELEASED}
    assert found(said(("a", ""), ("b", " ")), theme) == {("files_commented", "all", "all"): (0, 2)}
    assert found(said(*THREE)) == {("files_commented", "all", "all"): (4, 5)}
    assert found(said(*THREE).head(0), theme) == {}


@pytest.mark.parametrize("wording", ["Plans have improved.", "Most plans give no date.", "Practice is excellent."])
def test_a_wording_that_claims_more_than_that_it_was_written_is_refused(wording):
    with pytest.raises(CommentaryError, match=r"learning\.yml, theme dates"):
        found(said(*THREE), DATES | {"wording": wording, "released": RELEASED})


@pytest.mark.parametrize(
    "wrong",
    [
        {"wording": "Ring 01632 960871 for it."},
        {"wording": "A word " * 40},
        {"kind": "something"},
        {"phrases": ["no"]},
        {"released": {"by": "Is it not that practice has improved?", "on": "2024-11-20"}},
    ],
)
def test_a_theme_that_cannot_be_so_is_refused_with_its_place(wrong):
    with pytest.raises(CatalogueError, match=r"learning\.yml"):
        themes(DATES | wrong)


def test_two_themes_have_not_one_id():
    with pytest.raises(CatalogueError, match="one id"):
        themes(DATES, DATES | {"wording": "Another."})


NAMED = [
    ("a", "Plan was late and Rosa Quill rang the school twice."),
    ("b", "The plan was late and Rosa Quill rang the school twice."),
    ("c", "plan was late, and [name] rang the school twice in 2024"),
    ("d", "Rosa Quill rang."),
]


def test_phrases_of_three_files_are_listed_without_names_numbers_and_small_words_at_their_ends():
    told = frequent_phrases(said(*NAMED))
    assert told.to_dict("records") == [
        {"phrase": "plan was late", "files": 3, "audits": 1},
        {"phrase": "rang the school twice", "files": 3, "audits": 1},
    ]


def test_a_workers_name_is_no_phrase_even_where_every_sentence_begins_with_it():
    told = frequent_phrases(said(*((child, f"Quill Moss forgot the review {child}.") for child in "abcd")))
    assert told["phrase"].tolist() == ["forgot the review"]


def test_a_phrase_that_a_theme_holds_and_copies_of_one_comment_are_not_proposed():
    assert frequent_phrases(said(*NAMED), themes=themes(DATES | {"phrases": ["plan was late"]})).empty
    assert frequent_phrases(said(*((child, "The plan was late.", "one") for child in "abc"))).empty
    assert frequent_phrases(said(("a", ""))).empty
