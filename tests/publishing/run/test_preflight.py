"""A run looks at its inputs first, and stops with a sentence rather than publish what is not news."""

import shutil

import pytest

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import StaleInputError
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.run.preflight import check_inputs, refuse
from tests.publishing import tiny

NOVEMBER = Period(2024, 11)


@pytest.fixture
def place(tmp_path):
    return tiny.make(tmp_path / "work")


def returns(place, month):
    return sorted((place / "data" / "evidence" / "returns" / month).iterdir())


def test_good_inputs_pass_without_a_word(place):
    assert check_inputs(load_workspace(place), NOVEMBER) == []


def test_a_folder_that_is_not_there_stops_the_run(place, tmp_path):
    with pytest.raises(StaleInputError, match="evidence folder is not there") as told:
        check_inputs(load_workspace(place, evidence=tmp_path / "nowhere"), NOVEMBER)
    assert told.value.exit_code == 15


def test_a_month_without_a_single_return_stops_the_run(place):
    shutil.rmtree(place / "data" / "evidence" / "returns" / "2024-11")
    with pytest.raises(StaleInputError, match="no return for November 2024, though 1 audits"):
        check_inputs(load_workspace(place), NOVEMBER)


def test_registers_can_stand_alone_and_returns_of_other_months_cannot(place):
    registers = place / "data" / "evidence" / "registers"
    registers.mkdir(exist_ok=True)
    (registers / "tracker.csv").write_text("child_ref,outcome,left_team_on\n0000101,transfer,\n", encoding="utf-8")
    shutil.rmtree(place / "data" / "evidence" / "returns" / "2024-11")
    with (place / "reports.yml").open("a", encoding="utf-8") as file:
        file.write("tracker:\n  title: Cases\n  registers: [tracker]\n")
    (place / "notebooks" / "tracker.ipynb").write_text("{}", encoding="utf-8")
    assert check_inputs(load_workspace(place), NOVEMBER, ("tracker",)) == []
    with pytest.raises(StaleInputError, match="no return"):
        check_inputs(load_workspace(place), NOVEMBER)
    shutil.rmtree(place / "data" / "evidence" / "returns")
    assert check_inputs(load_workspace(place), NOVEMBER) == []


def test_a_return_that_cannot_be_opened_is_counted_and_not_named(place, monkeypatch):
    from ilacs_audit.publishing.run import preflight

    monkeypatch.setattr(preflight, "_opens", lambda path: False)
    with pytest.raises(StaleInputError, match=r"2 of 2 returns cannot be opened\.") as told:
        check_inputs(load_workspace(place), NOVEMBER)
    assert "xlsx" not in str(told.value)


def test_last_months_bytes_under_this_months_name_stop_a_scheduled_run(place):
    shutil.copy(returns(place, "2024-09")[0], returns(place, "2024-11")[0])
    odd = check_inputs(load_workspace(place), NOVEMBER)
    assert odd == ["A return of consent-2024-11 holds the same bytes as one of consent-2024-09."]
    with pytest.raises(StaleInputError, match="are not new"):
        refuse("repeats", NOVEMBER, odd)
