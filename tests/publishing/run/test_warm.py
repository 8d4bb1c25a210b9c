"""What is read before the fork is what a report would have read, and reading it leaves the process fit to fork."""

import subprocess
import sys

import pandas as pd
import pytest

from ilacs_audit.engine.environment import variables
from ilacs_audit.intake.handed import Handed
from ilacs_audit.intake.store.reading import read_answers
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.run.make import compile_evidence
from tests.publishing import tiny

PROGRAM = """
import sys
from ilacs_audit.engine.processes import threads
from ilacs_audit.publishing.run.warm import prepare
prepare(workspace=sys.argv[1], evidence=sys.argv[2], store=sys.argv[3], audits=sys.argv[4:])
print(threads())
"""


@pytest.fixture
def place(tmp_path):
    return tiny.make(tmp_path / "work")


@pytest.fixture
def store(place, tmp_path):
    return compile_evidence(load_workspace(place), tmp_path / "out").store


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
