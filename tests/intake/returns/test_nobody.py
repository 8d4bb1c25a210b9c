"""A row that a case system filled is nobody's audit; a form without an auditor's column is honest."""

from __future__ import annotations

import pytest

from ilacs_audit.intake.loading import load_returns
from tests.intake.conftest import DAY, KEY

BOTH = ("Auditor", "Date audited")
ASKED = ("Plan up to date", "Actions SMART", "Voice of the child")
MET, MIXED, UNMET, NA = ("Met",) * 3, ("Met", "Not met", "Met"), ("Not met",) * 3, ("N/A",) * 3
DONE = ("Bea Birch", DAY)


@pytest.fixture
def set_aside(workbook, standards):
    """The rows told to be nobody's, and how many files were counted."""

    def read(header, rows):
        lines = [(f"00{number}", *row) for number, row in enumerate(rows, 12345)]
        loaded = load_returns(workbook("plans.xlsx", [("Case ID", *header), *lines]), standards=standards, key=KEY)
        told = loaded.problems[loaded.problems["rule"] == "not-audited"]["row"].tolist()
        assert loaded.table["child_ref"].nunique() == len(rows) - len(told)
        return told

    return read


@pytest.mark.parametrize(
    ("columns", "rows", "told"),
    [
        pytest.param(BOTH, [(*DONE, *MIXED), (*DONE, *MET), (None, None, *UNMET)], [4], id="most are audited"),
        pytest.param(BOTH, [(*DONE, *MIXED), (*DONE, *MET), (None, None, *MIXED)], [4], id="whatever is filled in"),
        pytest.param(BOTH, [(*DONE, *MET), *[(None, None, *UNMET)] * 4], [3, 4, 5, 6], id="few of a long list are"),
        pytest.param(BOTH, [(*DONE, *MET), *[("N/A", "-", *NA)] * 3], [3, 4, 5], id="a dash names nobody"),
        pytest.param(BOTH, [(*DONE, *MET), *[(None, None, *MIXED)] * 4], [], id="a form that few people sign"),
        pytest.param(BOTH, [(None, None, *UNMET)] * 3, [], id="nobody signs and nobody dates"),
        pytest.param(BOTH, [(*DONE, *MET), (*DONE, *MET), (None, DAY, *UNMET)], [], id="a name forgotten"),
        pytest.param(BOTH, [(*DONE, *MET), (*DONE, *MET), ("Cy Crane", None, *UNMET)], [], id="a day forgotten"),
        pytest.param(BOTH[:1], [("Bea", *MET), ("Cy", *MET), (None, *UNMET)], [4], id="one column, and nothing met"),
        pytest.param(BOTH[:1], [("Bea", *MET), ("Cy", *MET), (None, *MIXED)], [], id="one column, and answers"),
        pytest.param(BOTH[1:], [(DAY, *MET), *[(None, *UNMET)] * 2], [], id="one column, and few fill it"),
        pytest.param((), [MET, UNMET, UNMET], [], id="neither column"),
    ],
)
def test_rows_that_nobody_audited_are_set_aside(set_aside, columns, rows, told):
    assert set_aside((*columns, *ASKED), rows) == told


def test_a_row_with_a_comment_was_read_by_somebody_and_is_told(workbook, standards):
    rows = [("Case ID", *BOTH, *ASKED, "Comments"), *((f"001234{n}", *DONE, *MET, "") for n in (5, 6))]
    rows.append(("0012347", None, None, *UNMET, "No plan was on file."))
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    assert (loaded.table["child_ref"].nunique(), loaded.problems["rule"].tolist()) == (3, ["unsigned"])


def test_a_row_with_a_comment_was_read_by_somebody(set_aside):
    rows = [
        (*DONE, *MET, ""),
        (*DONE, *MET, ""),
        (None, None, *UNMET, "No plan was on file."),
        (None, None, *UNMET, "n/a"),
    ]
    assert set_aside((*BOTH, *ASKED, "Comments"), rows) == [5]


def test_an_auditor_named_above_the_table_audited_all_of_it(workbook, standards):
    rows = [["Audited by: Bea Birch"], [], ["Case ID", *BOTH, *ASKED]]
    rows += [["0012345", *DONE, *MET], ["0012346", *DONE, *MET], ["0012347", None, None, *UNMET]]
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    assert loaded.table["child_ref"].nunique() == 3
