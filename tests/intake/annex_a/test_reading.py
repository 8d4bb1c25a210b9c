"""Every header variant and trap of a public Annex A, in a workbook the test makes itself."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from ilacs_audit.domain.calendar import working_days
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.annex_a.codes import read_code
from ilacs_audit.intake.annex_a.lists import LISTS, list_of
from ilacs_audit.intake.annex_a.reading import implied_reference_date, load_annex_a
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from tests.intake.annex_a.workbook import HEADERS, HOLIDAYS, REFERENCE, WHO, on, rows, save, who

KEY = b"a key of the tests"
N1 = ("Abuse or neglect", "Abuse, neglect and exploitation", "Abuse, Neglect and Exploitation")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory) -> Path:
    return save(tmp_path_factory.mktemp("annex"), rows())


@pytest.fixture(scope="module")
def lists(workbook):
    return load_annex_a(workbook, as_of=REFERENCE, key=KEY)


def told(loaded, rule: str) -> list[tuple]:
    found = loaded.problems[loaded.problems["rule"] == rule]
    return list(zip(found["row"], found["column"], found["value"], strict=True))


def days(starts: pd.Series, ends: pd.Series) -> list[int]:
    return [working_days(start.date(), end.date(), holidays=HOLIDAYS) for start, end in zip(starts, ends, strict=True)]


def test_all_eleven_lists_come_back_and_what_is_not_there_is_said(lists):
    assert list(lists) == [
        "contacts", "early_help", "referrals", "assessments", "section_47", "children_in_need", "child_protection",
        "children_in_care", "care_leavers", "adoption", "adopters",
    ]  # fmt: skip  # a table, a line a row
    assert {name: len(each.table) for name, each in lists.items() if len(each.table)} == {
        "contacts": 3, "referrals": 2, "assessments": 2, "section_47": 5, "children_in_need": 4,
        "child_protection": 4, "care_leavers": 2, "adoption": 1,
    }  # fmt: skip  # a table, a line a row
    assert lists["early_help"].problems["rule"].tolist() == ["missing list"]
    assert not any((each.problems["severity"] == "error").any() for each in lists.values())


def test_the_reference_date_is_the_one_that_birth_dates_and_ages_imply(workbook):
    implied = implied_reference_date(workbook)
    assert implied.day == REFERENCE
    assert implied.agree == implied.of == 21


def test_another_reference_date_than_the_ages_imply_is_said(workbook):
    other = load_annex_a(workbook, as_of=date(2021, 3, 31), key=KEY)["contacts"]
    assert "16 March 2021, not of 31 March 2021" in other.problems.loc[0, "message"]
    assert told(load_annex_a(workbook, as_of=REFERENCE, key=KEY)["contacts"], "reference date") == []


def test_an_assessment_started_on_a_bank_holiday_took_223_working_days_and_not_222(lists):
    first = lists["assessments"].table.iloc[:1]
    assert days(first["started_on"], first["authorised_on"]) == [223]
    assert np.busday_count("2019-12-26", "2020-11-11", holidays=[str(day) for day in HOLIDAYS]) == 222


def test_a_visit_exactly_ten_working_days_ago_is_the_boundary(lists):
    table = lists["child_protection"].table
    still_open = table[table["ended_on"].isna()]
    ago = days(still_open["visited_on"], pd.Series(pd.Timestamp(REFERENCE), index=still_open.index))
    assert ago == [10, 10]


def test_seen_is_not_seen_alone(lists):
    loaded = lists["child_protection"]
    assert loaded.table["seen_alone"].tolist() == ["yes", "yes", "unknown", "no"]
    assert told(loaded, "not yes or no") == [(4, "seen_alone", "Seen")]


def test_codes_are_read_bare_lettered_with_a_dash_or_as_words(lists):
    contacts = lists["contacts"].table
    assert contacts["gender"].tolist() == ["female", "female", "male"]
    assert contacts["source"].tolist() == ["6", "6", "6"]
    assert lists["child_protection"].table["category"].tolist() == ["physical", "neglect", "neglect", "emotional"]
    assert lists["children_in_need"].table["need"].tolist() == ["", "N1", "N5", "N1"]
    assert lists["children_in_need"].table["closure_reason"].tolist() == ["", "", "RC7", ""]
    assert told(lists["children_in_need"], "not a code") == [(2, "need", "PSRMEM - Support with memory and cognition")]


@pytest.mark.parametrize(
    ("codes", "cell", "code"),
    [
        *(("gender", cell, "male") for cell in ("M", "m", "M - Male", "M: Male", "a) M", "a) Male", "Male")),
        *(("gender", cell, "female") for cell in ("F", "F - Female", "b) F", "b) Female", "female")),
        *(("gender", cell, "unknown") for cell in ("U", "U - Unknown", "c) U", "Unknown")),
        *(("gender", cell, "not stated") for cell in ("c) Not stated/recorded", "Not stated/recorded")),
        *(("need", f"N1{mark}{words}", "N1") for mark in (": ", " - ") for words in N1),
        *(("need", words, "N1") for words in ("N1", *N1)),
        ("gender", "X", None),
    ],
)
def test_todays_codes_are_read_beside_those_of_before(codes, cell, code):
    assert read_code(cell, codes) == code


def test_a_column_headed_sex_is_read_in_every_list_that_has_one(tmp_path):
    found = load_annex_a(save(tmp_path, {1: [[*who(1, "2015-01-25", gender="F"), on("2020-09-16"), "6"]]}, headers={
        1: ["Child Unique ID", "Sex", *HEADERS[1][2:]]}), key=KEY)["contacts"]  # fmt: skip  # a table, a line a row
    assert found.table["gender"].tolist() == ["female"]
    genders = {name: column for name, each in LISTS.items() for column in each.columns if column.name == "gender"}
    assert {name for name, column in genders.items() if "Sex" in column.variants} == set(LISTS)


def test_free_text_in_a_yes_or_no_column_is_unknown(lists):
    assert lists["assessments"].table["support_needed"].tolist() == ["unknown", "yes"]
    assert told(lists["assessments"], "not yes or no") == [(2, "support_needed", "CS Assessment Updated")]


def test_a_name_with_a_non_breaking_or_trailing_space_is_the_same_worker(lists):
    assert lists["referrals"].table["worker_ref"].tolist() == [pseudonym("tess tworker", kind="person", key=KEY)] * 2


def test_a_failed_look_up_is_an_error_that_is_said_and_not_a_team(lists):
    need = lists["children_in_need"]
    assert need.table.loc[0, ["team", "worker_ref"]].tolist() == ["", ""]
    assert told(need, "spreadsheet-error") == [(2, "team", "#N/A"), (2, "worker_ref", "#N/A")]


def test_fractional_ages_become_completed_years_and_are_said_once(lists):
    assert lists["contacts"].table["age"].tolist() == [6, 8, 11]
    assert len(told(lists["contacts"], "fractional age")) == 1
    assert told(lists["adoption"], "fractional age") == []


def test_an_age_without_a_date_of_birth_and_an_adult_among_children_are_said(lists):
    assert told(lists["contacts"], "no date of birth") == [(3, "born_on", "")]
    assert [row for row, *_ in told(lists["children_in_need"], "not a child")] == [2]


def test_an_unborn_child_is_told_from_an_impossible_one(lists):
    assert told(lists["child_protection"], "unborn child") == [(2, "started_on", "2020-11-23")]
    assert told(lists["child_protection"], "before birth") == [(5, "started_on", "2019-06-25")]
    assert told(lists["adoption"], "before birth") == [(2, "entered_care_on", "2001-08-06")]


def test_an_age_written_as_unborn_is_no_age(tmp_path):
    row = [1, "c) Not stated/recorded", "", None, "Unborn/Unknown", on("2020-09-16"), "8: Other"]
    found = load_annex_a(save(tmp_path, {1: [row, [2, *row[1:4], -0.2, *row[5:]]]}), key=KEY)["contacts"]
    assert found.table["age"].isna().all()
    assert told(found, "not a number") == []


def test_a_visit_after_the_plan_ended_is_said(lists):
    assert told(lists["child_protection"], "visit after the end") == [(5, "visited_on", "2020-09-25")]


def test_the_count_of_enquiries_says_which_definition_it_has(lists):
    found = lists["section_47"].problems.query("rule == 'section 47 count'")
    assert len(found) == 1
    assert found.iloc[0]["message"].startswith("2 rows count 0")
    assert "leaving out the enquiry of the row itself" in found.iloc[0]["message"]


def test_a_child_with_two_dates_of_birth_is_said_in_both_lists(lists):
    assert told(lists["care_leavers"], "two dates of birth") == [(2, "born_on", "2002-08-07")]
    assert told(lists["adoption"], "two dates of birth") == [(2, "born_on", "2002-02-13")]


def test_the_older_care_leavers_list_of_13_columns_is_read_and_says_what_it_lacks(lists):
    leavers = lists["care_leavers"]
    assert leavers.table["eligibility"].tolist() == ["former relevant", "qualifying"]
    assert leavers.table["in_touch"].tolist() == ["yes", "nreq"]
    assert leavers.table["accommodation"].tolist() == ["U", ""]
    assert leavers.table["activity"].tolist() == ["F1", "G5"]
    assert len([each for each in leavers.problems["rule"] if each == "missing-column"]) == 4


def test_a_column_that_is_blank_in_every_row_is_said(lists):
    assert "adopted_on" in [column for _, column, _ in told(lists["adoption"], "empty column")]


def test_no_birth_date_name_or_postcode_is_in_a_table(lists):
    text = " ".join(each.table.to_csv() for each in lists.values())
    assert not [each for each in ("2015-01-25", "Tworker", "tworker", ",101,", "Ez") if each in text]
    assert "born_on" not in " ".join(column for each in lists.values() for column in each.table.columns)


def test_messages_hold_no_value(lists):
    said = " ".join(
        each.problems["message"].str.cat(sep=" ") + each.problems["fix"].str.cat(sep=" ") for each in lists.values()
    )
    assert not [each for each in ("PSRMEM", "CS Assessment", "2002-02-13") if each in said]


def test_children_and_workers_join_across_lists_and_registers(lists):
    assert set(lists["care_leavers"].table["child_ref"]) & set(lists["adoption"].table["child_ref"])
    assert lists["contacts"].table.loc[0, "child_ref"] == pseudonym("101", kind="child", key=KEY)


def test_headers_run_together_a_row_above_and_dashes_for_blanks_are_read(tmp_path):
    body = rows()[7]
    body[1][11] = body[1][12] = "-"
    headers = {7: [*HEADERS[7]]}
    headers[7][9] = "DateOfLastStatutoryVisit"
    headers[7][10] = "ChildSeenAlone"
    path = save(tmp_path, {7: body}, headers=headers, above=("ChAT 2024", ""), squeeze=True)
    loaded = load_annex_a(path, key=KEY)["child_protection"]
    assert len(loaded.table) == 4
    assert told(loaded, "missing-column") == []
    assert loaded.table["ended_on"].isna().tolist() == [False, True, True, False]
    assert told(loaded, "unborn child") == [(4, "started_on", "2020-11-23")]


@pytest.mark.parametrize("quotes", ["‘’", "''"])
@pytest.mark.parametrize("closing", ["(Y/N))", "(Y/N)"])
def test_the_headers_of_children_in_care_in_both_spellings(tmp_path, quotes, closing):
    first, last = quotes
    header = [
        *WHO, f"Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months {closing}", "LoookedAfterStartDate",
        f"Number of Episodes the Child has been {first}Missing{last} from their Placement in the last 12 months",
        "Placement postcode", "URN of Placement", "LA of Placement", "Placement Provider",
    ]  # fmt: skip  # a table, a line a row
    row = [
        *who(1, "2009-01-01"),
        "b) No",
        on("2014-09-12"),
        3,
        "nope",
        "12-A",
        "Home Town",
        "e) PR4 - Private provision",
    ]
    loaded = load_annex_a(save(tmp_path, {8: [row]}, headers={8: header}), key=KEY)["children_in_care"]
    found = loaded.table.iloc[0]
    assert (found["uasc"], found["missing_episodes"], found["provider"]) == ("no", 3, "PR4")
    assert found["started_on"] == pd.Timestamp("2014-09-12")
    assert told(loaded, "unknown-column") == []
    assert told(loaded, "not a postcode") == [(2, "placement_postcode", "nope")]
    assert told(loaded, "not a URN") == [(2, "placement_urn", "12-A")]
    assert told(loaded, "not a code of an authority") == [(2, "placement_authority", "Home Town")]
    assert "nope" not in loaded.table.to_csv()


def test_a_header_is_matched_as_a_whole_so_stage_is_not_age(tmp_path):
    header = [
        "Individual adopter identifier",
        "Family identifier",
        "Date Stage 1 started",
        "Language",
        "Reason for leaving adoption process",
    ]
    loaded = load_annex_a(
        save(tmp_path, {11: [[7, 9001, on("2020-01-02"), "English", 1]]}, headers={11: header}), key=KEY
    )
    found = loaded["adopters"].table.iloc[0]
    assert (found["stage_1_started_on"], found["left_reason"]) == (pd.Timestamp("2020-01-02"), "1")
    assert [column for _, column, _ in told(loaded["adopters"], "unknown-column")] == ["Language"]


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("List 5", "section_47"), ("list_5", "section_47"), ("Sec47 and ICPC", "section_47"), ("Contacts", "contacts"),
        ("Early Help", "early_help"), ("Children in Need", "children_in_need"), ("10. Adoption", "adoption"),
        ("Child Protection", "child_protection"), ("List 11 Adopters", "adopters"), ("Annex A List 1", "contacts"),
        ("2024 figures", ""), ("Listing", ""),
    ],
)  # fmt: skip  # a table, a line a row
def test_a_sheet_is_known_by_number_or_name(sheet, name):
    assert list_of(sheet) == name


def test_a_sheet_with_another_name_is_known_by_its_headers(tmp_path):
    path = save(tmp_path, {4: rows()[4], 5: rows()[5]}, names={4: "Tab A", 5: "Tab B"})
    loaded = load_annex_a(path, key=KEY)
    assert (len(loaded["assessments"].table), len(loaded["section_47"].table)) == (2, 5)


def test_two_sheets_of_one_list_are_refused_with_both_names(tmp_path):
    path = save(tmp_path, {1: rows()[1], 3: rows()[3]}, names={3: "Contacts"})
    with pytest.raises(ReturnsError, match="'List 1' and 'Contacts'"):
        load_annex_a(path, key=KEY)


def test_a_workbook_that_is_no_annex_a_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Something", "else"])
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(ReturnsError, match="No sheet is a list"):
        load_annex_a(tmp_path / "other.xlsx", key=KEY)


def test_a_date_after_the_reference_date_is_said(tmp_path):
    row = [*who(101, "2015-01-25"), REFERENCE + timedelta(days=9), "6: Police"]
    found = load_annex_a(save(tmp_path, {1: [row]}), as_of=REFERENCE, key=KEY)["contacts"]
    assert told(found, "date in the future") == [(2, "contacted_on", "2021-03-25")]


def test_every_list_has_a_child_or_an_adopter_and_no_header_twice():
    from ilacs_audit.intake.annex_a.lists import KEYS, squeezed

    for each in LISTS.values():
        names = [column.name for column in each.columns]
        spellings = [squeezed(text) for column in each.columns for text in {column.header, *column.variants}]
        assert set(names) & set(KEYS)
        assert len(names) == len(set(names))
        assert len(spellings) == len(set(spellings))
    assert [len(each.columns) for each in LISTS.values()] == [7, 8, 11, 12, 14, 14, 17, 34, 17, 16, 19]
