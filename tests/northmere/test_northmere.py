"""Northmere comes out of its generator byte for byte, and its returns come to the planted truth."""

import io
import random
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ilacs_audit.domain.counting import read_by, with_met
from ilacs_audit.domain.identifying import is_nhs_number
from ilacs_audit.domain.standards import OVERALL
from ilacs_audit.intake.catalogue import load_authority, load_programme, load_standards
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.tables.columns import load_columns
from tests.northmere.northmere import northmere
from tests.northmere.truth.audits import planted_answers
from tests.northmere.truth.faults import FAULTS, NHS_NUMBER, PHONE
from tests.northmere.truth.people import cast
from tests.northmere.truth.truth import AGENCY_RETURNS, INDEPENDENT, NEVER_REACHED, TRUTH

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "data" / "example"
STANDARDS = load_standards(ROOT / "data" / "standards")
PROGRAMME = load_programme(ROOT / "data" / "programme.yml")
COLUMNS = load_columns(ROOT / "data" / "columns.yml")
GRADES = ("outstanding", "good", "requires improvement", "inadequate")


@pytest.fixture(scope="module")
def made():
    return northmere()


@pytest.fixture(scope="module")
def loaded():
    return load_returns(EXAMPLE, standards=STANDARDS, programme=PROGRAMME, columns=COLUMNS)


@pytest.fixture(scope="module")
def as_sent(tmp_path_factory):
    """The same returns before anybody took a row out."""
    nothing = tmp_path_factory.mktemp("no") / "exclusions.yml"
    return load_returns(EXAMPLE, standards=STANDARDS, programme=PROGRAMME, columns=COLUMNS, exclusions=nothing)


@pytest.fixture(scope="module")
def met(loaded):
    return with_met(loaded.table, standards=STANDARDS)


def committed(folder):
    return {path.relative_to(EXAMPLE).as_posix() for path in (EXAMPLE / folder).rglob("*") if path.is_file()}


def test_the_committed_example_is_what_the_generator_makes_byte_for_byte(made):
    assert {path for path in made if "/" in path} == committed("returns") | committed("registers") | committed("draws")
    changed = [path for path, content in made.items() if (EXAMPLE / path).read_bytes() != content]
    assert changed == []


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(made):
    assert northmere(2024) == made
    assert northmere(7)["registers/tracker.csv"] != made["registers/tracker.csv"]


def test_the_example_is_small_and_says_that_it_is_one(made):
    assert sum(map(len, made.values())) < 600_000
    authority = load_authority(EXAMPLE)
    assert (authority.name, authority.example) == ("Northmere", True)


def test_every_return_belongs_to_one_audit_of_its_own_month(made):
    for path in (Path(each) for each in made if each.startswith("returns/")):
        claims = [audit for audit in PROGRAMME if any(path.match(pattern) for pattern in audit.returns)]
        assert [str(audit.period) for audit in claims] == [path.parent.name], path


def test_workbooks_carry_no_time_of_making(made):
    for path, content in made.items():
        if path.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                assert {part.date_time for part in package.infolist()} == {(2024, 11, 30, 9, 0, 0)}


@pytest.mark.parametrize("audit_id", sorted(TRUTH))
def test_an_audit_read_by_the_intake_comes_to_its_planted_truth(met, audit_id):
    truth = TRUTH[audit_id]
    ours = read_by(met[met["audit_id"] == audit_id])
    assert ours["child_ref"].nunique() == truth.counted
    counted = ours[ours["applies"] & (ours["standard_id"] != OVERALL)].groupby("standard_id")["met"]
    assert {each: (int(flags.sum()), len(flags)) for each, flags in counted} == dict(truth.results)


@pytest.mark.parametrize("audit_id", [each.audit_id for each in TRUTH.values() if each.grades])
def test_overall_grades_and_moderation_come_to_their_planted_truth(met, audit_id):
    truth = TRUTH[audit_id]
    grades = met[(met["audit_id"] == audit_id) & (met["standard_id"] == OVERALL)]
    first = grades[grades["role"] == "auditor"].set_index("child_ref")["answer"]
    second = grades[grades["role"] == "moderator"].set_index("child_ref")["answer"]
    assert tuple(int((first == grade).sum()) for grade in GRADES) == truth.grades
    assert len(second) == truth.moderated - truth.aside.get("same-moderator", 0)
    moved = [GRADES.index(grade) - GRADES.index(first[child]) for child, grade in second.items()]
    assert (sum(by > 0 for by in moved), sum(by < 0 for by in moved)) == (truth.down, 0)


def test_the_independent_auditor_finds_the_same_request_inappropriate(met):
    strategy = met[(met["audit_id"] == "strategy-2024-11") & (met["standard_id"] == "STR-1")]
    not_met = [set(rows[~rows["met"]]["child_ref"]) for role, rows in strategy.groupby("role") if role != "partner"]
    assert not_met[0] == not_met[1]
    assert len(not_met[0]) == 1


def test_the_independent_auditors_answers_come_to_their_planted_truth(met):
    second = read_by(met[met["audit_id"] == "strategy-2024-11"], role="moderator").groupby("standard_id")["met"]
    assert {each: (int(flags.sum()), len(flags)) for each, flags in second} == dict(INDEPENDENT)


def test_every_agency_sent_as_many_returns_as_planted_and_no_partner_challenged_the_threshold(met):
    strategy = met[(met["audit_id"] == "strategy-2024-11") & (met["standard_id"] == "STR-1")]
    assert strategy.groupby("agency")["child_ref"].nunique().to_dict() == dict(AGENCY_RETURNS)
    assert strategy[strategy["role"] == "partner"]["met"].all()


def test_the_police_say_that_most_decisions_never_reached_them(met):
    (agency, (standard, reached)), *_ = NEVER_REACHED.items()
    theirs = met[(met["audit_id"] == "strategy-2024-11") & (met["agency"] == agency) & (met["standard_id"] == standard)]
    assert (int(theirs["met"].sum()), len(theirs)) == (reached, AGENCY_RETURNS[agency])


def test_one_duty_standard_truly_rises_and_another_does_not_move():
    before, after = (TRUTH[f"daat-2024-{month}"].results for month in (10, 11))
    assert (before["ASM-5"], after["ASM-5"]) == ((14, 40), (30, 40))
    assert (before["ASM-7"], after["ASM-7"]) == ((33, 40), (33, 40))


def test_supervision_happens_more_often_than_it_is_good():
    results = TRUTH["supervision-2024-11"].results
    quality = [met / read for each, (met, read) in results.items() if STANDARDS[each].kind == "quality"]
    frequency = [met / read for each, (met, read) in results.items() if STANDARDS[each].kind == "compliance"]
    assert min(frequency) > max(quality)


SEVERAL = {"unknown-column": 2}  # the log of returns is a second sheet that holds no answers
IN_RETURNS = sorted({fault.rule for fault in FAULTS if fault.file.startswith("returns/")})


@pytest.mark.parametrize("rule", [rule for rule in IN_RETURNS if rule not in ("own-case", "missing-return")])
def test_each_planted_fault_is_found_where_it_was_planted_and_nowhere_else(loaded, rule):
    planted = [fault for fault in FAULTS if fault.rule == rule]
    found = loaded.problems[loaded.problems["rule"] == rule]
    assert len(found) == SEVERAL.get(rule, sum(fault.times for fault in planted))
    assert {fault.file.removeprefix("returns/") for fault in planted} <= set(found["file"])


def test_the_own_case_audit_is_found_before_a_person_takes_it_out(as_sent, loaded):
    found = as_sent.problems[as_sent.problems["rule"] == "own-case"]
    assert (found["audit_id"].tolist(), found["row"].tolist()) == (["consent-2024-11"], [19])
    consent = as_sent.table[as_sent.table["audit_id"] == "consent-2024-11"]
    assert consent["child_ref"].nunique() == TRUTH["consent-2024-11"].returned == 18
    assert (loaded.problems["rule"] == "excluded").sum() == 1


def test_returns_that_never_came_are_told_one_by_one(loaded):
    fault = next(fault for fault in FAULTS if fault.rule == "missing-return")
    found = loaded.problems[(loaded.problems["rule"] == "missing-return") & (loaded.problems["file"] != "")]
    assert len(found) == fault.times == 5 * 24 - sum(AGENCY_RETURNS.values())


def test_every_planted_fault_is_reported_once_and_nothing_else_is_found_wrong_in_the_files(loaded):
    left_out = loaded.problems["rule"] == "left-out"
    found = loaded.problems[(loaded.problems["file"] != "") & ~left_out]
    planted = sum(fault.times for fault in FAULTS if fault.file.startswith("returns/"))
    assert len(found) == planted + SEVERAL["unknown-column"] - 1
    assert not found.duplicated(["file", "sheet", "row", "column"]).any()


def test_every_fault_has_its_own_id_and_stands_in_a_file_that_exists(made):
    assert len({fault.id for fault in FAULTS}) == len(FAULTS)
    assert {fault.file for fault in FAULTS} <= set(made)


def test_the_note_and_the_hidden_sheet_name_a_child_who_is_in_the_return():
    fault = next(fault for fault in FAULTS if fault.id == "F17")
    book = openpyxl.load_workbook(EXAMPLE / fault.file)
    first = book.worksheets[0]
    named = {row[1].value for row in first.iter_rows() if row[1].value}
    notes = [cell.comment.text for row in first.iter_rows() for cell in row if cell.comment]
    assert len(notes) == 1
    assert any(name in notes[0] for name in named)
    hidden = " ".join(str(cell.value) for row in book["lists"].iter_rows() for cell in row if cell.value)
    assert book["lists"].sheet_state == "hidden"
    assert any(name in hidden for name in named)


def test_invented_numbers_lie_in_ranges_that_nobody_has():
    assert NHS_NUMBER.startswith("999")
    assert is_nhs_number(NHS_NUMBER)
    assert re.fullmatch(r"01632 960\d{3}", PHONE)


def test_people_have_names_of_their_own_and_initials_that_tell_them_apart():
    staff = cast(random.Random("2024/people"))
    everybody = [
        *(each.name for each in staff.staff),
        *staff.auditors,
        staff.independent,
        *staff.carers,
        *staff.partners,
    ]
    short = [(name[0], name.split(" ", 1)[1]) for name in everybody]
    assert len(set(everybody)) == len(everybody) == len(set(short))
    assert len({child.ref for child in staff.children}) == len(staff.children)


@pytest.mark.parametrize("seed", [1, 99])
def test_whatever_the_seed_answers_come_to_the_truth(seed):
    for truth in TRUTH.values():
        files = planted_answers(truth, random.Random(seed))
        applies = {each: [f[each] for f in files if f[each] != "not applicable"] for each in truth.results}
        assert {each: len(given) for each, given in applies.items()} == {e: n for e, (_, n) in truth.results.items()}
        for each, given in applies.items():
            assert sum(STANDARDS[each].meets(answer) for answer in given) == truth.results[each][0]


def test_no_return_is_dated_after_the_day_the_example_reports_for(loaded):
    day = date(2024, 11, 21)
    late = loaded.table[loaded.table["audited_on"].dt.date > day]
    assert late.empty
