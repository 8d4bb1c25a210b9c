"""A verdict stands without its counts only where neither the word nor its absence gives them back."""

from collections import defaultdict

import pytest

from tests.disclosure.gate.test_ranges import judged, public

DESIGNS = [
    (read, size, missing, target, direction)
    for read in (12, 17, 20, 30, 45, 60)
    for size in (None, 88, read)
    for missing in (0, 3)
    for target in (0.7, 0.9)
    for direction in ("higher", "lower")
    if size != read or not missing
]


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_a_verdict_and_a_silence_leave_three_counts_or_more(design):
    """Even to a reader who knows how many files were read, how long the list is and how many answers are missing."""
    read, size, missing, target, direction = design
    readings = defaultdict(list)
    for met in (met for met in range(1, read) if min(met, read - met) < 6):
        row = judged(met, read, missing=missing, size=size, target=target, direction=direction)
        seen = public(row._replace(method="whole list") if size == read else row)
        assert seen.hidden
        assert seen.verdict in ("", row.verdict)
        readings[seen.verdict].append(met)
    assert min(map(len, readings.values())) >= 3


def test_the_words_that_can_be_said_of_hidden_rows_are_said():
    said = [public(judged(met, 45, size=200, target=0.7)).verdict for met in (3, 42)]
    assert said == ["not met", "met"]


def test_of_seventeen_files_neither_met_nor_what_would_tell_it_by_silence_is_said():
    """Only 16 of 17 are met and hidden; where all but that one were named, the silence would name it."""
    said = {met: public(judged(met, 17, size=88, target=0.7)).verdict for met in (*range(1, 6), *range(12, 17))}
    assert said[16] == ""
    assert list(said.values()).count("") >= 3
