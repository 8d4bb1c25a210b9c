"""What a page says of itself to the run that made it."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from ilacs_audit.publishing.edition.page import DATA, summary

ASKED = [["answers", ["consent-2024-11"]], ["standards", []]]


def executed(*code):
    """A notebook that ran this code and told what it was handed."""
    told = new_output("display_data", data={DATA: {"kind": "handed", "asked": ASKED}})
    return new_notebook(cells=[*map(new_code_cell, code), new_code_cell("ia.closing(page)", outputs=[told])])


def test_a_report_tells_what_it_was_handed():
    assert summary(executed("work = ia.open_audit(audit)", "ia.opening(page)"))["handed"] == ASKED


@pytest.mark.parametrize(
    "code",
    ["visits = ia.load_visits(work.source)", "more = pd.read_csv('more.csv')", "text = open('words.txt').read()"],
)
def test_a_report_that_reads_past_its_audit_stands_on_everything(code):
    assert summary(executed("work = ia.open_audit(audit)", code))["handed"] is None


def test_a_report_that_does_not_tell_stands_on_everything():
    assert summary(new_notebook(cells=[new_code_cell("1 + 1")]))["handed"] is None
