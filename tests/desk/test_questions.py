"""Each question of somebody who explores has one answer in one call."""

import pytest

import ilacs_audit as ia
from ilacs_audit.domain.errors import CatalogueError
from tests.shelf import BEFORE, NOW, Shelf, answers, files, opened


def work(*, teams=("North", "South", "East", "West")):
    now = [answers(NOW, *files(4 + place, 4), team=team) for place, team in enumerate(teams)]
    shelf = Shelf(*(answers(BEFORE, *files(4, 4), team=team) for team in teams), *now)
    shelf.table.loc[shelf.table["team"] == "North", "comment"] = "Consent was (verbally) given."
    return opened(shelf)


def test_the_files_behind_a_standard_are_those_auditors_read_in_this_round():
    found = ia.files_behind(work(), standard="CON-1")
    assert list(found.columns) == ["child_ref", "team", "audited_on", "answer"]
    assert len(found) == 8 + 9 + 10 + 11
    assert found["answer"].value_counts().to_dict() == {"yes": 22, "no": 16}
    with pytest.raises(CatalogueError, match=r"no standard 'CON-9'.*CON-1"):
        ia.files_behind(work(), standard="CON-9")


def test_comments_are_found_by_a_word_as_it_is_written_each_once():
    assert ia.comments_with(work(), word="(VERBALLY)").data.to_dict("records") == [
        {"team": "North", "comment": "Consent was (verbally) given."}
    ]
    assert ia.comments_with(work(), word="refused").data.empty


def test_both_rounds_of_one_standard_are_drawn():
    made = ia.rounds_plot(work(), standard="CON-2")
    assert made.kind == "before_after_plot"
    assert "September 2024: 16 of 32" in made.html
    assert "November 2024: 22 of 38" in made.html


def test_teams_are_drawn_from_both_rounds_together():
    assert "North: 8 of 16" in _words(ia.teams_plot(work(), standard="CON-1"))
    assert ia.teams_plot(work(teams=("North", "South")), standard="CON-1").html == ""


def test_the_next_round_is_judged_before_anybody_reads_a_file():
    said = ia.next_round(work(), before=0.70, after=0.85, target="0.9").html
    assert "What the next round can show" in said
    assert "To tell 70% from 85%" in said


def _words(made):
    return " ".join(f"{row['level']}: {row['numerator']} of {row['denominator']}" for row in made.data["released"])
