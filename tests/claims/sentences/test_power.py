import pytest

from ilacs_audit.claims.sentences.power import power_card


@pytest.mark.parametrize(
    ("before", "after", "files"),
    [
        (0.6, 0.8, 82),
        (0.4, 0.8, 23),
        (0.5, 0.8, 39),
        (0.45, 0.75, 41),
        (0.55, 0.75, 89),
        (0.5, 0.7, 93),
        (0.7, 0.85, 121),
    ],
)
def test_the_files_a_round_for_an_aim(before, after, files):
    card = power_card(before=before, after=after)
    assert card.per_round == files
    assert f": {files} files in each round." in card.lines()[0]


@pytest.mark.parametrize(
    ("listed", "files"), [(40, 29), (60, 38), (100, 50), (110, 52), (200, 66), (400, 78), (None, 97)]
)
def test_the_files_for_ten_points_either_way(listed, files):
    assert power_card(population=listed).for_margin == files


@pytest.mark.parametrize(("listed", "files"), [(40, 28), (60, 36), (110, 50), (200, 56), (None, 73)])
def test_the_clean_files_that_show_95_per_cent(listed, files):
    assert power_card(population=listed, target="0.95").clean == files


def test_a_dip_sample_of_12_is_told_beforehand_that_it_can_never_show_met():
    text = " ".join(power_card(12, population=60, target="0.9").lines())
    assert "90% target with 12 files: never met, even if all 12 meet it; not met up to 8." in text
    assert "It takes at least 24 files, all meeting it" in text


def test_a_large_sample_names_the_counts_that_decide():
    text = " ".join(power_card(60, population=142, target="0.9").lines())
    assert "met only from 58 of 60; not met up to 50" in text


def test_too_few_files_for_the_aim_are_called_too_few():
    assert "not enough: expect to read 'cannot tell'" in power_card(20, before=0.6, after=0.8).lines()[0]
    assert "are enough" in power_card(90, before=0.6, after=0.8).lines()[0]


def test_the_smallest_rise_of_two_rounds():
    assert "show a rise of about 31 points four times in five" in " ".join(power_card(30, expected=0.6).lines())
    assert "cannot show any rise" in " ".join(power_card(20, expected=0.8).lines())


def test_none_found_is_told_in_children_where_the_list_is_known():
    assert "up to 13 children of 110 may still fail" in " ".join(power_card(20, population=110).lines())
    assert "up to 14% may still fail" in " ".join(power_card(20).lines())


def test_the_margin_of_the_files_planned_is_never_finer_than_they_reach():
    assert round(power_card(50, population=100).own_margin, 2) == 0.10
    assert round(power_card(49, population=100).own_margin, 2) == 0.11


def test_a_whole_list_needs_no_margin_and_more_files_than_the_list_are_the_list():
    card = power_card(500, population=100, target="0.9")
    assert card.files == 100
    assert any("the whole list" in line for line in card.lines())


def test_every_card_warns_of_clusters_and_reads_as_sentences():
    for line in power_card(30, population=110, target="0.925", before=0.6, after=0.8).lines():
        assert line.endswith(".")
    assert "92.5% target" in " ".join(power_card(30, target="0.925").lines())
    assert "a draw by worker or family needs more" in power_card().lines()[-1]


def test_more_files_than_the_list_holds_are_told_once_and_no_line_speaks_of_them():
    first, *rest = power_card(60, population=52, before=0.6, after=0.8, target="0.9").lines()
    assert first == "60 files were asked for; the list holds 52, so all of it is read."
    assert not [line for line in rest if "60 files" in line or "of 60" in line or "planned" in line]
    assert power_card(52, population=52).lines()[0].startswith("To know a share")


def test_an_aim_beyond_the_list_is_called_so():
    assert (
        "82 files in each round, more than the list holds."
        in power_card(population=52, before=0.6, after=0.8).lines()[0]
    )
    assert "more than" not in power_card(population=90, before=0.6, after=0.8).lines()[0]
