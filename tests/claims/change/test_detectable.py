"""What two rounds could have shown is said once for a table, and no size of it is lost."""

import pytest

from ilacs_audit.claims.change.detectable import could_have_seen, seen_together

NONE = could_have_seen(20, 20, 0.8)
FALL = could_have_seen(30, 30, 0.6, lower_is_better=True)


@pytest.mark.parametrize(
    ("reasons", "said", "left"),
    [
        ([could_have_seen(30, 30, 0.6)], "", (could_have_seen(30, 30, 0.6),)),
        ([NONE, NONE], "Two rounds of this size could not have shown any rise.", ("", "")),
        (
            [could_have_seen(30, 30, 0.6), NONE, "Reworded."],
            "Two rounds of this size could have shown a rise of about 31 points; on one standard none at all.",
            ("", "", "Reworded."),
        ),
        (
            [could_have_seen(30, 30, 0.5), FALL, f"Missing. {could_have_seen(30, 30, 0.6)} Luck."],
            "Two rounds of this size could have shown a change for the better of about 31 to 34 points.",
            ("", "", "Missing. Luck."),
        ),
    ],
)
def test_the_smallest_change_seen_is_said_once_for_a_table(reasons, said, left):
    assert seen_together(reasons) == (said, left)
