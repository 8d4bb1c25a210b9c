import pandas as pd
import pytest

from ilacs_audit.domain.measures import (
    MEASURE_COLUMNS,
    RELEASED_COLUMNS,
    from_rows,
    gather,
    measures,
    rows,
    select,
    with_columns,
)


def test_a_measure_has_every_column_of_the_shape_whatever_the_record_left_out():
    frame = measures([{"measure": "compliance", "numerator": 1, "denominator": 2}])
    assert tuple(frame.columns) == MEASURE_COLUMNS


def test_a_misspelt_column_is_refused_because_it_would_vanish():
    with pytest.raises(ValueError, match="numerater"):
        measures([{"numerater": 1}])


def test_missing_numbers_come_back_as_none_and_missing_words_as_empty():
    (row,) = rows(measures([{"measure": "compliance", "numerator": 3, "value": None}]))
    assert (row.numerator, row.denominator, row.value, row.note, row.verdict) == (3, None, None, "", "")


def test_counts_stay_whole_numbers_beside_missing_ones():
    frame = measures([{"numerator": 3}, {"numerator": None}])
    assert [row.numerator for row in rows(frame)] == [3, None]
    assert str(frame["numerator"].dtype) == "Int64"


def test_select_takes_one_word_or_several():
    frame = measures([{"measure": each} for each in ("returned", "moderated", "reach")])
    assert select(frame, measure=("returned", "reach"))["measure"].tolist() == ["returned", "reach"]


def test_gathered_frames_keep_the_claims_of_those_that_have_them():
    claimed = measures([{"measure": "compliance", "verdict": "met"}])
    plain = measures([{"measure": "returned"}])
    assert [row.verdict for row in rows(gather(claimed, plain))] == ["met", ""]


def test_gathering_nothing_gives_an_empty_table_of_the_shape():
    assert tuple(gather(measures([]), measures([])).columns) == MEASURE_COLUMNS


def test_a_frame_read_from_text_only_is_given_its_kinds():
    frame = pd.DataFrame({"measure": ["compliance"], "numerator": ["24"], "value": ["0.8"]})
    (row,) = rows(gather(frame))
    assert (row.numerator, row.value) == (24, 0.8)


def test_rows_made_into_a_table_again_are_the_same_rows():
    found = list(rows(measures([{"measure": "compliance", "numerator": 24, "value": 0.8, "note": "as read"}, {}])))
    assert list(rows(from_rows(found, columns=RELEASED_COLUMNS))) == found


def test_no_rows_make_an_empty_table_of_the_columns_asked_for():
    assert tuple(from_rows([], columns=("measure", "value")).columns) == ("measure", "value")


def test_a_column_that_is_given_replaces_its_own_and_the_rows_keep_their_labels():
    frame = measures([{"measure": "compliance", "note": "old"}, {"measure": "moderated"}]).iloc[[1]]
    changed = with_columns(frame, note=["new"], verdict=["met"])
    assert changed.index.tolist() == [1]
    assert changed[["measure", "note", "verdict"]].to_numpy().tolist() == [["moderated", "new", "met"]]
    assert frame["note"].tolist() == [""]
