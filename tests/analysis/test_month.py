"""What a report on all audits of a month looks at ends with the day of the page."""

from dataclasses import replace

import pandas as pd

from ilacs_audit.analysis.month import of_month
from ilacs_audit.domain.programme import Programme
from tests import shelf


def test_what_is_read_again_after_the_day_of_the_page_is_no_part_of_it():
    first = shelf.answers(shelf.NOW, *shelf.files(3, 0))
    again = first.assign(role="moderator", audited_on=pd.Timestamp("2024-11-22"))
    held = shelf.Shelf(first, again, again.assign(audited_on=pd.Timestamp("2024-11-21")))
    held.planned = lambda: Programme(tuple(held.audits.values()))
    days = ("2024-11-20", "2024-11-21")
    months = {day: of_month(replace(shelf.opened(held, ""), as_of=day))["returns"] for day in days}
    assert [len(each[each["role"] == "moderator"]) for each in months.values()] == [0, 6]
    assert {len(each[each["role"] == "auditor"]) for each in months.values()} == {6}
