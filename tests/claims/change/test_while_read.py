"""A round that was read before the work had ended cannot show the whole of what it did, and says so."""

from datetime import date

import pytest

from ilacs_audit.claims.change.while_read import while_read
from ilacs_audit.domain.programme import Intervention
from tests.build import protocol


def work(on, until):
    return Intervention(id="t", title="Training", on=date(2024, *on), until=date(2024, *until), kind="training")


@pytest.mark.parametrize(
    ("done", "said"),
    [
        ([work((9, 1), (9, 30))], ""),
        (
            [work((10, 22), (11, 22))],
            "Training was still going on when these files were read, and ran to 22 November 2024, so this round "
            "cannot show its whole effect.",
        ),
        (
            [work((9, 1), (9, 30)), work((12, 2), (12, 3))],
            "Training began after these files were read, on 2 December 2024, so this round "
            "cannot show its whole effect.",
        ),
    ],
)
def test_work_that_overlaps_or_follows_the_reading_is_named(done, said):
    audit = protocol(on=date(2024, 11, 11), until=date(2024, 11, 20), interventions=done)
    assert while_read(audit, as_of="2025-01-31") == said


def test_what_has_not_come_yet_is_not_told_as_past():
    done = [work((10, 22), (11, 22)), work((12, 2), (12, 3))]
    audit = protocol(on=date(2024, 11, 11), until=date(2024, 11, 20), interventions=done)
    said = while_read(audit, as_of="2024-11-21")
    assert "and runs to 22 November 2024 and Training begins after these files were read" in said
