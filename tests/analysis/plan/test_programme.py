"""Whether audits were done, where nobody looked, and who there is to look: each from days, titles and files read."""

from datetime import date

import pandas as pd
import pytest

from ilacs_audit.analysis.plan.programme import FILES, capacity, coverage, programme_kept, read_once
from ilacs_audit.domain.measures import rows
from ilacs_audit.domain.plan import Area, Plan
from tests import build
from tests.build import counted

DAY = "2024-11-21"
THEMES = [build.theme(name, [build.standard(f"{name[:3].upper()}-1")]) for name in ("consent", "plans")]
STANDARDS = build.standards(*THEMES)
PLAN = Plan((Area(id="A1", title="Partners", needs="It"), Area(id="A2", title="Risk", needs="It")))


def audit(name, on, until=None, **more):
    return build.audit(name, period=on[:7], on=on, until=until or on, areas=["A2.1"], **more)


def files(*told):
    rows = [(each[0], *each[1:]) for each in told]
    table = pd.DataFrame(rows, columns=[*FILES])
    return table.assign(on=pd.to_datetime(table["on"]))


def read(audit, count, team="North", reader="r1", on="2024-11-01"):
    return [(audit, team, reader, on)] * count


@pytest.mark.parametrize(
    ("until", "came", "found"),
    [
        ("2024-11-21", 1, "audit_done"),
        ("2024-11-21", 0, "audit_late"),  # its last day is today: it is due
        ("2024-08-21", 0, "audit_late"),  # three months ago to the day
        ("2024-08-20", 0, "audit_abandoned"),
        ("2024-11-22", 0, None),  # not yet due
        ("2023-11-21", 0, None),  # of another year
    ],
)
def test_an_audit_is_done_late_or_given_up_by_its_last_day_and_its_returns(until, came, found):
    programme = build.programme(audit("a", "2023-01-01", until))
    told = counted(programme_kept(programme, files(*read("a", came)), as_of=DAY))
    assert {name for (name, level), pair in told.items() if level == "all" and pair == (1, 1)} - {
        "round_held",
        "audit_short",
    } == ({found} if found else set())
    assert any(name == "audit_owed" for name, _ in told) is (found in ("audit_late", "audit_abandoned"))


def test_a_round_that_was_booked_is_held_within_four_weeks_of_its_day_and_one_of_fewer_files_is_short():
    booked = {"next": {"on": date(2024, 10, 1), "size": 9}}
    programme = build.programme(
        audit("a", "2024-06-01", intended=2, **booked),
        audit("b", "2024-10-29", intended=3),
        audit("p", "2024-06-01", of="plans", **booked),
        audit("q", "2024-10-30", of="plans"),  # a day too late
    )
    came = files(*read("a", 2), *read("b", 2), *read("p", 1), *read("q", 1))
    told = counted(programme_kept(programme, came, as_of=DAY))
    assert (told["round_held", "all"], told["audit_short", "all"]) == ((1, 2), (1, 4))


def test_what_is_booked_is_told_once_beside_the_round_that_is_planned_for_it():
    programme = build.programme(
        audit("a", "2024-06-01", next={"on": date(2025, 2, 1), "size": 30}),
        audit("b", "2025-02-20", intended=40),
        audit("c", "2024-06-01", of="plans", next={"on": date(2025, 1, 1)}),
        audit("d", "2024-06-01", of="plans", next={"on": date(2024, 7, 1)}),
    )
    looks = [(str(on), each.id, size) for on, each, size in programme.booked(date(2024, 11, 21))]
    assert looks == [("2025-01-01", "c", None), ("2025-02-20", "b", 40)]


def test_a_place_where_no_file_was_ever_read_is_told_apart_from_one_looked_at_a_year_ago():
    programme = build.programme(audit("a", "2024-11-01"), audit("b", "2023-11-01"))
    seen = files(*read("a", 2, on="2024-10-22"), *read("b", 1, team="South", on="2023-11-21"))
    about = {"standards": STANDARDS, "plan": PLAN, "teams": ["North", "South"], "as_of": DAY}
    told = counted(coverage(programme, seen, asked=["CON-1"], **about))
    assert told == {
        ("place_never", "all"): (2, 4),
        ("place_unseen", "all"): (1, 2),
        ("area_seen", "all"): (1, 2),
        ("standard_asked", "all"): (1, 2),
        ("area_unseen", "A1 Partners"): (0, None),
        ("looked_at", "Consent"): (0, None),
        ("not_looked_at", "Plans"): (0, None),
        ("looked_at", "Consent x North"): (0, None),
        ("looked_at", "Consent x South"): (12, None),
        ("not_looked_at", "Plans x North"): (0, None),
        ("not_looked_at", "Plans x South"): (0, None),
    }


def test_an_area_whose_returns_name_no_team_has_no_blank_places():
    programme = build.programme(audit("a", "2024-11-01"))
    about = {"standards": STANDARDS, "plan": PLAN, "teams": ["North"], "as_of": DAY}
    told = counted(coverage(programme, files(*read("a", 2, team="")), asked=[], **about))
    assert told["place_never", "all"] == (1, 1) and ("place_unseen", "all") not in told
    assert ("not_looked_at", "Consent x North") not in told


def test_a_few_auditors_are_told_of_inside_alone_and_where_nobody_is_named_no_data_was_supplied():
    programme = build.programme(audit("a", "2024-11-01", next={"on": date(2025, 1, 1), "size": 7}))
    told = files(*read("a", 5), *read("a", 2, reader="r2"))
    inside = counted(capacity(programme, told, as_of=DAY))
    assert {name: k for (name, _), (k, _) in inside.items()} == {
        "auditors_reading": 2,
        "auditor_files": 3,
        "files_booked": 7,
        "files_booked_each": 4,
    }
    assert len(capacity(programme, told, as_of=DAY, exact=False)) == 0
    nobody = capacity(programme, told.assign(rater_ref=""), as_of=DAY, exact=False)
    assert [(row.measure, row.numerator) for row in rows(nobody) if row.numerator is None] == [
        ("auditors_reading", None),
        ("auditor_files", None),
        ("files_booked_each", None),
    ]


def test_a_file_that_two_answers_tell_of_is_read_once_by_the_later_one():
    told = build.answers(("A", "CON-1", "yes"), ("A", "CON-2", "no"), ("B", "CON-1", "yes"))
    assert len(read_once(told)) == 2
    assert read_once(told.iloc[:0]).columns.tolist() == [*FILES]


def test_a_council_without_audits_teams_or_plan_has_a_page_of_blanks_and_no_crash():
    programme, none = build.programme(), files()
    told = counted(coverage(programme, none, asked=[], standards=STANDARDS, plan=Plan(()), teams=[], as_of=DAY))
    assert told["not_looked_at", "Consent"] == (0, None)
    assert len(programme_kept(programme, none, as_of=DAY)) == 0
    assert counted(capacity(programme, none, as_of=DAY))["files_booked", "all"] == (0, None)
