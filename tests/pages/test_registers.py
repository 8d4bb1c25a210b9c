"""Each figure that the board's paper states of a register stands on the page that is made of it."""

import pytest

from tests.pages.reading import counts_of

TRACKER = {
    "Transfer": (64, 142),
    "Step down or close": (11, 142),
    "Re-allocate": (17, 142),
    "No decision recorded": (50, 142),
    "Left, of those due to leave": (43, 75),
    "A decision": (92, 142),
    "Left the team": (43, 142),
}


@pytest.fixture(params=("internal", "board"))
def pages_of(request, editions):
    return {page.path.stem: page for page in editions[request.param]}


def lines(page):
    """The heading of every row of a page -> the counts of its cells."""
    found = {}
    for table in page.root.all("table"):
        for row in table.all("tbody")[0].all("tr"):
            counts = [pair for cell in row.all("td") for pair in counts_of(cell.text)[:1]]
            found.setdefault(row.all("th")[0].text, counts or [])
    return found


def test_the_tracker_adds_up_with_its_remainder(pages_of):
    shown = lines(pages_of["tracker"])
    assert {name: shown[name][-1] for name in TRACKER} == TRACKER
    assert sum(TRACKER[name][0] for name in list(TRACKER)[:4]) == 142
    assert "50 of 142 children reviewed have no decision recorded" in pages_of["tracker"].main.text
    assert "evidence to 15 November 2024" in pages_of["tracker"].main.text


def test_workers_stand_in_the_internal_edition_alone(editions):
    told = {
        name: "Worker by worker" in page.main.text
        for name, pages in editions.items()
        for page in pages
        if page.path.stem == "tracker"
    }
    assert told == {"internal": True, "board": False}


def test_what_was_late_stands_beside_what_was_in_time(pages_of):
    shown = lines(pages_of["timeliness"])
    assert shown["Last visit in time, child protection"][-1] == (26, 26)
    assert shown["Every visit in time, child protection"][-1] == (0, 26)  # the late visits that the last one hides
    assert shown["Strategy meetings in time"][-1] == (19, 24)
    assert shown["Not recorded yet"][-1] == (12, 90)
    assert (
        "at most 10 working days from the visit before (local; Northmere visiting standard"
        in pages_of["timeliness"].main.text
    )


def test_an_escalation_that_has_expired_is_found_and_what_nobody_supplied_is_said(pages_of):
    shown, text = lines(pages_of["escalations"]), pages_of["escalations"].main.text
    assert shown["Open past the limit"] == [(2, 8)]
    assert shown["Resolved in time, of those due"] == [(17, 28)]
    assert shown["Still open"][-1] == (8, 34)
    assert "2 of 8 children with an escalation still open have waited longer than 20 working days" in text
    assert "Seen before the meeting no share no data supplied" in text
    assert "at most 20 working days from the day on which it was raised (local; Northmere's escalation" in text


def test_what_single_children_had_is_counted_where_it_may_be_seen(editions):
    pages = {name: {page.path.stem: lines(page) for page in editions[name]} for name in ("internal", "board")}
    ages, reasons = (
        ("Up to 10 working days", "11 to 20 working days", "More than 20 working days"),
        ("Drift and delay", "Assessment delayed", "Another reason"),
    )
    visits, waits = pages["internal"]["timeliness"], pages["internal"]["escalations"]
    assert [visits[name] for name in ("child protection", "care")] == [[(26, 28), (17, 22)], [(16, 20), (13, 14)]]
    assert [waits[name][-1] for name in ages] == [(4, 8), (2, 8), (2, 8)]
    assert [waits[name][-1] for name in reasons] == [(17, 34), (13, 34), (4, 34)]
    hidden = {name: pages["board"]["escalations"].get(name, []) for name in ages}
    assert not any(k < 6 for counts in hidden.values() for k, _ in counts)


def test_no_page_on_a_register_is_made_for_the_public(editions):
    there = {page.path.stem for page in editions["public"]}
    assert there.isdisjoint({"tracker", "timeliness", "escalations", "consent"})


def test_what_the_form_calls_no_consent_stands_apart_from_what_people_did(pages_of):
    shown = {name: counts for name, counts in lines(pages_of["consent"]).items() if name.endswith("2024")}
    tables = [table for table in pages_of["consent"].root.all("table") if table.all("th")[0].text == "Month"]
    agreed, form = (
        {
            row.all("th")[0].text: [counts_of(cell.text) for cell in row.all("td")]
            for row in table.all("tbody")[0].all("tr")
        }
        for table in tables
    )
    assert [next(filter(None, agreed[month])) for month in shown] == [
        [(0, 6)],
        [(0, 5)],
        [(0, 4)],
        [(10, 12)],
        [(5, 5)],
    ]
    assert form["September 2024"] == [[(9, 13)], [(0, 13)], [(9, 9)]]  # every closure after an enquiry is called so
    assert (
        "5 of 5 closures on withdrawn consent in November 2024 had a service manager's agreement"
        in pages_of["consent"].main.text
    )
