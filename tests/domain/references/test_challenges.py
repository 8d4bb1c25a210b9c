"""A challenge as somebody types it, and for how long it stands."""

from datetime import date

import pytest

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.references.challenges import standing
from ilacs_audit.intake.commentary import load_challenges

ENTRY = """- code: bcdfgh
  words: Who is told?
  by: Independent chair
  raised_on: 2024-10-08
  period: 2024-09
"""
ANSWER = "  answer: The team manager.\n  answered_on: 2024-10-30\n"


def read(folder, text):
    (folder / "challenges.yml").write_text(text, encoding="utf-8")
    return load_challenges(folder)


def test_nobody_asks_where_there_is_no_file_and_one_figure_may_be_asked_about_twice(tmp_path):
    assert load_challenges(tmp_path) == []
    assert [each.code for each in read(tmp_path, ENTRY + ENTRY)] == ["BCDFGH", "BCDFGH"]


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (("bcdfgh", "bcdfgo"), "is not a reference code"),
        (("words:", "word:"), "Did you mean 'words'"),
        (("2024-10-08", "8 October"), "is not a date"),
        (("2024-10-08", "2024-08-30"), "before the month of its edition began"),
        (("Independent chair", "It is 3 of 4"), "is not a role"),
        (("  by: Independent chair\n", "  by: ''\n"), "Nobody asks"),
        (("2024-09\n", "2024-09\n  answer: Yes.\n"), "An answer has its day"),
        (("2024-09\n", "2024-09\n  audience: everybody\n"), "is not a word for this"),
        (("2024-09\n", "2024-09\n  answer: Yes.\n  answered_on: 2024-10-01\n"), "before it was raised"),
    ],
)
def test_each_slip_is_told_with_its_line_and_what_to_write(tmp_path, slip, told):
    with pytest.raises(CatalogueError) as fault:
        read(tmp_path, ENTRY.replace(*slip))
    assert told in str(fault.value) and "challenges.yml" in str(fault.value)


def test_an_answered_one_stands_for_a_month_and_an_open_one_until_it_is_answered(tmp_path):
    asked, answered = read(tmp_path, ENTRY + ENTRY + ANSWER)
    days = [date(2024, 10, 7), date(2024, 10, 8), date(2024, 11, 30), date(2024, 12, 1)]
    assert [asked.stands(day) for day in days] == [False, True, True, True]
    assert [answered.stands(day) for day in days] == [False, True, True, False]
    assert standing([answered, asked], audience="board", day=days[2]) == [asked, answered]


def test_readers_who_may_see_less_are_not_told_of_it(tmp_path):
    (told,) = read(tmp_path, ENTRY)
    (public,) = read(tmp_path, ENTRY + "  audience: public\n")
    seen = [[each.for_audience(name) for name in ("internal", "board", "public")] for each in (told, public)]
    assert seen == [[True, True, False], [True, True, True]]
