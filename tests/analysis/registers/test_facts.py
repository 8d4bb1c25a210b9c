"""How far a register can be leaned on."""

from ilacs_audit.analysis.registers.facts import register_facts
from ilacs_audit.domain.measures import rows
from ilacs_audit.intake.handed import Handed
from ilacs_audit.intake.open_audit import opened
from ilacs_audit.intake.workspace import Workspace

HEAD = "child_ref,team,worker_ref,outcome,reviewed_on,left_team_on\n"


def facts(folder, lines, *names):
    (folder / "registers").mkdir()
    (folder / "authority.yml").write_text("name: Testham\nexample: true\n", encoding="utf-8")
    (folder / "registers" / "tracker.csv").write_text(HEAD + lines, encoding="utf-8")
    work = opened(Handed(Workspace(folder, folder)), "", period="2024-11", as_of="2024-11-21", audience="internal")
    return [(row.measure, row.level, row.numerator, row.denominator) for row in rows(register_facts(work, *names))]


def test_rows_read_and_set_aside_are_all_the_rows_and_the_last_day_is_none_after_the_report(tmp_path):
    """A row of December was written after the day, so the register tells of the day."""
    lines = (
        "0000101,North,Ann Lee,transfer,2024-11-04,2024-11-12\n"
        "0000102,North,Ann Lee,,2024-12-04,\n"
        ",North,Ann Lee,,2024-11-05,\n"
        "0000101,North,Ann Lee,transfer,2024-11-04,2024-11-12\n"
    )
    assert facts(tmp_path, lines, "tracker", "visits") == [
        ("rows_read", "tracker to 21 November 2024", 1, 4),
        ("set_aside", "date after the report in tracker", 1, None),
        ("set_aside", "duplicate row in tracker", 1, None),
        ("set_aside", "missing value in tracker", 1, None),
    ]


def test_a_register_without_days_tells_of_none(tmp_path):
    assert facts(tmp_path, "0000101,North,Ann Lee,transfer,,\n", "tracker") == [("rows_read", "tracker", 1, 1)]


def test_a_row_with_an_impossible_date_is_set_aside_and_a_blank_one_is_not(tmp_path):
    lines = (
        "0000101,North,Ann Lee,transfer,31/11/2024,\n"
        "0000102,North,Ann Lee,transfer,2024-11-04,soon\n"
        "0000103,North,Ann Lee,transfer,2024-11-10,2024-11-04\n"
        "0000104,North,Ann Lee,transfer,2024-11-04,\n"
    )
    assert facts(tmp_path, lines, "tracker") == [
        ("rows_read", "tracker to 10 November 2024", 1, 4),
        ("set_aside", "end before beginning in tracker", 1, None),
        ("set_aside", "not a date in tracker", 2, None),
    ]


def test_cells_in_other_words_and_columns_that_nobody_supplied_are_told(tmp_path):
    folder = tmp_path / "registers"
    folder.mkdir()
    (tmp_path / "authority.yml").write_text("name: Testham\nexample: true\n", encoding="utf-8")
    head = "child_ref,cohort,attended,matched\n"
    (folder / "attendance.csv").write_text(
        head + "0000101,CP,3,yes\n0000102,CP,yes,yes\n0000103,CP,often,perhaps\n", encoding="utf-8"
    )
    work = opened(Handed(Workspace(tmp_path, tmp_path)), "", period="2024-11", as_of="2024-11-21", audience="internal")
    found = [(row.measure, row.level, row.numerator) for row in rows(register_facts(work, "attendance"))]
    assert found[1:] == [
        ("unread", "attended in attendance", 2),
        ("unread", "matched in attendance", 1),
        ("unread", "age in attendance", None),
    ]
