import pytest

from ilacs_audit.claims.words import counted, listed, number_word, percent, points, share_words, signed_points


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.8, "80%"), (0.145, "15%"), (0.5, "50%"), (1.0, "100%"), (0.0, "0%"), (0.999, "over 99%"), (0.001, "under 1%")],
)
def test_a_share_is_a_whole_percent_and_never_all_or_none_by_rounding(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(("share", "words"), [(0.131, "13 points"), (-0.009, "1 point"), (0.0, "0 points")])
def test_a_difference_is_told_without_its_sign(share, words):
    assert points(share) == words


def test_signs_survive_in_tables_and_vanish_at_nought():
    assert [signed_points(each) for each in (0.13, -0.09, 0.0004, -0.0004)] == ["+13", "−9", "0", "0"]


def test_a_percentage_needs_ten_files():
    assert (share_words(8, 10), share_words(8, 9)) == (" (80%)", "")


def test_small_numbers_are_words_and_agree_with_their_unit():
    assert (number_word(9), number_word(10), counted(1, "file"), counted(2, "child")) == (
        "nine",
        "10",
        "1 file",
        "2 children",
    )


def test_lists_read_aloud():
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == ("a", "a and b", "a, b and c")
