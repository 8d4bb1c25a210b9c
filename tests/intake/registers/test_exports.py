"""A register that nobody keeps by itself is filled from the tables of a data model, or from an Annex A."""

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from ilacs_audit.analysis.registers.visits import visit_timeliness
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.measures import rows as measure_rows
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.loading import load_register
from ilacs_audit.intake.registers.exports import register_files
from ilacs_audit.intake.registers.identifiers import register_identifiers
from ilacs_audit.intake.workspace import load_workspace
from tests.intake.annex_a.workbook import HEADERS, REFERENCE, rows, save

KEY = b"a key of the tests"

# Every column of these tables of data-to-insight/ssd-data-model at commit 4987c73, from data/objects/*.yml.
MODEL = """
ssd_cp_plans = cppl_cp_plan_id cppl_referral_id cppl_icpc_id cppl_person_id cppl_cp_plan_start_date
    cppl_cp_plan_end_date cppl_cp_plan_initial_category cppl_cp_plan_ola cppl_cp_plan_latest_category
ssd_cin_plans = cinp_cin_plan_id cinp_referral_id cinp_person_id cinp_cin_plan_start_date cinp_cin_plan_end_date
    cinp_cin_plan_team cinp_cin_plan_worker_id
ssd_cla_episodes = clae_cla_episode_id clae_person_id clae_cla_episode_start_date clae_cla_episode_start_reason
    clae_cla_primary_need_code clae_cla_episode_ceased_date clae_cla_episode_ceased_reason clae_cla_id
    clae_referral_id clae_cla_placement_id clae_entered_care_date clae_cla_last_iro_contact_date
ssd_cp_visits = cppv_cp_visit_id cppv_person_id cppv_cp_plan_id cppv_cp_visit_date cppv_cp_visit_seen
    cppv_cp_visit_seen_alone cppv_cp_visit_bedroom
ssd_cin_visits = cinv_cin_visit_id cinv_person_id cinv_cin_visit_date cinv_cin_visit_seen cinv_cin_visit_seen_alone
    cinv_cin_visit_bedroom
ssd_cla_visits = clav_cla_visit_id clav_cla_id clav_person_id clav_cla_visit_date clav_cla_visit_seen
    clav_cla_visit_seen_alone
ssd_cin_assessments = cina_assessment_id cina_person_id cina_referral_id cina_assessment_start_date
    cina_assessment_child_seen cina_assessment_auth_date cina_assessment_outcome_json cina_assessment_outcome_nfa
    cina_assessment_team cina_assessment_worker_id
ssd_initial_cp_conference = icpc_icpc_id icpc_icpc_meeting_id icpc_s47_enquiry_id icpc_person_id icpc_cp_plan_id
    icpc_referral_id icpc_icpc_transfer_in icpc_icpc_target_date icpc_icpc_date icpc_icpc_outcome_cp_flag
    icpc_icpc_outcome_json icpc_icpc_team icpc_icpc_worker_id
ssd_s47_enquiry = s47e_s47_enquiry_id s47e_referral_id s47e_person_id s47e_s47_start_date s47e_s47_end_date s47e_s47_nfa
    s47e_s47_outcome_json s47e_s47_completed_by_worker_id s47e_s47_completed_by_team
ssd_professionals = prof_professional_id prof_staff_id prof_professional_name prof_social_worker_registration_no
    prof_professional_job_title prof_professional_caseload prof_professional_department
    prof_full_time_equivalency prof_agency_worker_flag
ssd_care_leavers = clea_table_id clea_person_id clea_care_leaver_eligibility clea_care_leaver_in_touch
    clea_care_leaver_latest_contact clea_care_leaver_accommodation clea_care_leaver_accom_suitable
    clea_care_leaver_activity clea_pathway_plan_review_date clea_care_leaver_personal_advisor
    clea_care_leaver_allocated_team clea_care_leaver_worker_id
ssd_missing = miss_table_id miss_la_person_id miss_mis_epi_start miss_mis_epi_type miss_mis_epi_end
    miss_mis_epi_rhi_offered miss_mis_epi_rhi_accepted
"""
COLUMNS = {
    table: names.split()
    for table, _, names in (line.partition(" = ") for line in MODEL.strip().replace("\n    ", " ").splitlines())
}
DAY = "2024-11-05 00:00:00"


def put(evidence: Path, **tables: list[dict[str, str]]) -> Path:
    """Tables with every column of the model, filled where the test says what with."""
    (evidence / "registers").mkdir(exist_ok=True)
    for table, body in tables.items():
        assert {name for row in body for name in row} <= {*COLUMNS[table]}
        frame = pd.DataFrame([{**dict.fromkeys(COLUMNS[table], ""), **row} for row in body], columns=COLUMNS[table])
        frame.to_csv(evidence / "registers" / f"{table}.csv", index=False)
    return evidence


def load(evidence: Path, name: str):
    return load_register(name, evidence, key=KEY)


def ref(child: str) -> str:
    return pseudonym(child, kind="child", key=KEY)


def visit(prefix: str, child: str, **more: str) -> dict[str, str]:
    table = {"cppv": "cp", "cinv": "cin", "clav": "cla"}[prefix]
    told = {"date": DAY, "seen": "Y", "seen_alone": "N"} | more
    return {f"{prefix}_person_id": child} | {f"{prefix}_{table}_visit_{name}": each for name, each in told.items()}


def test_the_visit_log_is_filled_from_the_three_tables_of_visits_each_with_its_plan(tmp_path):
    put(
        tmp_path,
        ssd_cp_visits=[visit("cppv", "0000101"), visit("cppv", "0000102", seen_alone="Y")],
        ssd_cin_visits=[visit("cinv", "0000103", seen="N", seen_alone="")],
        ssd_cla_visits=[visit("clav", "0000104")],
    )
    loaded = load(tmp_path, "visits")
    found = loaded.table.set_index("child_ref")
    assert found["plan_type"].to_dict() == {
        ref("0000101"): "child protection", ref("0000102"): "child protection",
        ref("0000103"): "child in need", ref("0000104"): "care",
    }  # fmt: skip  # a table, a line a row
    assert found["seen"].tolist() == ["yes", "yes", "no", "yes"]
    assert found["seen_alone"].tolist() == ["no", "yes", "", "no"]
    assert set(found["visited_on"]) == {pd.Timestamp("2024-11-05")}
    assert not (loaded.problems["rule"] == "unknown-column").any()  # the model's other columns are nobody's fault


def test_assessments_cases_and_the_workforce_are_filled_from_their_tables(tmp_path):
    put(
        tmp_path,
        ssd_cin_assessments=[
            {"cina_person_id": "0000101", "cina_assessment_start_date": DAY, "cina_assessment_child_seen": "Y"}
            | {"cina_assessment_auth_date": "2024-12-20 00:00:00", "cina_assessment_team": "T1"}
            | {"cina_assessment_worker_id": "W7788"},
        ],
        ssd_cp_plans=[{"cppl_person_id": "0000101", "cppl_cp_plan_start_date": DAY, "cppl_cp_plan_end_date": DAY}],
        ssd_cin_plans=[{"cinp_person_id": "0000102", "cinp_cin_plan_start_date": DAY, "cinp_cin_plan_team": "T1"}],
        ssd_cla_episodes=[{"clae_person_id": "0000103", "clae_cla_episode_start_date": DAY}],
        ssd_professionals=[{"prof_staff_id": "S1", "prof_professional_job_title": "Social Worker"}],
    )
    (assessment,) = load(tmp_path, "assessments").table.to_dict("records")
    assert (assessment["team"], assessment["seen"]) == ("T1", "yes")
    assert assessment["authorised_on"] - assessment["started_on"] == pd.Timedelta(days=45)
    cases = load(tmp_path, "cases").table
    assert cases["plan_type"].tolist() == ["child protection", "child in need", "care"]
    assert cases["closed_on"].notna().tolist() == [True, False, False]
    assert load(tmp_path, "workforce").table["role"].tolist() == ["Social Worker"]
    assert {"0000101", "W7788"} <= register_identifiers(tmp_path)  # finished pages are searched for them


def test_care_leavers_and_missing_episodes_are_filled_from_their_tables(tmp_path):
    leaver = {"person_id": "0000101", "pathway_plan_review_date": DAY}
    told = {"in_touch": "YES", "latest_contact": DAY, "activity": "F4", "allocated_team": "T1"}
    put(
        tmp_path,
        ssd_care_leavers=[
            {f"clea_{name}": each for name, each in leaver.items()}
            | {f"clea_care_leaver_{name}": each for name, each in told.items()}
            | {"clea_care_leaver_personal_advisor": "Pat Workerson"}
        ],
        ssd_missing=[
            {"miss_la_person_id": "0000102", "miss_mis_epi_start": DAY, "miss_mis_epi_rhi_offered": "Y"},
        ],
    )
    (row,) = load(tmp_path, "care_leavers").table.to_dict("records")
    assert (row["in_touch"], row["activity"], row["team"]) == ("YES", "F4", "T1")
    assert row["plan_reviewed_on"] == row["contacted_on"] == pd.Timestamp("2024-11-05")
    (row,) = load(tmp_path, "missing").table.to_dict("records")
    assert (row["interview_offered"], row["interview_accepted"]) == ("yes", "")
    assert row["began_on"] == pd.Timestamp("2024-11-05")
    assert "Pat Workerson" in register_identifiers(tmp_path)  # finished pages are searched for an adviser too


EPISODES = "Number of Episodes the Child has been \u2018Missing\u2019 from their Placement in the last 12 months"
OFFERED = "Was the child offered a Return Interview after their last missing episode (Y/N)?"
ACCEPTED = "Did the child accept a Return Interview after their last missing episode (Y/N)?"


def test_whoever_went_missing_is_on_list_8_and_the_older_list_9_has_no_dates(tmp_path):
    (tmp_path / "registers").mkdir()
    path = save(tmp_path / "registers", rows())
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("List 8")
    sheet.append(["Child Unique ID", "Date Ceased to be Looked After", EPISODES, OFFERED, ACCEPTED, "Allocated Team"])
    for row in (
        ("0000301", None, 2, "a) Yes", "b) No", "T1"),
        ("0000302", None, 0, None, None, "T1"),
        ("0000303", None, None, None, None, "T1"),
        ("0000304", date(2021, 3, 1), 1, "b) No", None, "T1"),
    ):
        sheet.append(row)
    book.save(path)
    missing = load(tmp_path, "missing").table
    assert missing["child_ref"].tolist() == [ref("0000301"), ref("0000304")]
    assert missing["interview_offered"].tolist() == ["yes", "no"]
    leavers = load(tmp_path, "care_leavers").table
    assert leavers["in_touch"].tolist() == ["a) Yes", "NREQ"]
    assert leavers[["plan_reviewed_on", "contacted_on"]].isna().all(axis=None)


def conference(child: str, enquiry: str, held: str = "2024-11-19 00:00:00") -> dict[str, str]:
    return {"icpc_person_id": child, "icpc_s47_enquiry_id": enquiry, "icpc_icpc_date": held}


def test_a_conference_has_the_strategy_day_of_its_enquiry_and_of_its_child(tmp_path):
    begun = [("0000101", "E1", DAY), ("0000102", "E1", "2024-11-01 00:00:00"), ("0000103", "E9", DAY)]
    enquiries = [
        {"s47e_person_id": child, "s47e_s47_enquiry_id": enquiry, "s47e_s47_start_date": day}
        for child, enquiry, day in begun
    ]
    held = [conference("0000101", "E1"), conference("0000102", "E1"), conference("0000104", "", "")]
    put(tmp_path, ssd_initial_cp_conference=held, ssd_s47_enquiry=enquiries)
    loaded = load(tmp_path, "conferences")
    assert loaded.table["strategy_on"].dt.day.fillna(0).tolist() == [5, 1, 0, 5]
    assert loaded.table["conference_on"].notna().tolist() == [True, True, False, False]
    assert loaded.table["conference_unnecessary"].tolist() == ["no", "no", "no", ""]  # of an enquiry without one
    assert loaded.problems["column"].tolist() == []
    assert len(register_files(tmp_path, "conferences")) == 2  # a page is made again when either of them changes


def test_enquiries_alone_are_no_conferences_and_conferences_alone_have_no_beginning(tmp_path):
    put(tmp_path, ssd_s47_enquiry=[{"s47e_person_id": "0000101"}])
    assert load(tmp_path, "conferences").table.empty
    put(tmp_path, ssd_initial_cp_conference=[conference("0000101", "E1")])
    (tmp_path / "registers" / "ssd_s47_enquiry.csv").unlink()
    loaded = load(tmp_path, "conferences")
    assert loaded.table["strategy_on"].isna().all()
    assert loaded.problems["column"].tolist() == ["strategy_on"]


def test_a_table_without_a_column_it_cannot_do_without_is_refused_with_both_names(tmp_path):
    put(tmp_path, ssd_cp_visits=[visit("cppv", "0000101")])
    path = tmp_path / "registers" / "ssd_cp_visits.csv"
    path.write_text(path.read_text().replace("cppv_cp_visit_date", "when"))
    with pytest.raises(ReturnsError, match="visited_on") as refused:
        load(tmp_path, "visits")
    assert refused.value.where == "ssd_cp_visits.csv"


def test_a_register_of_ones_own_goes_before_tables_and_tables_before_an_annex_a(tmp_path):
    (tmp_path / "registers").mkdir()
    save(tmp_path / "registers", rows())
    assert [path.name for path in register_files(tmp_path, "visits")] == ["Annex A.xlsx"]
    put(tmp_path, ssd_cp_visits=[visit("cppv", "0000101")])
    assert [path.name for path in register_files(tmp_path, "visits")] == ["ssd_cp_visits.csv"]
    (tmp_path / "registers" / "visits.csv").write_text("Child ID,Visit date\n0000105,2024-11-05\n")
    assert load(tmp_path, "visits").table["child_ref"].tolist() == [ref("0000105")]


@pytest.fixture(scope="module")
def annex(tmp_path_factory) -> Path:
    evidence = tmp_path_factory.mktemp("evidence")
    (evidence / "registers").mkdir()
    save(evidence / "registers", rows())
    return evidence


def test_the_latest_visits_of_plans_that_have_not_ended_are_the_visits_of_an_annex_a(annex):
    visits = load(annex, "visits").table.set_index("child_ref")
    plans = visits["plan_type"].to_dict()
    assert plans[ref("115")] == plans[ref("117")] == "child protection"
    assert not {ref("116"), ref("118"), ref("114")} & set(plans)  # ended, or closed
    assert set(visits.loc[[ref("115"), ref("117")], "visited_on"]) == {pd.Timestamp("2021-03-02")}
    assert visits["recorded_on"].isna().all()


def test_a_child_of_the_list_of_children_in_need_who_is_on_a_protection_plan_counts_on_the_list_of_plans(annex):
    visits = load(annex, "visits")
    assert visits.table["child_ref"].value_counts().max() == 1
    assert not (visits.problems["rule"] == "missing value").any()  # 115 was last seen on no day, on list 6


def without_visits(folder: Path) -> Path:
    """The Annex A with list 7's heading of visits called something that nobody knows."""
    (folder / "registers").mkdir()
    strange = {number: list(names) for number, names in HEADERS.items()}
    strange[7][strange[7].index("Date of the Last Statutory Visit")] = "DATE OF LAST VISIT"
    save(folder / "registers", rows(), headers=strange)
    return folder


def test_the_plans_of_an_annex_a_are_its_cases_so_a_child_nobody_visited_is_not_out_of_sight(annex, tmp_path):
    cases = load(annex, "cases").table
    protected = cases[cases["plan_type"] == "child protection"]
    assert len(protected) == len(rows()[7])
    assert protected["closed_on"].notna().sum() == sum(row[12] is not None for row in rows()[7])
    work = load_workspace(Path(__file__).parents[3])
    rules = {"limits": work.limits, "holidays": work.holidays, "as_of": REFERENCE}
    folder = without_visits(tmp_path)
    found = visit_timeliness(load(folder, "visits").table, cases=load(folder, "cases").table, **rules)
    (row,) = (row for row in measure_rows(found) if row.measure == "cp_not_in_log")
    still = int(protected["closed_on"].isna().sum())
    assert (row.numerator, row.denominator) == (still, still)


def test_assessments_and_conferences_of_an_annex_a(annex):
    assert len(load(annex, "assessments").table) == 2
    conferences = load(annex, "conferences").table
    assert conferences["conference_unnecessary"].tolist() == ["no", "no", "yes", "yes", "no"]
    assert conferences["conference_on"].notna().tolist() == [True, True, False, False, True]


def test_the_headers_of_the_sectors_own_query_are_those_of_the_lists(annex, tmp_path):
    called = {
        4: {6: "ContinuousAssessmentStart", 7: "ContinuousAssessmentChildSeen", 8: "ContinuousAssessmentAuthDate"}
    }
    called |= {5: {6: "StratDiscussionDate", 7: "InitialCPConfUnnecessary", 8: "InitialCPConfDate"}}
    called |= {6: {8: "DateChildLastSeen", 9: "CINClosureDate"}, 7: {9: "DateOfLastStatutoryVisit"}}
    headers = {n: [called.get(n, {}).get(at, each) for at, each in enumerate(row)] for n, row in HEADERS.items()}
    (tmp_path / "registers").mkdir()
    save(tmp_path / "registers", rows(), headers=headers, squeeze=True)
    for name in ("visits", "assessments", "conferences"):
        pd.testing.assert_frame_equal(load(tmp_path, name).table, load(annex, name).table)


def test_two_files_of_an_annex_a_are_refused(annex, tmp_path):
    (tmp_path / "registers").mkdir()
    for name in ("annex_a 2021", "Annex A"):
        save(tmp_path / "registers", rows()).rename(tmp_path / "registers" / f"{name}.xlsx")
    with pytest.raises(ReturnsError, match="2 files of an Annex A"):
        load(tmp_path, "visits")
