import copy

import pytest

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.standards import read_theme

THEME = {
    "theme": "consent",
    "title": "Consent",
    "question": "Is consent sought?",
    "edition": 2,
    "areas": ["A2"],
    "standards": [
        {
            "id": "CON-1",
            "version": 2,
            "text": "Informed consent is evidenced.",
            "plain": "The family agreed and knew to what.",
            "scale": "yes_no",
            "target": 0.9,
            "critical": True,
            "kind": "quality",
            "records": "recorded",
            "applies_to": "every file",
            "areas": ["A2.3"],
            "source": {"kind": "local", "text": "Practice standards"},
            "comparable_with": {1: "partly"},
        }
    ],
}


def theme(**changes):
    entry = copy.deepcopy(THEME)
    entry["standards"][0] |= changes
    return read_theme(entry, file="consent.yml")


def only(**changes):
    return theme(**changes).standards[0]


def test_partly_never_meets_a_standard():
    assert only().meets("yes")
    assert not only().meets("partly")


def test_a_standard_may_say_which_marks_meet_it():
    standard = only(scale="scaling", meets=[9, 10])
    assert standard.meets("9")
    assert not standard.meets("8")


def test_the_target_stays_the_decimal_that_was_written():
    assert only(target=0.55).target == "0.55"


@pytest.mark.parametrize("target", ["190%", 90, 0, "high", "%"])
def test_a_target_that_is_not_a_share_is_refused(target):
    with pytest.raises(CatalogueError, match=r"Write 90%, or 0\.9"):
        only(target=target)


@pytest.mark.parametrize(
    ("field", "value"), [("scale", "stars"), ("kind", "good"), ("records", "maybe"), ("applies_to", "most")]
)
def test_an_unknown_word_is_refused_with_the_standard_and_the_known_words(field, value):
    with pytest.raises(CatalogueError, match=r"CON-1.*Use one of"):
        only(**{field: value})


def test_every_missing_field_is_named_at_once():
    entry = copy.deepcopy(THEME)
    del entry["standards"][0]["text"], entry["standards"][0]["id"]
    with pytest.raises(CatalogueError, match="id, text"):
        read_theme(entry, file="consent.yml")


def test_a_reworded_standard_is_only_partly_comparable_with_its_first_version():
    standard = only()
    assert standard.version_in(1) == 1
    assert standard.version_in(2) == 2
    assert standard.comparable(1) == "partly"
    assert standard.comparable(2) == "yes"


def test_a_bare_yaml_yes_is_read_as_the_word():
    assert only(comparable_with={1: True}).comparable(1) == "yes"


def test_a_standard_new_in_this_edition_has_no_earlier_version():
    assert only(comparable_with={}).version_in(1) is None


def test_two_standards_with_one_id_are_refused():
    entry = copy.deepcopy(THEME)
    entry["standards"] *= 2
    with pytest.raises(CatalogueError, match="Used twice: CON-1"):
        read_theme(entry, file="consent.yml")


def test_four_lines_are_a_standard_and_claim_nothing():
    theme = read_theme(
        {"theme": "strategy_meetings", "standards": [{"id": "S-1", "text": "It was held.", "scale": "yes_no"}]},
        file="s.yml",
    )
    assert (theme.title, theme.edition, theme.areas) == ("Strategy meetings", 1, ())
    assert theme.question == "What do the files show of strategy meetings?"
    (standard,) = theme.standards
    assert standard.target is None and not standard.critical and standard.plain == standard.text
    assert (standard.applies_to, standard.records, standard.source.text) == ("some files", "recorded", "not recorded")


def scaled(scale="score", grade="ofsted", **scales):
    entry = copy.deepcopy(THEME) | {"scales": scales, "grade": grade}
    entry["standards"][0] |= {"scale": scale}
    return read_theme(entry, file="consent.yml")


@pytest.mark.parametrize(
    ("said", "levels"),
    [
        ({"answers": [1, 2, 3, 4], "meets": [1, 2]}, ("1", "2", "3", "4")),
        ({"answers": [1, 2, 3, 4], "best": "last", "meets": [3, 4]}, ("4", "3", "2", "1")),
        ({"answers": ["Strong", "Sound", "Weak"], "meets": ["Strong"]}, ("Strong", "Sound", "Weak")),
        ({"answers": [True, False], "meets": [True]}, ("yes", "no")),
    ],
)
def test_a_theme_may_write_a_scale_of_its_own_with_what_counts_as_met(said, levels):
    standard = scaled(score=said).standards[0]
    assert standard.scale.levels == levels
    assert [level for level in levels if standard.meets(level)] == list(levels[: len(said["meets"])])


def test_an_overall_grade_may_stand_on_a_scale_of_the_theme():
    own = {"answers": ["Strong", "Weak"], "meets": ["Strong"]}
    assert scaled(grade="score", score=own).grade.levels == ("Strong", "Weak")
    assert scaled(score=own).grade.id == "ofsted"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"answers": [1, 2, 3, 4], "meets": [4]}, "not the best of the scale, counted from '1' on"),
        ({"answers": [1, 2, 3, 4], "best": "last", "meets": [1, 2]}, "not the best of the scale, counted from '4' on"),
        ({"answers": [1, 2], "meets": []}, "not the best of the scale"),
        ({"answers": [1, 2]}, "Missing: meets"),
        ({"answers": ["Good", "good"], "meets": ["Good"]}, "two or more different answers"),
        ({"answers": "1 to 4", "meets": [1]}, "two or more different answers"),
        ({"answers": ["Yes", "No", "N/A"], "meets": ["Yes"]}, "takes a file out of the count"),
        ({"answers": [1, 2], "meets": [1], "best": "left"}, "'left' is not a word for this"),
    ],
)
def test_a_scale_that_contradicts_itself_is_refused(said, fault):
    with pytest.raises(CatalogueError, match=fault):
        scaled(score=said)


def test_a_scale_of_its_own_takes_no_usual_name_and_no_standard_a_scale_that_is_not_there():
    with pytest.raises(CatalogueError, match="always there"):
        scaled(ofsted={"answers": [1, 2], "meets": [1]})
    with pytest.raises(CatalogueError, match="'points' is not a scale"):
        scaled("points", score={"answers": [1, 2], "meets": [1]})
