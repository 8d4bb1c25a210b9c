"""What a page says of itself to the run that made it, and what is read for all pages before the first.

What is read before the fork is what a report would have read, and reading it leaves the process fit to fork.
"""

import subprocess
import sys

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from ilacs_audit.engine.environment import variables
from ilacs_audit.intake.handed import Handed
from ilacs_audit.intake.store.reading import read_answers
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.edition.page import DATA, summary
from ilacs_audit.publishing.run.make import compile_evidence
from tests.publishing import tiny

PROGRAM = """
import sys
from ilacs_audit.engine.processes import threads
from ilacs_audit.publishing.edition.page import prepare
prepare(workspace=sys.argv[1], evidence=sys.argv[2], store=sys.argv[3], audits=sys.argv[4:])
print(threads())
"""
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


@pytest.fixture
def store(outputs):
    return outputs / "private" / "store"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks")
def test_reading_ahead_starts_no_thread(place, store, tmp_path):
    words = [str(place), str(place / "data" / "evidence"), str(store), *tiny.AUDITS]
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        env=variables(tmp_path), cwd=tiny.ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip  # a table, a line a row
    assert told.stdout.strip() == "1"


@pytest.mark.parametrize("audits", [(), ("no-such-audit",), tiny.AUDITS[:1], tiny.AUDITS, tiny.AUDITS[::-1]])
def test_answers_that_are_shared_are_those_of_the_store(place, store, audits):
    handed = Handed(load_workspace(place, store=store))
    handed.read_ahead(tiny.AUDITS)
    for ours, read in zip(handed.answers(audits), read_answers(store, audits=audits), strict=True):
        pd.testing.assert_frame_equal(ours, read)


def test_what_one_report_does_to_its_answers_reaches_no_other(place, store):
    first, second = (Handed(load_workspace(place, store=store)).answers(tiny.AUDITS[:1]).table for _ in range(2))
    first.loc[:, "answer"] = "altered"
    assert "altered" not in set(second["answer"])
    assert "altered" not in set(Handed(load_workspace(place, store=store)).answers(tiny.AUDITS[:1]).table["answer"])


def test_a_store_or_catalogue_that_changed_is_read_again(place, tmp_path, store):
    before = Handed(load_workspace(place, store=store))
    protocol = before.protocol(tiny.AUDITS[1])
    assert len(before.answers(tiny.AUDITS[1:]).table)
    next((place / "data" / "evidence" / "returns").rglob("*Nov*")).unlink()
    compile_evidence(load_workspace(place), tmp_path / "out")
    assert not len(Handed(load_workspace(place, store=store)).answers(tiny.AUDITS[1:]).table)
    path = place / "data" / "programme.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("intended: 20", "intended: 21"), encoding="utf-8")
    assert Handed(load_workspace(place, store=store)).protocol(tiny.AUDITS[1]) != protocol
