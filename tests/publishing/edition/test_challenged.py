"""Two months of one audit: a figure keeps its code, and what was asked of it stands on the next front page."""

import json
import re

import pytest

from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.domain.references.codes import referenced
from ilacs_audit.publishing.edition.finding import find, look_up
from ilacs_audit.publishing.run.rebuild import rebuild
from tests.pages.reading import page
from tests.publishing import rounds

ASKED = """- code: {whole}
  words: Who tells the family?
  by: Independent chair
  raised_on: 2024-10-08
  period: 2024-09
- code: {north}
  words: What does the team say?
  by: Lead member for children
  raised_on: 2024-10-08
  period: 2024-09
  answer: A manager is asked.
  answered_on: 2024-11-20
- code: {gone}
  words: Was that one month, or has it held?
  by: Independent chair
  raised_on: 2024-10-08
  period: 2024-09
- code: BBBBBB
  words: Practice has improved for all children.
  by: Independent chair
  raised_on: 2024-11-05
  period: 2024-10
- code: {whole}
  words: And next year?
  by: Independent chair
  raised_on: 2025-11-05
  period: 2024-10
"""


REPORTS = """thematic:
  each: {theme: all}
overview:
  title: Is practice good enough for children?
"""


def summaries(place, audience, month):
    path = place / "outputs" / "private" / audience / month / "summaries.json"
    return json.loads(path.read_text(encoding="utf-8"))


def codes(place, month, audience="board"):
    """(measure, group, level) -> its code, on the page about the audit."""
    told = summaries(place, audience, month)["thematic-visits"]["released"]
    return {(each["measure"], each["group"], each["level"]): each["reference"] for each in told if "reference" in each}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """West is read in September and not in November."""
    made = rounds.make(tmp_path_factory.mktemp("asked") / "a work", themes=("visits",))
    (made / "reports.yml").write_text(REPORTS, encoding="utf-8")
    teams = {"North": (9, 11), "South": (6, 14), "West": (7, 7)}
    rounds.send(made, "visits", rounds.BEFORE, teams)
    rounds.send(made, "visits", rounds.NOW, {"North": (2, 18), "South": (9, 11), "East": (10, 10)})
    assert not rounds.publish(made, period=rounds.BEFORE).failed
    said = codes(made, rounds.BEFORE)
    whole, north, gone = (said["compliance", *each] for each in (("all", "all"), ("team", "North"), ("team", "West")))
    text = ASKED.format(whole=whole, north=north, gone=gone)
    (made / "data" / "evidence" / "challenges.yml").write_text(text, encoding="utf-8")
    ended = rounds.publish(made)
    assert not ended.failed
    (made / "owed.txt").write_text("\n".join(ended.to_do), encoding="utf-8")
    return made


def front(place, audience="board"):
    return page(place / "outputs" / audience / rounds.NOW / "index.html").main.text


def test_a_figure_has_the_code_that_it_had(place):
    before, now = codes(place, rounds.BEFORE), codes(place, rounds.NOW)
    both = before.keys() & now.keys()
    assert ("compliance", "team", "North") in both and ("compliance", "all", "all") in both
    assert all(before[each] == now[each] for each in both)


def test_it_is_found_with_what_it_said_each_month_and_where_it_stands(place):
    code = codes(place, rounds.NOW)["compliance", "all", "all"]
    said = find(code.lower(), outputs=place / "outputs", audience="board")
    assert "in 22 of 54 files" in said and "in 21 of 60 files" in said
    assert "September 2024 (evidence to 30 September 2024)" in said and "November 2024" in said
    assert f"board/2024-09/thematic-visits.html#{code}" in said and f"board/2024-11/thematic-visits.html#{code}" in said
    html = (place / "outputs/board/2024-11/thematic-visits.html").read_text(encoding="utf-8")
    assert f'id="{code}"' in html
    one = find(code, outputs=place / "outputs", audience="board", period="2024-11")
    assert "2024-09" not in one


def test_one_that_nobody_has_is_told_with_those_that_look_like_it(place):
    code = codes(place, rounds.NOW)["compliance", "all", "all"]
    with pytest.raises(UsageError, match=f"Did you mean '{code}'"):
        find(code[:-1] + ("B" if code[-1] != "B" else "C"), outputs=place / "outputs", audience="board")
    with pytest.raises(UsageError, match="run the period first"):
        find(code, outputs=place / "nowhere", audience="board")


def test_a_hidden_figure_is_found_and_tells_no_number():
    about = {"measure": "compliance", "theme": "visits", "standard_id": "VIS-1", "group": "team", "period": "2024-11"}
    counts = {"North": (2, 3), "South": (9, 20), "East": (10, 20)}
    told = [{**about, "level": name, "numerator": k, "denominator": n} for name, (k, n) in counts.items()]
    shown = referenced(release(measures(told), audience="board"), audit="visits-2024-11")
    records = [each._asdict() for each in rows(shown)]
    north = next(each for each in records if each["level"] == "North")
    (found,) = look_up(north["reference"], {"page": {"released": records, "words": {"unit": "file", "names": {}}}})
    assert north["status"] == "suppressed" and north["numerator"] is None
    assert not re.search(r"\d of \d", found.said[0][1]) and "hidden" in found.in_short()


def test_the_next_front_page_tells_each_with_then_and_now(place):
    told = front(place)
    assert "Your four challenges: one answered, three not yet" in told
    assert re.search(
        r"Who tells the family\? .*?Then: Visits asked 1 \(VIS-1\): in 22 of 54 files.*Now: in 21 of 60", told
    )
    assert "Not yet answered: 1 month." in told
    north = told[told.index("What does the team say?") :]
    assert re.match(r".*?Then: .*North: in 9 of 20 files .*?Now: in 2 of 20 files.*?A manager is asked\.", north)
    assert "Now: No page of this edition has this figure." in told[told.index("Was that one month, or has it held?") :]
    assert "Practice has improved" not in told and "The words are left out" in told
    assert "And next year?" not in told


def test_what_is_odd_of_a_challenge_is_told_to_its_owner(place):
    owed = (place / "owed.txt").read_text(encoding="utf-8")
    assert "no figure of the board edition of November 2024 has the code BBBBBB" in owed
    assert "is dated 5 November 2025" in owed
    assert "“Practice has improved for all children.” cannot be published" in owed


def test_the_front_page_is_made_again_without_the_earlier_edition(place):
    assert "index.html" in rebuild(rounds.NOW, outputs=place / "outputs").identical
