"""A register that does not tell is refused, and what its cells say in other words is known or told as not known."""

from __future__ import annotations

import pytest

from ilacs_audit.analysis.registers.courses import training_coverage
from ilacs_audit.analysis.registers.lists import milestones, vulnerability
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.measures import rows
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.schemas import SIDE_TABLES
from ilacs_audit.intake.loading import load_register
from ilacs_audit.intake.registers.fields import MAY_BE_BLANK, TOLD
from ilacs_audit.intake.registers.identifiers import register_identifiers, registered
from ilacs_audit.intake.registers.reading import load_or_refuse, told_of_columns

KEY = b"a key of the tests"
AS_OF = "2024-11-21"
CELLS = {  # a row of each register, by its columns in order
    "assessments": "0000101,North,w,2024-09-02,2024-10-02,yes",
    "conferences": "0000101,North,w,2024-09-02,2024-09-10,no",
    "tracker": "0000101,North,w,transfer,2024-09-02,2024-09-10",
    "closures": "0000101,North,2024-09-02,no,yes,Consent withdrawn,,yes",
    "training": "E1,c,2024-09-02,North,Ann Lee,Social worker,yes,yes",
    "attendance": "0000101,CP,3,yes,yes",
    "escalations": "0000101,North,2024-09-02,delay,stage 1,2024-09-10",
    "actions": "A1,,,A1,North,w,2024-09-02,2024-10-01,2024-09-10,2024-09-20,no,2024-09-16,High,Police,yes",
    "meetings": "RQ1,0000101,2024-09-02 10:00,2024-09-03 10:00,Police,yes,yes,yes",
    "screening": "0000101,high,online harm,2024-09-02,step down",
    "placements": "0000101,North,foster care,low,2024-01-08,,Panel,2024-09-02,step down,2024-10-01",
    "beds": "Juno,3,0,no,planning permission",
    "care_leavers": "0000101,North,Pat Lee,relevant,Yes,2024-09-02,2024-09-10,F2",
    "private_fostering": "0000101,North,w,2024-09-02,2024-09-10,yes,",
    "missing": "0000101,North,2024-09-02,2024-09-10,yes,no",
    "survey": "S1,2024-09-02,30,11,Q1,8,",
}
EACH = [(name, column) for name, columns in TOLD.items() for column in columns]


def load(folder, name, lines, columns=None):
    (folder / "registers").mkdir(exist_ok=True)
    head = ",".join(columns or SIDE_TABLES[name])
    (folder / "registers" / f"{name}.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return load_register(name, folder, key=KEY)


def with_cell(name, column, said):
    return ",".join(
        said if at == column else cell for at, cell in zip(SIDE_TABLES[name], CELLS[name].split(","), strict=True)
    )


def levels(found, measure):
    return {row.level: row.numerator for row in rows(found) if row.measure == measure}


@pytest.mark.parametrize(("name", "column"), EACH)
def test_a_register_without_a_column_that_is_counted_is_refused_with_the_columns_name_and_others(
    tmp_path, name, column
):
    assert len(load(tmp_path, name, [CELLS[name]]).table) == 1
    strange = [f"{at} as we call it" if at == column else at for at in SIDE_TABLES[name]]
    with pytest.raises(ReturnsError, match=rf"{column}.*{name}\.csv"):
        load(tmp_path, name, [CELLS[name]], strange)


@pytest.mark.parametrize(("name", "column"), EACH)
def test_a_column_that_says_nothing_is_refused_unless_nothing_need_have_happened(tmp_path, name, column):
    blank = [with_cell(name, column, "")] * 2
    if column in MAY_BE_BLANK:
        assert load(tmp_path, name, blank).table.shape[0] == 1
    else:
        with pytest.raises(ReturnsError, match=rf"nothing.*{column}.*{name}\.csv"):
            load(tmp_path, name, blank)


@pytest.mark.parametrize(
    ("name", "column", "said"),
    [
        ("actions", "closed_on", "done"),
        ("escalations", "resolved_on", "yes"),
        ("tracker", "left_team_on", "gone"),
        ("attendance", "attended", "3"),
        ("training", "attended", "not known"),
    ],
)
def test_a_column_of_which_no_cell_can_be_read_is_refused(tmp_path, name, column, said):
    with pytest.raises(ReturnsError, match=column):
        load(tmp_path, name, [with_cell(name, column, said)])


def test_a_refusal_names_the_file_and_a_header_alone_is_none(tmp_path):
    assert load(tmp_path, "screening", []).table.empty
    with pytest.raises(ReturnsError):
        load(tmp_path, "screening", [CELLS["screening"]], ["child_ref", "how bad", "theme", "screened_on", "x"])
    told = load_or_refuse("screening", tmp_path, key=KEY, columns=None).problems.iloc[0]
    assert told["rule"] == "register refused"
    assert (told["file"], "risk" in told["message"], "risk level" in told["fix"]) == ("screening.csv", True, True)


@pytest.mark.parametrize(
    ("name", "heading", "column"),
    [
        ("screening", "Risk level", "risk"),
        ("actions", "Completion date", "closed_on"),
        ("training", "Attendance", "attended"),
        ("attendance", "Attended in last 6 months", "attended"),
        ("closures", "SM agreement", "manager_agreed"),
        ("meetings", "Meeting date", "held_at"),
        ("tracker", "Decision", "outcome"),
        ("tracker", "Date left", "left_team_on"),
        ("screening", "Exploitation type", "theme"),
    ],
)
def test_a_column_is_known_by_the_names_that_councils_give_it(tmp_path, name, heading, column):
    columns = [heading if at == column else at for at in SIDE_TABLES[name]]
    assert len(load(tmp_path, name, [CELLS[name]], columns).table) == 1


@pytest.mark.parametrize(
    ("name", "column", "yes", "no", "unknown"),
    [
        (
            "training",
            "attended",
            ("Attended", "present", "yes.", "Yes - twice", "Yes (am only)", "✓", "Completed."),
            ("DNA", "did not come", "No - ill", "no, cancelled", "Absent"),
            ("x", "Yes - but left", "yes, not the second day", "maybe", "3"),
        ),
        ("attendance", "attended", ("Yes - twice", "attended", "Y"), ("No - moved", "did not attend"), ("twice", "3")),
        (
            "visits",
            "seen",
            ("seen", "Child seen", "Yes; at school"),
            ("no - refused entry", "Not seen", "No access"),
            ("attempted", "Attended", "No, but spoken to"),
        ),
        (
            "closures",
            "manager_agreed",
            ("agreed", "Yes - SM", "YES."),
            ("Not agreed", "no - asked for more"),
            ("pending", "Yes, declined later"),
        ),
    ],
)
def test_words_are_yes_or_no_only_where_the_column_leaves_no_doubt(tmp_path, name, column, yes, no, unknown):
    given = CELLS | {"visits": "0000101,North,w,CP,2024-09-02,2024-09-03,yes,yes"}
    every = [*yes, *no, *unknown]
    lines = []
    for number, said in enumerate(every):
        cells = dict(zip(SIDE_TABLES[name], given[name].split(","), strict=True))
        cells |= {column: f'"{said}"', next(iter(cells)): f"00002{number:02}"}
        lines.append(",".join(cells.values()))
    loaded = load(tmp_path, name, lines)
    assert loaded.table[column].tolist() == ["yes"] * len(yes) + ["no"] * len(no) + ["unknown"] * len(unknown)
    told = loaded.problems[loaded.problems["rule"] == "not yes or no"]
    assert told["value"].tolist() == list(unknown)


def test_a_risk_in_known_words_is_read_and_another_is_no_silence(tmp_path):
    said = ["High risk", "H", "very high", "red", "Medium", "low risk", "", "N/A", "medium / high", "not high"]
    lines = [f"00001{n:02},{each},x,2024-09-02," for n, each in enumerate(said)]
    loaded = load(tmp_path, "screening", [*lines, "0000999,,CICOLA,2024-09-02,"])
    found = {k: v for k, v in levels(vulnerability(loaded.table, as_of=AS_OF), "screened").items() if "risk" in k}
    assert found == {"risk in other words": 2, "no risk recorded": 2}
    ours = levels(vulnerability(loaded.table, as_of=AS_OF), "screened")
    assert (ours["high"], ours["medium"], ours["low"]) == (4, 1, 1)
    assert loaded.problems["rule"].tolist() == ["risk not known"] * 2


def test_a_contact_from_elsewhere_is_known_by_the_words_that_papers_use(tmp_path):
    themes = [
        *("CICOLA: missing episode", "CICOLA - missing", "Missing (CICOLA)"),
        *("Contact from another local authority: missing", "Child in care of other authority; missing", "online harm"),
    ]
    loaded = load(tmp_path, "screening", [f"00001{n:02},high,{each},2024-09-02," for n, each in enumerate(themes)])
    found = vulnerability(loaded.table, as_of=AS_OF)
    assert [row.denominator for row in rows(found) if row.measure == "screened_high"] == [1]
    assert sum(levels(found, "contact_reason").values()) == 5


@pytest.mark.parametrize("said", ["Vacant", "Agency", "N/A", "vacant post", "Agency social worker 2", "TBC", "Locum"])
def test_a_post_that_nobody_holds_is_a_row_without_a_person_and_no_name_to_search_for(tmp_path, said):
    lines = [*["Ann Lee,North,Social worker,2020-01-06,,,", "Ben Ode,North,Social worker,2021-02-01,,,"]]
    loaded = load(tmp_path, "workforce", [*lines, *[f"{said},North,Social worker,,,,"] * 2, f"{said},,,,,,"])
    assert loaded.table["person_ref"].eq("").tolist() == [False, False, True, True]
    assert loaded.problems["rule"].tolist() == ["missing value"]
    assert {each.casefold() for each in register_identifiers(tmp_path)} == {"ann lee", "ben ode"}
    assert registered(tmp_path, key=KEY).names == {"ann lee", "ben ode"}
    posts = milestones(loaded.table, load_register("training", tmp_path, key=KEY).table, as_of=AS_OF)
    assert [(row.numerator, row.denominator) for row in rows(posts) if row.measure == "post_filled"] == [(2, 4)]


def test_an_agency_worker_in_post_fills_it_and_is_nobody_of_the_staff(tmp_path):
    staff = load(
        tmp_path,
        "workforce",
        ["Ann Lee,North,Social worker,2020-01-06,,,", "Agency,North,Social worker,2024-01-06,,,"],
    ).table
    named = [CELLS["training"].replace("Ann Lee", name) for name in ("Ann Lee", "Bo", "Cy", "Di", "Ed")]
    training = load(tmp_path, "training", named).table
    found = training_coverage(training, staff, programme=Programme(()), as_of=AS_OF)
    assert [(row.numerator, row.denominator) for row in rows(found) if row.measure == "staff_came"][:1] == [(1, 1)]


def test_a_word_where_a_closure_or_a_resolution_has_its_day_is_never_counted_as_open(tmp_path):
    lines = [CELLS["escalations"], CELLS["escalations"].replace("0000101", "0000102").replace("2024-09-10", "resolved")]
    loaded = load(tmp_path, "escalations", lines)
    assert len(loaded.table) == 1
    assert loaded.problems[["severity", "rule", "column"]].values.tolist() == [["error", "not a date", "resolved_on"]]


def test_it_is_told_of_each_register_and_column_how_many_cells_were_not_read_and_what_is_missing(tmp_path):
    columns = [each for each in SIDE_TABLES["actions"] if each != "area"]
    rows = [
        f"A{n},,,North,w,2024-09-02,{due},2024-09-10,2024-09-20,{still}"
        for n, (due, still) in enumerate([("2024-10-01", "no"), ("November 2024", "partly"), ("soon", "partly")])
    ]
    told = list(told_of_columns(load(tmp_path, "actions", rows, columns).problems))
    assert told[0].startswith("actions.csv: The register has no column 'area'")
    assert "action area" in told[0]
    assert told[1:] == [
        "actions.csv, column due_on: cells not read: 2. They count as not known.",
        "actions.csv, column still_a_problem: cells not read: 2. They count as not known.",
    ]
    lines = [CELLS["escalations"], CELLS["escalations"].replace("2024-09-10", "resolved")]
    told = list(told_of_columns(load(tmp_path, "escalations", lines).problems))
    assert told == ["escalations.csv, column resolved_on: cells not read: 1. They set their rows aside."]
