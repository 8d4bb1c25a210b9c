"""A report depends on what its notebook shows that it reads, and in doubt on everything."""

import shutil

import pytest

from ilacs_audit.domain.calendar import Period
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.dependence import EVERYTHING, Ground, reads
from ilacs_audit.publishing.making import compile_evidence
from ilacs_audit.publishing.timetable import Report
from tests.publishing import tiny

START = "import ilacs_audit as ia\nreturns = ia.load_returns(source)\n"


def looked_at(tmp_path, code):
    tiny.write_notebook(tmp_path, "asks", code)
    return reads(tmp_path / "notebooks" / "asks.ipynb")


def test_the_scheduled_notebooks_are_understood(root):
    for name in ("thematic", "dip_sample"):
        found = reads(root / "notebooks" / f"{name}.ipynb")
        assert found != EVERYTHING
        assert (set(found.registers), found.own_words) == ({"training"}, True)


@pytest.mark.parametrize(
    ("code", "width"),
    [
        ('now = returns.table[returns.table["audit_id"] == audit]', "chain"),
        ("ia.trust_facts(returns.table, returns.problems, audits=[audit])", "chain"),
        ("ia.reaudit_impact(before, now, among=returns.table)", "periods"),
        ('now = returns.table[returns.table["audit_id"] == "another"]', "all"),
        ('now = returns.table[returns.table["period"] == period]', "all"),
        ("ia.compliance(returns.table)", "all"),
        ("other = returns", "all"),
    ],
)
def test_returns_that_are_handed_on_whole_are_all_depended_on(tmp_path, code, width):
    assert looked_at(tmp_path, START + code).returns == width


@pytest.mark.parametrize("code", ["not python", "import pandas", START + "ia.load_surprise(source)", "1"])
def test_in_doubt_a_report_depends_on_everything(tmp_path, code):
    assert looked_at(tmp_path, code) == EVERYTHING


def test_a_late_return_moves_only_the_reports_that_read_it(tmp_path):
    place = tiny.make(tmp_path / "work")
    tiny.write_notebook(place, "second", START + 'now = returns.table[returns.table["audit_id"] == audit]')
    later = next((place / "data" / "evidence" / "returns" / "2024-11").iterdir())
    held = shutil.move(later, tmp_path / later.name)

    def marks():
        work = load_workspace(place)
        ground = Ground(work, compile_evidence(work, tmp_path / "out").store, Period(2024, 11))
        reports = [
            Report(f"{name}-{audit}", name, place / "notebooks" / f"{name}.ipynb", "", {"audit": audit})
            for name in ("dip_sample", "second")
            for audit in tiny.AUDITS
        ]
        return {each.id: ground.fingerprint(each, as_of="2024-11-30", audience="board") for each in reports}

    before = marks()
    assert marks() == before
    shutil.move(held, later)
    moved = {name for name, mark in marks().items() if mark != before[name]}
    assert moved == {"dip_sample-consent-2024-09", "dip_sample-consent-2024-11", "second-consent-2024-11"}
