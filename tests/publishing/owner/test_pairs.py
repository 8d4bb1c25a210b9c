"""The sheet of pairs: private, blind, answered by a person, and read back by the next run."""

import csv
import io
import shutil

import pytest

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.loading import load_register
from ilacs_audit.intake.registers import hubs
from ilacs_audit.intake.registers.hubs import Pair
from ilacs_audit.intake.store import compiling
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.owner import to_do
from ilacs_audit.publishing.owner.pairs import ANSWER, PAIR, take_answers, write_pairs
from ilacs_audit.publishing.run.inputs import SAID, find_inputs
from ilacs_audit.publishing.run.make import compile_evidence

PAIRS = [
    Pair("L-2", ("Ava Moss", "14/03/2021"), ("Avva Moss", "14/03/2021")),
    Pair("L-1", ("=cmd", ""), ("Iris Kaur", "01/07/2022")),
]


@pytest.fixture
def outputs(tmp_path):
    return Outputs(tmp_path / "outputs")


@pytest.fixture
def work(root, tmp_path):
    """The example's lists of the family hubs, and nothing else to read."""
    folder = tmp_path / "evidence"
    (folder / "registers").mkdir(parents=True)
    for each in ("authority.yml", "registers/hub_children.csv", "registers/hub_records.csv"):
        shutil.copy2(root / "data" / "example" / each, folder / each)
    return load_workspace(root, evidence=folder)


def rows(outputs):
    return list(csv.DictReader(io.StringIO(outputs.pairs.read_text(encoding="utf-8-sig"))))


def answer(outputs, **said):
    """Write answers into the sheet as a spreadsheet program saves it."""
    told = [each | {ANSWER: said.get(each[PAIR].replace("-", "_"), each[ANSWER])} for each in rows(outputs)]
    file = io.StringIO()
    sheet = csv.DictWriter(file, told[0].keys())
    sheet.writeheader()
    sheet.writerows(told)
    outputs.pairs.write_text(file.getvalue(), encoding="utf-8-sig")


def test_the_sheet_has_two_records_a_row_and_a_column_to_answer_and_nothing_to_lean_on(outputs):
    write_pairs(PAIRS, outputs, said={})
    found = rows(outputs)
    assert list(found[0]) == ["Pair", "Name", "Date of birth", "Other name", "Other date of birth", ANSWER]
    assert [each[PAIR] for each in found] == ["L-1", "L-2"]
    assert found[0]["Name"] == "'=cmd"  # no formula
    assert outputs.pairs.stat().st_mode & 0o077 == 0
    assert outputs.pairs.relative_to(outputs.private)


def test_answers_are_read_back_kept_and_taken_back(outputs):
    assert take_answers(outputs) == {}
    write_pairs(PAIRS, outputs, said={})
    assert take_answers(outputs) == {}
    assert not outputs.said.exists()  # nothing was said, so there is no input more
    answer(outputs, L_1="Yes", L_2="cannot tell")
    assert take_answers(outputs) == {"L-1": "yes"}
    write_pairs(PAIRS, outputs, said=take_answers(outputs))
    assert [each[ANSWER] for each in rows(outputs)] == ["yes", ""]
    answer(outputs, L_1="", L_2="no")
    assert take_answers(outputs) == {"L-2": "no"}
    outputs.pairs.unlink()
    assert take_answers(outputs) == {"L-2": "no"}  # what was said stays said when the sheet is gone
    assert "moss" not in outputs.said.read_text(encoding="utf-8").casefold()


def test_a_sheet_that_lost_its_headings_is_refused_in_plain_words(outputs):
    write_pairs(PAIRS, outputs, said={})
    outputs.pairs.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ReturnsError, match=r"lost its headings.*delete the file"):
        take_answers(outputs)


def test_what_a_person_says_changes_the_links_of_the_next_run(work, outputs):
    store = compile_evidence(work, outputs.root).store
    before, sheet = load_register("attendance", store).table, outputs.pairs.read_bytes()
    assert (before["attended"] == "").sum() > 3
    assert compile_evidence(work, outputs.root).read == ()  # nothing moved, so nothing is weighed again
    assert outputs.pairs.read_bytes() == sheet
    said = {each[PAIR].replace("-", "_"): "yes" for each in rows(outputs)}
    answer(outputs, **said)
    again = compile_evidence(work, outputs.root)
    assert set(again.read) == {"registers/hub_children.csv", "registers/hub_records.csv"}
    after = load_register("attendance", store).table
    assert (after["matched"] == "reviewed").sum() > (before["matched"] == "no").sum() > 0
    assert (after["attended"] == "yes").sum() > (before["attended"] == "yes").sum()
    assert (after["attended"] == "").sum() < (before["attended"] == "").sum()
    answer(outputs, **dict.fromkeys(said, "no"))
    compile_evidence(work, outputs.root)
    never = load_register("attendance", store).table
    assert set(never["matched"]) == {"yes", "likely", "none"}
    assert (never["attended"] != "").all()


def test_without_the_extra_the_owner_is_told_what_to_install_and_the_sheet_stays_as_it_was(work, outputs, monkeypatch):
    write_pairs(PAIRS, outputs, said={"L-1": "yes"})
    before = outputs.pairs.read_bytes()
    for room in (compiling, hubs):
        monkeypatch.setattr(room, "can_weigh", lambda: False)
    store = compile_evidence(work, outputs.root).store
    (told,) = [each for each in to_do.columns(store) if "could not be matched" in each]
    assert "127 of 265 children" in told
    assert "pip install 'ilacs_audit[link]'" in told
    assert outputs.pairs.read_bytes() == before
    monkeypatch.undo()
    assert compile_evidence(work, outputs.root).read  # installed, it is linked again
    assert not [each for each in to_do.columns(store) if "could not be matched" in each]


def test_what_was_said_is_an_input_of_the_run_without_a_name(root, outputs):
    assert SAID not in find_inputs(root, root / "data" / "example", said=outputs.said).marks
    write_pairs(PAIRS, outputs, said={})
    answer(outputs, L_1="yes")
    take_answers(outputs)
    inputs = find_inputs(root, root / "data" / "example", said=outputs.said)
    assert SAID in inputs.marks
    assert not inputs.moved()
    answer(outputs, L_1="no")
    take_answers(outputs)
    assert inputs.moved()


def test_no_name_no_day_and_no_pair_is_in_the_store(work, outputs):
    compile_evidence(work, outputs.root)
    table = load_register("attendance", outputs.store)
    told = (table.table.to_csv() + table.problems.to_csv()).casefold()
    names = {word.casefold() for each in rows(outputs) for word in (each["Name"], each["Other name"], each[PAIR])}
    assert len(names) > 20
    assert not [each for each in names if each in told]
