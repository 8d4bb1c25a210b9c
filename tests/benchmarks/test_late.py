"""Months of late returns: nothing is refused, nothing given away, and the outsider is no fool."""

import pytest

from benchmarks.late import Late, given_away, tried
from tests.publishing import rounds

WHOLE = {("compliance", "V-1", "all"): (20, 40), ("not_applicable", "V-1", "all"): (0, 40)}
TEAMS = {("compliance", "V-1", "North"): (10, 20), ("compliance", "V-1", "South"): (10, 20)}
LATER = {("compliance", "V-1", "all"): (21, 41), ("not_applicable", "V-1", "all"): (0, 41)}


def test_an_outsider_finds_a_team_whose_one_file_came_late():
    told = {**LATER, ("compliance", "V-1", "North"): (11, 21), ("not_applicable", "V-1", "North"): (0, 21)}
    assert (0, 1, "V-1", "North", 1) in given_away([WHOLE | TEAMS, told], "board")


def test_an_outsider_does_not_know_whose_a_late_file_is_from_the_whole():
    assert given_away([WHOLE | TEAMS, LATER], "board") == []


def test_versions_that_contradict_each_other_are_told():
    with pytest.raises(ValueError, match="contradicts itself"):
        given_away([WHOLE | TEAMS, {("compliance", "V-1", "all"): (9, 20)}], "board")


def test_months_go_out_whole_while_returns_come_late(tmp_path, capsys):
    place = rounds.make(tmp_path / "work", standards=2)
    for month in (rounds.BEFORE, rounds.NOW):
        for theme in ("visits", "plans"):
            rounds.send(place, theme, month, {"North": (11, 12), "South": (12, 11)})
    evidence = place / "data" / "evidence"
    late = [Late(evidence / "returns" / f"visits {month}.csv", 1) for month in (rounds.BEFORE, rounds.NOW)]
    assert tried("rounds", place, evidence, (rounds.BEFORE, rounds.NOW), late)
    told = capsys.readouterr().out
    assert "waits: board/thematic-visits" in told and "thematic-plans" not in told
