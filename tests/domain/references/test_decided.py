"""What became of a decision, as somebody types it, and for how long it is told."""

from datetime import date

import pytest

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.intake.commentary import load_decided

ENTRY = """- code: bcdfgh
  decided: The form is not used any more.
  decided_on: 2024-10-08
  by: Improvement board
"""


def read(folder, text):
    (folder / "decisions.yml").write_text(text, encoding="utf-8")
    return load_decided(folder)


def test_an_outcome_is_told_from_its_day_until_a_month_after_to_its_own_readers_and_those_who_see_more(tmp_path):
    assert load_decided(tmp_path) == []
    (told,) = read(tmp_path, ENTRY)
    days = [date(2024, 10, 7), date(2024, 10, 8), date(2024, 11, 8), date(2024, 11, 9)]
    assert [told.stands(day) for day in days] == [False, True, True, False]
    assert [told.for_audience(name) for name in ("internal", "board", "public")] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ENTRY + ENTRY, "A decision has two outcomes"),
        (ENTRY.replace("Improvement board", "''"), "Nobody decided"),
        (ENTRY.replace("2024-10-08", "soon"), "is not a date"),
        ("code: bcdfgh\n", "The file is not a list"),
    ],
)
def test_a_slip_is_told_with_what_to_write(tmp_path, text, why):
    with pytest.raises(CatalogueError, match=why):
        read(tmp_path, text)
