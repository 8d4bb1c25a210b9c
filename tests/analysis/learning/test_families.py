"""Families beside their files: who answered first, and no agreement that was not tested."""

import pandas as pd
import pytest

from ilacs_audit.analysis.learning.families import families_beside_files
from ilacs_audit.claims.sentences.readers.learning import APART, BEYOND, CANNOT, UNPAIRED
from ilacs_audit.domain.measures import rows
from tests import build

ASKED = "Do you understand the plan?"
STANDARDS = build.standards(
    build.theme("plans", [build.standard("PLN-1", measured_by=[ASKED]), build.standard("PLN-2")])
)
DAY = "2024-11-21"


def survey(*told, question=ASKED, on="2024-11-20"):
    """Rows of a survey that names the children: child, answered, said yes."""
    return pd.DataFrame(
        [("families-2024-11", pd.Timestamp(on), 1, answered, question, yes, child) for child, answered, yes in told],
        columns=["survey_id", "on", "sent", "returned", "question", "positive", "child_ref"],
    ).astype({"sent": "Int64", "returned": "Int64", "positive": "Int64"})


def files(met, read):
    return build.answers(*((f"c{at}", "PLN-1", "yes" if at < met else "no") for at in range(read)))


def told(returns, asked):
    found = rows(families_beside_files(returns, asked, standards=STANDARDS, as_of=DAY))
    return {row.measure: row for row in found}


def counts(found):
    return {name: (row.numerator, row.denominator) for name, row in found.items()}


# Of thirty families eleven answered and eight said yes: five whose file says yes, and three whose file says no.
YES = {*range(5), 20, 21, 22}
THIRTY = [(f"c{at}", int(at in YES or at in (5, 6, 23)), int(at in YES)) for at in range(30)]


def test_eleven_of_thirty_answered_eight_said_yes_and_the_files_say_twenty_of_thirty():
    found = told(files(20, 40), survey(*THIRTY))
    assert counts(found) == {
        "family_answered": (11, 30),
        "family_yes": (8, 11),
        "file_yes": (20, 30),
        "family_same": (6, 11),
        "file_alone": (2, 11),
        "family_alone": (3, 11),
    }
    assert found["family_same"].verdict == CANNOT
    ends = found["family_yes"]
    assert [round(30 * each) for each in (ends.lower, ends.upper)] == [8, 27]  # eight and the nineteen who are silent


def test_family_and_file_part_where_they_do_in_most_files_one_way():
    found = told(files(20, 20), survey(*((f"c{at}", 1, int(at < 6)) for at in range(20)), ("c30", 1, 1)))
    assert found["family_same"].verdict == APART


def test_they_part_where_no_answer_of_the_silent_could_bring_them_together():
    found = told(files(0, 10), survey(*((f"c{at}", int(at < 4), int(at < 4)) for at in range(10))))
    assert (found["file_yes"].numerator, found["family_same"].verdict) == (0, BEYOND)


def test_a_survey_that_names_no_child_stands_beside_all_files_and_is_not_paired():
    asked = survey(("", 11, 8)).assign(sent=30).astype({"sent": "Int64"})
    found = told(files(20, 40), asked)
    assert counts(found) == {"family_answered": (11, 30), "family_yes": (8, 11), "file_yes": (20, 40)}
    assert found["file_yes"].note == UNPAIRED
    assert counts(told(files(20, 40), asked.drop(columns="child_ref"))) == counts(found)


def test_where_nobody_answered_nothing_was_said():
    assert counts(told(files(3, 5), survey(*((f"c{at}", 0, 0) for at in range(5))))) == {
        "family_answered": (0, 5),
        "file_yes": (3, 5),
    }


@pytest.mark.parametrize(
    "asked",
    [
        survey(*THIRTY, question="Was the room warm?"),
        survey(*THIRTY, on="2024-12-01"),
        survey(*THIRTY).assign(returned=5).astype({"returned": "Int64"}),
        survey(),
    ],
)
def test_what_no_standard_names_came_later_or_cannot_be_so_is_told_nowhere(asked):
    assert told(files(20, 40), asked) == {}


def test_what_families_said_on_a_return_is_paired_and_nobody_says_how_many_were_asked():
    families = build.answers(*((f"c{at}", "PLN-2", "yes" if at < 4 else "no") for at in range(6))).assign(role="family")
    read = build.answers(*((f"c{at}", "PLN-2", "yes" if at % 2 else "no") for at in range(8)))
    found = told(pd.concat([read, families], ignore_index=True), survey())
    assert counts(found) == {
        "family_answered": (6, None),
        "family_yes": (4, 6),
        "file_yes": (3, 6),
        "family_same": (3, 6),
        "file_alone": (1, 6),
        "family_alone": (2, 6),
    }
