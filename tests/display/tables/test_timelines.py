"""A chain of rounds: the next one is the first that is booked after the day of the page."""

from datetime import date

import pytest

from ilacs_audit.display.tables.timelines import timeline
from tests import build
from tests.shelf import NOW

BOOKED = build.programme(
    build.audit(NOW, period="2024-11", on=date(2024, 11, 11), next={"on": date(2025, 1, 20), "size": 20})
).audits[0]


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2024-11-21", "The next round is booked for 20 January 2025"),
        ("2025-01-20", "A round was booked for 20 January 2025, and nothing of it is here"),
        ("2025-03-20", "A round was booked for 20 January 2025, and nothing of it is here"),
    ],
)
def test_a_round_whose_day_has_come_is_not_the_next_one(as_of, said):
    html = timeline([BOOKED], caption="The chain", as_of=as_of).html
    assert said in html
    assert ("Next round, 20" in html, "Round that was booked, 20" in html) == (as_of < "2025", as_of > "2025")
