"""Registers come in with whatever headings and spellings they have, and never with a name."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.schemas import SIDE_TABLES
from ilacs_audit.intake import loading
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.loading import load_register
from ilacs_audit.intake.registers.fields import REGISTERS, names_of
from ilacs_audit.intake.tables.columns import ColumnMap

KEY = b"a key of the tests"
VISITS = "Child ID,Team,Worker,Plan type,Visit date,Date recorded,Seen,Seen alone\n"


def put(evidence: Path, name: str, text: str, *, encoding: str = "utf-8") -> Path:
    folder = evidence / "registers"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return evidence


def load(evidence: Path, name: str = "visits", **options):
    return load_register(name, evidence, key=KEY, **options)


def rules(loaded) -> list[tuple]:
    found = loaded.problems
    return list(zip(found["severity"], found["rule"], found["row"], found["column"], strict=True))


def test_every_register_has_a_loader_with_the_columns_of_its_side_table(tmp_path):
    for name, columns in SIDE_TABLES.items():
        loaded = getattr(loading, f"load_{name}")(tmp_path, key=KEY)
        assert tuple(loaded.table.columns) == columns
        assert loaded.table.empty
        assert rules(loaded)[0][:2] == ("warning", "missing register")


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_a_register_under_its_plain_column_names_comes_back_whole(tmp_path, name):
    cells = {
        "plan": "CPP",
        "date": "18/11/2024",
        "moment": "18/11/2024 14:30",
        "yes_no": "Y",
        "count": "7",
        "risk": "H",
        "age_band": "5-9",
        "disability": "Autism",
        "ethnicity": "WBRI",
    }
    row = {column: cells.get(field.kind, f"{column} 1") for column, field in REGISTERS[name].items()}
    put(tmp_path, f"{name}.csv", ",".join(row) + "\n" + ",".join(row.values()) + "\n")
    loaded = load(tmp_path, name)
    assert rules(loaded) == []
    found = loaded.table.iloc[0]
    for column, field in REGISTERS[name].items():
        expected = {
            "date": pd.Timestamp("2024-11-18"),
            "moment": pd.Timestamp("2024-11-18 14:30"),
            "yes_no": "yes",
            "count": 7,
            "plan": "CPP",
            "risk": "high",
            "age_band": "5-9",
            "disability": "Autism",
            "ethnicity": "WBRI",
            "contact": f"{column} 1",
            "text": f"{column} 1",
        }
        if field.kind in expected:
            assert found[column] == expected[field.kind], column
        else:
            assert found[column].startswith({"child": "C-", "person": "P-", "request": "R-"}[field.kind])


def test_no_two_columns_of_a_register_answer_to_one_heading():
    for name, fields in REGISTERS.items():
        plain = {column.replace("_", " ") for column in fields}
        told = [heading.replace("_", " ") for column in fields for heading in names_of(column)]
        twice = {heading for heading in told if told.count(heading) > 1} - plain
        assert not twice, f"{name}: {twice}"


def test_headings_are_known_in_any_case_spacing_or_export(tmp_path):
    put(
        tmp_path,
        "visits.csv",
        "CHILD_REF;allocated team;Social Worker;plan;Date of visit;Recorded;Child  seen;Seen_Alone\n"
        "12;Duty;A Smith;CP;18/11/2024;19/11/2024;Yes;b) No\n",
    )
    table = load(tmp_path).table
    assert table.loc[0, "visited_on"] == pd.Timestamp("2024-11-18")
    assert table.loc[0, ["team", "plan_type", "seen", "seen_alone"]].tolist() == ["Duty", "CP", "yes", "no"]


def test_dates_are_british_or_iso_and_what_needs_guessing_is_set_aside(tmp_path):
    rows = ["03/12/2024", "2024-12-03", "45629", "03/12/2024 10:30", "13/12/2024", "31/11/2024", "3rd Dec 24"]
    body = "".join(f"{place},Duty,w,CP,{each},,,\n" for place, each in enumerate(rows))
    loaded = load(put(tmp_path, "visits.csv", VISITS + body))
    assert loaded.table["visited_on"].tolist() == [pd.Timestamp("2024-12-03")] * 4 + [pd.Timestamp("2024-12-13")]
    assert rules(loaded) == [("error", "not a date", row, "visited_on") for row in (7, 8)]
    assert loaded.problems["value"].tolist() == ["31/11/2024", "3rd Dec 24"]


def test_a_column_with_the_month_first_is_read_so_and_said_once(tmp_path):
    rows = ["12/03/2024", "12/31/2024", "12/30/2024"]
    body = "".join(f"{place},Duty,w,CP,{each},,,\n" for place, each in enumerate(rows))
    loaded = load(put(tmp_path, "visits.csv", VISITS + body))
    assert loaded.table["visited_on"].dt.strftime("%d/%m").tolist() == ["03/12", "31/12", "30/12"]
    assert rules(loaded) == [("warning", "date-order", 2, "visited_on")]


def test_a_bad_date_that_is_not_needed_keeps_its_row_and_says_so(tmp_path):
    loaded = load(put(tmp_path, "visits.csv", VISITS + "1,Duty,w,CP,18/11/2024,soon,,\n"))
    assert loaded.table["recorded_on"].isna().tolist() == [True]
    assert rules(loaded) == [("warning", "not a date", 2, "recorded_on")]


def test_a_plan_that_is_not_known_is_told_and_the_known_ones_are_not(tmp_path):
    words = ["CPP", "Child Protection", "child in need", "LAC", "", "step up"]
    body = "".join(f"{place},Duty,w,{each},18/11/2024,,,\n" for place, each in enumerate(words))
    loaded = load(put(tmp_path, "visits.csv", VISITS + body))
    assert len(loaded.table) == 6
    assert rules(loaded) == [("warning", "plan not known", place, "plan_type") for place in (6, 7)]


def test_a_record_before_its_visit_is_told_and_keeps_its_row(tmp_path):
    body = "1,Duty,w,CP,18/11/2024,15/11/2024,,\n2,Duty,w,CP,18/11/2024,18/11/2024,,\n"
    loaded = load(put(tmp_path, "visits.csv", VISITS + body))
    assert rules(loaded) == [("warning", "before its beginning", 2, "recorded_on")]
    assert len(loaded.table) == 2


def test_yes_and_no_are_folded_and_what_is_neither_is_unknown(tmp_path):
    words = ["Y", "TRUE", "1", "a) Yes", "n", "False", "", "-", "Unknown", "Seen"]
    body = "".join(f"{place},Duty,w,CP,18/11/2024,,,{each}\n" for place, each in enumerate(words))
    loaded = load(put(tmp_path, "visits.csv", VISITS + body))
    assert loaded.table["seen_alone"].tolist() == ["yes"] * 4 + ["no"] * 2 + ["", "", "unknown", "unknown"]
    assert rules(loaded) == [("warning", "not yes or no", 11, "seen_alone")]


def test_what_is_no_whole_number_is_left_empty_and_said(tmp_path):
    put(
        tmp_path,
        "survey.csv",
        "survey_id,on,sent,returned,question,positive\nS1,18/11/2024,40,about 12,Q1,9\nS2,18/11/2024,40,12,Q1,9\n",
    )
    loaded = load(tmp_path, "survey")
    assert loaded.table["returned"].isna().tolist() == [True, False]
    assert rules(loaded) == [("warning", "not a number", 2, "returned")]


def test_the_same_child_and_worker_are_the_same_pseudonym_as_in_the_answers(tmp_path):
    put(tmp_path, "visits.csv", VISITS + 'Ref 0038586\xa0,Duty,"Collins, Jonathan",CP,18/11/2024,,,\n')
    found = load(tmp_path).table.iloc[0]
    assert found["child_ref"] == pseudonym("0038586", kind="child", key=KEY)
    assert found["worker_ref"] == pseudonym("jonathan collins", kind="person", key=KEY)


def test_a_worker_is_the_same_person_in_training_and_in_visits(tmp_path):
    put(tmp_path, "visits.csv", VISITS + "1,Duty,Ann Lee,CP,18/11/2024,,,\n")
    put(
        tmp_path,
        "training.csv",
        "event_id,course,on,team,person,role,booked,attended\nE1,c,18/11/2024,Duty,ann lee,,y,y\n",
    )
    assert load(tmp_path).table["worker_ref"].tolist() == load(tmp_path, "training").table["person_ref"].tolist()


def test_no_value_of_a_person_is_in_a_table_or_a_message(tmp_path):
    put(
        tmp_path,
        "visits.csv",
        VISITS.replace("Team", "Child name,Team") + "998877,Zebedee Quill,Duty,Ida Vane,CP,never,,,\n",
    )
    loaded = load(tmp_path)
    told = loaded.table.to_csv() + loaded.problems[["message", "fix"]].to_csv()
    assert not [name for name in ("998877", "Zebedee", "Quill", "Ida", "Vane", "never") if name in told]


def test_a_row_without_what_it_needs_is_set_aside_and_the_others_are_kept(tmp_path):
    loaded = load(put(tmp_path, "visits.csv", VISITS + ",Duty,w,CP,18/11/2024,,,\n2,Duty,w,CP,18/11/2024,,,\n"))
    assert len(loaded.table) == 1
    assert rules(loaded) == [("error", "missing value", 2, "child_ref")]


def test_a_row_that_stands_twice_counts_once(tmp_path):
    loaded = load(put(tmp_path, "visits.csv", VISITS + "2,Duty,w,CP,18/11/2024,,,\n" * 2))
    assert len(loaded.table) == 1
    assert rules(loaded) == [("error", "duplicate row", 3, "child_ref")]


def test_a_list_has_each_child_once_and_another_audit_may_have_it_too(tmp_path):
    rows = "a,1,North\na,2,North\na,1,South\nb,1,South\na,2,North\n"
    loaded = load(put(tmp_path, "population.csv", "audit_id,child_ref,team\n" + rows), "population")
    assert loaded.table[["audit_id", "team"]].to_numpy().tolist() == [["a", "North"], ["a", "North"], ["b", "South"]]
    assert rules(loaded) == [
        ("error", "duplicate row", 6, "audit_id"),
        ("error", "duplicate row", 4, "child_ref"),
    ]


def test_a_visit_after_the_day_the_table_speaks_for_is_doubted_but_kept(tmp_path):
    loaded = load(put(tmp_path, "visits.csv", VISITS + "2,Duty,w,CP,18/11/2042,,,\n"), as_of=date(2024, 11, 30))
    assert len(loaded.table) == 1
    assert rules(loaded) == [("warning", "date in the future", 2, "visited_on")]


def test_a_training_session_still_to_come_is_not_doubted(tmp_path):
    put(
        tmp_path,
        "training.csv",
        "event_id,course,on,team,person_ref,role,booked,attended\nE1,c,18/02/2025,Duty,A B,,y,\n"
        "E0,c,18/11/2024,Duty,A B,,y,y\n",
    )
    assert rules(load(tmp_path, "training", as_of="2024-11-30")) == []


def test_a_workbook_with_title_rows_blank_rows_and_real_dates_is_read(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Visits exported from the case system"])
    sheet.append([])
    sheet.append(["Child ID", "Team", "Worker", "Plan type", "Visit date", "Recorded", "Seen", "Seen alone"])
    sheet.append(
        [
            6537810.0,
            "Duty",
            "A\xa0B",
            "CP",
            datetime.fromisoformat("2024-11-18T00:00"),
            datetime.fromisoformat("2024-11-19T09:30"),
            True,
            False,
        ]
    )
    sheet.append([])
    sheet.append(["0123", "Duty", "#N/A", "CP", datetime.fromisoformat("2024-11-18T00:00"), None, "Yes", "No"])
    (tmp_path / "registers").mkdir()
    book.save(tmp_path / "registers" / "visits.xlsx")
    loaded = load(tmp_path)
    assert rules(loaded) == []
    assert loaded.table["child_ref"].tolist() == [pseudonym(ref, kind="child", key=KEY) for ref in ("6537810", "0123")]
    assert loaded.table["worker_ref"].tolist() == [pseudonym("a b", kind="person", key=KEY), ""]
    assert loaded.table["recorded_on"].tolist() == [pd.Timestamp("2024-11-19"), pd.NaT]
    assert loaded.table["seen"].tolist() == ["yes", "yes"]


def test_parquet_is_read_like_a_csv(tmp_path):
    (tmp_path / "registers").mkdir()
    table = pd.DataFrame({"child_ref": ["1", "2"], "cohort": "CP", "age": 3, "attended": True, "matched": [None, True]})
    table.to_parquet(tmp_path / "registers" / "attendance.parquet")
    found = load(tmp_path, "attendance").table.iloc[0]
    assert (found["age"], found["attended"], found["matched"]) == (3, "yes", "")


def test_a_csv_from_excel_on_windows_keeps_its_letters(tmp_path):
    put(tmp_path, "visits.csv", VISITS + "2,Zoë’s team,w,CP,18/11/2024,,,\n", encoding="cp1252")
    assert load(tmp_path).table["team"].tolist() == ["Zoë’s team"]


def test_a_column_that_is_missing_or_strange_is_said_once(tmp_path):
    loaded = load(put(tmp_path, "visits.csv", "Child ID,Visit date,Weather\n2,18/11/2024,wet\n"))
    assert len(loaded.table) == 1
    assert ("warning", "unknown-column", 1, "Weather") in rules(loaded)
    assert [column for _, rule, _, column in rules(loaded) if rule == "missing-column"] == [
        "team",
        "worker_ref",
        "plan_type",
        "recorded_on",
        "seen",
        "seen_alone",
    ]


def test_a_needed_column_that_is_missing_refuses_the_register_and_names_it(tmp_path):
    with pytest.raises(ReturnsError, match=r"visited_on.*visits\.csv"):
        load(put(tmp_path, "visits.csv", "Child ID,Team\n2,Duty\n"))


def test_two_columns_of_one_meaning_are_refused(tmp_path):
    with pytest.raises(ReturnsError, match="Two columns"):
        load(put(tmp_path, "visits.csv", "Child ID,Child,Visit date\n2,3,18/11/2024\n"))


def test_two_files_of_one_register_are_refused_with_both_names(tmp_path):
    put(tmp_path, "visits.csv", VISITS)
    with pytest.raises(ReturnsError, match=r"visits\.csv and visits\.txt"):
        load(put(tmp_path, "visits.txt", VISITS))


def test_a_header_alone_is_an_empty_table_of_the_right_kinds(tmp_path):
    table = load(put(tmp_path, "visits.csv", VISITS)).table
    assert table.empty
    assert str(table["visited_on"].dtype) == "datetime64[ns]"


def test_teams_get_the_names_they_have_in_the_returns(tmp_path):
    columns = ColumnMap(teams={"Duty & Assessment 1": ("DAAT1",)})
    put(tmp_path, "visits.csv", VISITS + "2,daat1,w,CP,18/11/2024,,,\n3,Other,w,CP,18/11/2024,,,\n")
    assert load(tmp_path, columns=columns).table["team"].tolist() == ["Duty & Assessment 1", "Other"]


def test_without_a_key_nothing_is_read(tmp_path, monkeypatch):
    monkeypatch.delenv("ILACS_AUDIT_KEY", raising=False)
    with pytest.raises(ReturnsError, match="no key"):
        loading.load_visits(put(tmp_path, "visits.csv", VISITS))


def test_what_a_report_prints_under_a_register_is_nobody_and_is_told_once(tmp_path):
    feet = "Total,,,,,\nGrand Total: 2,,,,,\nPage -1 of 1,,,,,\n,Report run 21/11/2024,,,,\n"
    rows = "0001001,Total Place,A,CP,21/09/2024,\n0001002,Sum,B,CP,22/09/2024,\n"
    heads = "Child ID,Team,Worker,Plan type,Opened on,Closed on\n"
    loaded = load(put(tmp_path, "cases.csv", heads + rows + feet), "cases")
    assert loaded.table["team"].tolist() == ["Total Place", "Sum"]
    assert [each for each in rules(loaded) if each[1] != "missing-column"] == [("warning", "left-out", 7, "")]
    assert "rows 4, 5, 6 and 7" in loaded.problems.query("rule == 'left-out'")["message"].iloc[0]


def test_a_person_alone_in_a_line_of_the_workforce_is_a_person(tmp_path):
    loaded = load(put(tmp_path, "workforce.csv", "Person,Team,Role\nEli Eden,,\nTotal,,\nMean Sarah,,\n"), "workforce")
    assert len(loaded.table) == 2


def test_that_zeros_and_the_order_of_dates_were_read_is_said_whatever_else_their_first_row_breaks(tmp_path):
    rows = "12345,Duty,w,CP,12/31/2024,,,\n" * 2 + "0012346,Duty,w,CP,12/30/2024,,,\n"
    loaded = load(put(tmp_path, "visits.csv", VISITS + rows), as_of="2024-12-01")
    told = sorted((rule, row) for _, rule, row, _ in rules(loaded))
    assert told[:3] == [("date in the future", 2), ("date in the future", 3), ("date in the future", 4)]
    assert told[3:] == [("date-order", 2), ("duplicate row", 3), ("mixed-reference", 2)]


def test_words_that_differ_in_case_and_spaces_alone_are_one_label_in_the_spelling_that_most_rows_have(tmp_path):
    heading = "event_id,course,on,team,person_ref,role,booked,attended\n"
    said = [("neglect ", "HUB ONE"), ("Neglect", "Hub One"), ("NEGLECT", "Hub  One"), (" Neglect", "hub one")]
    lines = [
        f"e{place},{course},2024-10-0{place + 1},{team},P{place},,yes,yes" for place, (course, team) in enumerate(said)
    ]
    table = load(put(tmp_path, "training.csv", heading + "\n".join(lines)), "training").table
    assert (set(table["course"]), set(table["team"])) == ({"Neglect"}, {"Hub One"})


def test_of_two_spellings_that_are_as_many_the_first_stays(tmp_path):
    visits = "C1,North hub,W,cin,2024-11-04,,,\nC2,North Hub,W,CIN,2024-11-04,,,\n"
    table = load(put(tmp_path, "visits.csv", VISITS + visits)).table
    assert (set(table["team"]), set(table["plan_type"])) == ({"North hub"}, {"cin"})


@pytest.mark.parametrize("said", ["ongoing", "Still open", "not yet held", "TBC", "never", "Awaiting", "on-going"])
def test_a_word_that_says_that_the_end_has_not_come_leaves_it_open_and_takes_no_row_away(tmp_path, said):
    text = f"Child ID,Plan type,Start date,Completion date\n0000012,CP,04/11/2024,{said}\n"
    loaded = load_register("cases", put(tmp_path, "cases.csv", text), key=KEY)
    assert loaded.table["closed_on"].isna().tolist() == [True]
    assert "not a date" not in set(loaded.problems["rule"])


@pytest.mark.parametrize("said", ["not recorded", "31/02/2024", "?", "not sure"])
def test_an_end_that_nobody_can_read_sets_its_row_aside_and_is_told(tmp_path, said):
    text = f"Child ID,Plan type,Start date,Completion date\n0000012,CP,04/11/2024,{said}\n"
    loaded = load_register("cases", put(tmp_path, "cases.csv", text), key=KEY)
    assert loaded.table.empty
    assert ("error", "not a date", 2, "closed_on") in rules(loaded)


def test_a_band_a_group_or_a_disability_that_nobody_understands_is_kept_and_told(tmp_path):
    rows = "1,5-9,yes,A1 - White British", "2,05/09/2024,no,WBRI", "3,,Purple,A1", "4,Not stated,N/K,REFU"
    rows += ("5,16+,LD and autism,Cornish",)
    put(tmp_path, "cases.csv", "\n".join(("child_ref,age_band,disability,ethnicity", *rows)) + "\n")
    loaded = load(tmp_path, "cases")
    found = [each for each in rules(loaded) if "not known" in each[1]]
    assert found == [
        ("warning", "age band not known", 3, "age_band"),
        ("warning", "ethnic group not known", 4, "ethnicity"),
        ("warning", "disability not known", 4, "disability"),
    ]
    assert len(loaded.table) == 5
