import numpy as np
import pytest

from benchmarks import missing


def test_the_bad_answers_go_missing_and_the_good_ones_stay():
    assert missing.left_blank(np.random.default_rng(1), 21, 30, 1.0, 0.0) == missing.Read(21, 21, 9)


@pytest.mark.parametrize(("counted", "change"), [(True, "cannot tell"), (False, "better")])
def test_leaving_the_bad_answers_out_makes_a_change_only_where_they_are_not_counted(counted, change):
    assert missing.moved(missing.Read(15, 24, 0), missing.Read(21, 21, 9), counted=counted) == change


def test_every_promise_of_a_small_simulation_is_kept_and_the_files_read_alone_would_break_it():
    promises = list(missing.wrong_changes(np.random.default_rng(1), cases=60))
    assert all(each.kept for each in promises)
    assert "by the files read alone up to" in promises[-1].about
