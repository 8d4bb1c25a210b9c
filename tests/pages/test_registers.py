"""Each figure that the board's paper states of a register stands on the page that is made of it."""

import csv
import re

import pytest

from ilacs_audit.claims.words import number_word
from ilacs_audit.disclosure.rules import primary
from ilacs_audit.domain.audiences import AUDIENCES
from ilacs_audit.domain.measures import measures, rows
from tests.northmere.registers.hubs import HUB_ATTENDANCE
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


PLAIN = ("surveys", "vulnerability", "family-hubs", "placements", "care-leavers")


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


def lines_said(page):
    """The heading of every row of a page -> what its cells say."""
    found = {}
    for table in page.root.all("table"):
        for row in table.all("tbody")[0].all("tr"):
            found[row.all("th")[0].text] = " ".join(cell.text for cell in row.all("td"))
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
    assert shown["The last visit alone in time, child protection, of those with one in the log"][-1] == (26, 26)
    assert shown["On a plan, and not in the visit log"][-1] == (90, 114)
    assert shown["Every visit in time, child protection"][-1] == (0, 26)  # the late visits that the last one hides
    assert shown["Strategy meetings in time"][-1] == (19, 24)
    assert shown["Not recorded yet"][-1] == (12, 90)
    assert (
        "at most 10 working days from the visit before (local; Northmere visiting standard"
        in pages_of["timeliness"].main.text
    )


def test_an_escalation_that_has_expired_is_found_and_what_nobody_supplied_is_said(pages_of):
    shown, text = lines(pages_of["escalations"]), pages_of["escalations"].main.text
    board = "board" in pages_of["escalations"].path.parts
    assert shown["Open past the limit, of those still open"] == ([] if board else [(2, 8)])  # a level of a hidden list
    assert shown["Resolved in time, of those due"] == [(17, 28)]
    assert shown["Still open"][-1:] == ([] if board else [(8, 34)])  # it would give back how many wait past the limit
    few = "2 of 8 children with an escalation still open had waited longer than 20 working days by 16 November 2024"
    assert (few in text) == ("board" not in pages_of["escalations"].path.parts)  # a whole of fewer than ten leads none
    assert "Seen before the meeting no share no data supplied" in text
    assert "at most 20 working days from the day on which it was raised (local; Northmere's escalation" in text


def test_what_single_children_had_is_counted_where_it_may_be_seen(editions):
    pages = {name: {page.path.stem: lines(page) for page in editions[name]} for name in ("internal", "board")}
    ages, reasons = (
        ("Up to 10 working days", "11 to 20 working days", "More than 20 working days"),
        ("Drift and delay", "Assessment delayed", "Another reason"),
    )
    visits, waits = pages["internal"]["timeliness"], pages["internal"]["escalations"]
    assert (visits["Child protection"], visits["Care"]) == ([(26, 26)], [(20, 20)])
    seen = next(
        {row.all("th")[0].text: [counts_of(cell.text)[0] for cell in row.all("td")] for row in table.all("tr")[1:]}
        for page in editions["internal"]
        if page.path.stem == "timeliness"
        for table in page.root.all("table")
        if "Seen alone" in table.all("thead")[0].text
    )
    assert (seen["Child protection"], seen["Care"]) == ([(26, 28), (17, 22)], [(16, 20), (13, 14)])
    assert [waits[name][-1] for name in ages] == [(4, 8), (2, 8), (2, 8)]
    assert [waits[name][-1] for name in reasons] == [(17, 34), (13, 34), (4, 34)]
    hidden = {name: pages["board"]["escalations"].get(name, []) for name in ages}
    assert not any(k < 6 for counts in hidden.values() for k, _ in counts)


def test_training_is_told_at_the_day_of_the_page_and_beside_what_it_should_move(pages_of):
    tables = [
        {row.all("th")[0].text: [cell.text for cell in row.all("td")] for row in table.all("tbody")[0].all("tr")}
        for table in pages_of["training"].root.all("table")
    ]
    named, in_post, listed = tables[:3]
    aims = next(each for each in tables if "(booked)" in str(each))
    counts = {name: [counts_of(cell) for cell in cells] for name, cells in named.items()}
    assert counts["Plans and planning training"][:2] == [[(133, 167)], [(34, 167)]]
    assert counts["Assessment training"] == [[(110, 120)], [(0, 120)], [(10, 120)]]
    foster = "Training, Support and Development Standards (TSDS)"
    assert (listed["One-to-one sessions on consent"][-1], listed[foster][-1]) == ("14", "46")  # no share of itself
    assert counts_of(in_post["Assessment training"][0]) == [(110, 190)]
    assert "3 February 2025 (booked)" in aims["Plans and planning training"][1]
    teams = next(each for each in tables if "Front Door Early Help" in each)
    workshops = {name: counts_of(cells[-1])[0][0] for name, cells in teams.items()}
    places = ("Front Door Early Help", "Front Door Safeguarding", "Duty & Assessment, all its teams")
    assert [workshops[place] for place in places] == [6, 8, 11]
    first = pages_of["training"].main.text
    assert (
        "133 of 167 people named for Plans and planning training had attended by 21 November 2024 (80%). 34 of" in first
    )
    assert "34 of 167 people named for Plans and planning training were booked for a session after" in first
    assert "says nothing of what it changed for children" in pages_of["training"].main.text


def test_the_chain_of_consent_stands_on_its_page(pages_of):
    text = pages_of["consent"].main.text
    days = ("10 September 2024", "11 to 13 September 2024", "16 September to 25 October 2024", "18 November 2024")
    places = [text.index(each, text.index("Five consent workshops") - 200) for each in days]
    assert places == sorted(places)


def test_the_plain_registers_tell_what_the_board_was_told(pages_of):
    surveys, risk, hubs = (lines(pages_of[each]) for each in PLAIN[:3])
    plan = lines(pages_of["actions"])
    assert [surveys[name][-1] for name in surveys if name.endswith("2024")] == [(11, 30), (27, 46), (9, 118)]
    assert "11 of 30 people asked" in pages_of["surveys"].main.text
    asked = [counts[-1] for name, counts in surveys.items() if "plans families" in name and counts]
    assert asked == [(8, 11), (6, 11)]  # its council calls what it asks no sensitive breakdown
    shown = {
        "Late": (10, 108),
        "Closed on paper": (7, 46),
        "Found again": (4, 108),
        "Findings without an action": (2, 51),
    }
    assert {name: plan[name][-1] for name in shown} == shown
    assert plan["Family network meeting worker"] == [(1, 2)]
    jobs, work = (
        f"Education, employment or training (EET) {each}" for each in ("jobs and apprenticeships", "work experience")
    )
    assert (plan[jobs], plan[work]) == ([(10, 10)], [(6, 6)])
    assert risk["High risk"] == [(15, 41)]
    assert "Missing episodes and return interviews no share no data supplied" in pages_of["vulnerability"].main.text
    short = {
        "Children in need (CIN)": "CIN",
        "Early help (EH) interventions": "EH interventions",
        '"MAP"': "MAP",
        "Child protection (CP)": "CP",
        "Children in care (CIC)": "CIC",
    }
    shown = {short[name]: counts[0] for name, counts in hubs.items() if counts and name in short}
    assert all(HUB_ATTENDANCE[name] == pair for name, pair in shown.items())
    assert {"CIN", "MAP", "EH interventions"} <= {*shown}


def test_step_downs_that_were_decided_and_not_made_and_beds_that_wait_for_permission_are_found(pages_of):
    shown, text = lines(pages_of["placements"]), pages_of["placements"].main.text
    assert shown["Stepped down, of those it was decided for"] == [(5, 14)]
    assert shown["No decision recorded"][0] == (8, 31)
    assert shown["Beds that no child could have"] == [(5, 12)]
    assert (shown["Awaiting planning permission"], shown["Soft-blocked"]) == ([(3, 12)], [(2, 12)])
    assert "5 of 14 children for whom a panel decided a step-down had stepped down by 7 November 2024" in text
    assert "Juno" not in text  # what a home is called is nobody's business here


def test_care_leavers_are_told_by_calendar_months_and_what_nobody_wrote_is_a_row(pages_of):
    shown, text = lines(pages_of["care-leavers"]), pages_of["care-leavers"].main.text
    assert shown["Pathway plan reviewed in time"] == [(31, 44)]  # one on its last day, one a day late
    assert shown["In contact in time"] == [(37, 44)]  # one of them over eight weeks ago
    assert (shown["In education, employment or training"], shown["Activity not known"][0]) == ([(28, 46)], (4, 46))
    assert "31 of 44 care leavers who are owed a plan had a pathway plan that was reviewed within 6 months" in text
    assert "which may not have been one" in text  # a contact is not called a visit


def test_areas_of_which_nobody_supplied_data_are_named_on_the_front_page(editions):
    for name in ("internal", "board"):
        (front,) = (page for page in editions[name] if page.path.name == "index.html")
        shown = lines_said(front)
        for area in ("A4 Help and support for children with vulnerabilities", "A5 Private fostering and kinship care"):
            assert "No data supplied" in shown[area]
        assert not any(page.path.stem in ("missing", "private-fostering") for page in editions[name])


def test_what_a_hidden_count_could_be_worked_out_from_is_not_in_the_board_edition(editions):
    told = {name: {page.path.stem: page.main.text for page in editions[name]} for name in ("internal", "board")}
    listed = "children on the list of those whom the hubs are to reach were found"
    counted, share = f"193 of 265 {listed}", f"About 75% of {listed}"
    inside, outside = (told[name]["family-hubs"] for name in ("internal", "board"))
    assert [each in inside for each in (counted, share, "How they were found")] == [True, False, True]
    assert [each in outside for each in (counted, share, "How they were found")] == [False, True, False]
    assert ("Notice withdrawn" in told["internal"]["actions"], "Notice" in told["board"]["actions"]) == (
        True,
        False,
    )


def test_nobody_of_the_two_linked_registers_is_on_a_page(editions, root):
    with (root / "data" / "example" / "registers" / "hub_children.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    told = {f"{row['Forename']} {row['Surname']}".casefold() for row in rows} | {row["Person ID"] for row in rows}
    told |= {row["Surname"].casefold() for row in rows}
    pages = [page.path.read_text(encoding="utf-8").casefold() for each in editions.values() for page in each]
    assert len(told) > 500
    assert not [each for each in told if any(each in page for page in pages)]
    assert not [found for page in pages for found in re.findall(r"\bl-[0-9a-f]{12}\b", page)]


def test_no_person_writes_what_their_edition_hides(editions):
    """One text goes to every edition, so what one of them may not see, nor its page on the register, is in none."""
    asked = [
        (*counts[-1], name)
        for page in editions["internal"]
        if page.path.stem == "surveys"
        for name, counts in lines(page).items()
        if "?" in name and counts
    ]
    assert len(asked) == 4
    for audience, pages in editions.items():
        hides = [(k, n) for k, n, _ in asked if any(primary(row, AUDIENCES[audience]) for row in of_survey(k, n))]
        assert bool(hides) == (audience != "internal")
        written = [
            each.text for page in pages for each in page.root.all("section") if "What this means" in each.text[:20]
        ]
        assert len(written) > 5
        for k, n in hides:
            said = [text for text in written if all({str(each), number_word(each)} & told(text) for each in (k, n))]
            assert said == []


def of_survey(k, n):
    about = {"measure": "survey_positive", "group": "survey question", "level": "Was it so? (families)"}
    return rows(measures([{**about, "numerator": k, "denominator": n}]))


def told(text):
    return {each.strip('.,;:"“”()').lower() for each in text.split()}


def test_no_page_on_a_register_is_made_for_the_public(editions):
    there = {page.path.stem for page in editions["public"]}
    assert there.isdisjoint({"tracker", "timeliness", "escalations", "consent", "training", *PLAIN})


def test_what_the_form_calls_no_consent_stands_apart_from_what_people_did(pages_of):
    shown = {
        name: counts
        for name, counts in lines(pages_of["consent"]).items()
        if name.endswith("2024") and " to " not in name
    }
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
    parts = "None of 15 closures on withdrawn consent had an agreement recorded from July 2024 to September 2024 (0%)."
    parts += " 15 of 17 closures on withdrawn consent had an agreement recorded from October 2024 to November 2024"
    form = '23 of 55 closures called "no consent" came after a completed enquiry or assessment from July 2024'
    assert all(each in pages_of["consent"].main.text for each in (parts, form))


def test_groups_of_children_are_told_to_the_internal_reader_alone_and_comparisons_to_all(pages_of):
    page = pages_of["equity"]
    text, internal = page.main.text, "internal" in page.path.parts
    assert "We cannot tell whether children of different ages, ethnic groups and plans, and disabled children" in text
    assert "in the twelve months to November 2024 none of 57 comparisons of a group with all others had the 82" in text
    missing = "Record the ethnic group of 13 and the disability of 27 of 326 children in the cases register."
    assert (missing in text) == internal
    assert "A group that does not stand out is not shown to be treated alike" in text
    assert ("299 of 326" in text) == ("48 of 55" in text) == ("Aged 0 to 4" in text) == internal


def test_second_readers_are_told_with_the_headline_set_right_and_no_auditor_on_the_boards_page(pages_of):
    page = pages_of["moderation"]
    shown, text = lines(page), page.main.text
    same, twice = (21, 29) if "internal" in page.path.parts else (18, 25)  # a board sees no grade of an audit of four
    assert f"{same} of {twice} files graded by two readers were given the same grade by both (72%)" in text
    assert f"the same grade about 7 times in 10 ({same} of {twice}). Had both given as many" in text
    assert "they would still have agreed about 4 times in 10, by luck" in text
    assert shown["Within one grade"][-1] == (twice, twice)
    told = "Auditors graded 27 of 57 files good or better (47%); had a moderator graded every one, likely 12% to 55%"
    assert f"Plans and planning thematic audit: nobody can tell whether grades are kind. {told} would be" in text
    assert "5 files were graded again: 15 are needed." in text
    assert "The files read again were picked, so they cannot speak for the others." in text
    assert "the moderator was the auditor" in text
    assert ("Auditor by auditor" in text) == ("internal" in page.path.parts)


def test_who_did_not_return_stands_before_what_sources_say_and_what_the_missing_could_change(pages_of):
    text = pages_of["triangulation"].main.text
    assert "Multi-agency audit of strategy meetings 51 of 72, 71% Police 19 of 24, Health 15 of 24" in text
    assert "across the force area, October 2024 0 of 15, 0% It has sent no return here" in text
    assert "auditors and Police read the same files and part by more than chance" in text
    assert "4 of 19 Not met 4 to 9 of 24 asked whatever the 5 missing returns hold" in text
    assert "14 of 19 Cannot tell 14 to 19 of 24 asked by what came it falls short; cannot tell if all 5 missing" in text
    assert text.index("51 of 72, 71%") < text.index("Where sources conflict")


def test_sources_are_not_told_to_the_public(editions):
    assert "triangulation" not in {page.path.stem for page in editions["public"]}


def test_the_questions_of_forms_are_told_to_those_who_write_them_and_to_nobody_else(editions):
    pages = {name: {page.path.stem: page for page in each} for name, each in editions.items()}
    assert "form" not in {*pages["board"], *pages["public"]}
    text = pages["internal"]["form"].main.text
    assert "None of 76 questions asked can be shown to be spare (0%)." in text
    assert "6 had answers from a second reader, and 10 are needed to tell" in text
    assert "Met in 36 of 45 files graded good or better, and in 11 of 52 others." in text


def test_families_come_with_who_answered_first_and_the_disagreement_with_their_files_is_shown(pages_of):
    """The chair's question: asked 30, answered 11, 8 understand the plan; the files say 20 of 30."""
    text = pages_of["learning"].main.text
    places = [text.index(words) for words in ("11 of 30 families answered", "8 of 11 of them said yes", "in 20 of 30")]
    assert places == sorted(places)
    shown = lines(pages_of["learning"])
    row = next(counts for name, counts in shown.items() if "Do you understand the plan?" in name)
    assert row[:4] == [(11, 30), (8, 11), (20, 30), (6, 11)]
    assert "8 to 27 of 30 asked" in text
    assert "families agree" not in text.casefold()


def test_themes_stand_in_released_wording_alone_and_practice_apart_from_recording(pages_of):
    text = pages_of["learning"].main.text
    assert "Actions in plans say “ongoing” and give no date." in text
    assert "Drift is clear and goes unsaid" not in text  # nobody has released it
    assert "The consent form on the file cannot be opened" not in text  # it stands in fewer than three files
    assert text.index("Practice: what auditors write") < text.index("Recording and systems: what auditors write")


def test_a_sample_stands_beside_its_list_and_is_called_representative_nowhere(pages_of):
    text = pages_of["programme"].main.text
    assert "It differs by more than chance, by team and worker's time in post" in text
    assert "No difference beyond chance; seen from 16 points" in text
    assert "Unknown: no list of Voice of the child, baseline" in text
    assert ("Ethnic group: asian" in text) is ("internal" in pages_of["programme"].path.parts)
