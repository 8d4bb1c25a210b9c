"""No edition goes out that would give a child away beside an earlier one."""

import json
import re

import pytest

from ilacs_audit.publishing.run.rebuild import rebuild
from tests.publishing import tiny

TEAMS = """
import pandas as pd
from IPython.display import display
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.measures import measures, rows

def row(level, met, read):
    about = {{"measure": "compliance", "theme": "consent", "standard_id": "CON-1", "period": "2024-11"}}
    group = "all" if level == "all" else "team"
    return {{**about, "group": group, "level": level, "numerator": met, "denominator": read, "value": met / read}}

table = measures([row("all", 38, 74), row("North", {met}, {read}), row("South", 30, 50 - {read} + 24)])
shown = [each._asdict() for each in rows(release(table, audience=audience))]
said = {{"kind": "measures_table", "question": "Toy?", "answer": "Toy.", "released": shown}}
display({{"text/html": "<h1>Toy</h1>", "application/vnd.ilacs-audit+json": said}}, raw=True)
"""


def teams(met, read):
    return {"dip_sample": tiny.FINE, "second": TEAMS.format(met=met, read=read)}


def ledger(outputs):
    return json.loads((outputs / "private" / "ledger.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A workspace whose second report compares two teams, published for the board."""
    place = tiny.make(tmp_path_factory.mktemp("work"), notebooks=teams(8, 24))
    outputs = tmp_path_factory.mktemp("out")
    tiny.publish(place, outputs)
    return place, outputs


def test_what_was_shown_is_kept_in_private(once):
    _, outputs = once
    cells = {(each["level"], each["value"], each["audience"]) for each in ledger(outputs)}
    assert ("North", "8 of 24", "board") in cells
    assert (outputs / "private" / "ledger.json").stat().st_mode & 0o077 == 0


MARK = b'<p class="ia-note ia-told">Restatement pending'
PAGE, CSV = "second-consent-2024-11.html", "second-consent-2024-11.csv"


def told_the_owner(outputs):
    return json.loads((outputs / "private" / "status" / "status.json").read_text(encoding="utf-8"))


def test_one_late_return_in_a_team_leaves_its_page_standing_and_everything_else_goes_out(once):
    place, outputs = once
    before, kept = tiny.given(outputs), ledger(outputs)
    tiny.write_notebook(place, "second", teams(9, 25)["second"])
    tiny.write_notebook(place, "dip_sample", tiny.FINE.replace("Toy", "New"))
    ended = tiny.publish(place, outputs)
    after = tiny.given(outputs)
    assert (ended.published, ended.exit_code, len(ended.pending), ended.failed) == (True, 18, 1, ())
    assert b"New" in after["dip-sample-consent-2024-11.html"]
    assert after[CSV] == before[CSV] and MARK in after[PAGE]
    assert re.sub(MARK + b"[^<]*</p>", b"", after[PAGE]) == before[PAGE]
    assert "Restatement pending" in after["index.html"].decode()
    reports = {each["report"]: each["status"] for each in json.loads(after["run.json"])["reports"]}
    assert reports == {"dip-sample-consent-2024-11": "ok", "second-consent-2024-11": "restatement pending"}
    assert ledger(outputs) == kept


def test_the_owner_alone_is_told_why_and_no_number(once):
    place, outputs = once
    ended = tiny.publish(place, outputs)
    every = told_the_owner(outputs)["to_do"]
    assert told_the_owner(outputs)["exit_code"] == 18
    (told,) = [each for each in every if "Restatement pending: what readers have stands." in each]
    assert "second-consent-2024-11: compliance CON-1 by team, beside 2024-11" in told
    assert not {"North", "25", "9 of"} & set(" ".join(every).split())
    assert not any("worked out" in each.decode(errors="replace") for each in tiny.given(outputs).values())
    assert (ended.published, ended.exit_code) == (False, 18)


def test_the_same_figures_again_are_no_news(once):
    place, outputs = once
    tiny.write_notebook(place, "second", teams(8, 24)["second"])
    kept = ledger(outputs)
    assert tiny.publish(place, outputs).exit_code == 0
    assert ledger(outputs) == kept
    assert MARK not in tiny.given(outputs)[PAGE]


def test_many_late_returns_at_once_may_be_published(once):
    place, outputs = once
    tiny.write_notebook(place, "second", teams(16, 38)["second"])
    assert tiny.publish(place, outputs).published
    assert ("North", "16 of 38") in {(each["level"], each["value"]) for each in ledger(outputs)}
    page = tiny.given(outputs)[PAGE].decode()
    assert "Restatement pending" not in page and "Restated" not in page


def test_the_whole_service_says_what_it_was_before_and_says_it_again_until_it_moves(once):
    place, outputs = once
    restated = teams(26, 58)["second"].replace("38, 74", "48, 94").replace("30, 50", "22, 70")
    tiny.write_notebook(place, "second", restated)
    ended = tiny.publish(place, outputs)
    assert (ended.pending, ended.failed) == ((), ())
    said = b"Restated since it was first published: CON-1 48 of 94 (was 38 of 74)."
    assert said in tiny.given(outputs)[PAGE]
    before = tiny.given(outputs)
    assert not tiny.publish(place, outputs, force=True).published
    assert tiny.given(outputs) == before
    assert "Restated since it was first published" in before["index.html"].decode()
    assert not rebuild("2024-11", outputs=outputs, preload=()).different


def test_a_page_that_was_never_published_and_may_not_be_is_left_out(tmp_path):
    place = tiny.make(tmp_path / "work", notebooks=teams(8, 24))
    tiny.publish(place, tmp_path / "out")
    tiny.write_notebook(place, "third", teams(9, 25)["second"])
    (place / "reports.yml").write_text((place / "reports.yml").read_text() + "third: {each: {audit: dip_sample}}\n")
    ended = tiny.publish(place, tmp_path / "out")
    assert [each.report for each in ended.pending] == ["third-consent-2024-11"]
    given = tiny.given(tmp_path / "out")
    assert not any(name.startswith("third") for name in given)
    assert MARK not in given[PAGE]


def test_where_the_boards_page_waits_the_publics_waits_too_though_its_rounded_counts_would_give_nobody_away(tmp_path):
    place, outputs, both = tiny.make(tmp_path / "work", notebooks=teams(12, 24)), tmp_path / "out", ("public", "board")
    tiny.publish(place, outputs, audiences=both)
    before = tiny.given(outputs, "public")
    tiny.write_notebook(place, "second", teams(13, 25)["second"])
    ended = tiny.publish(place, outputs, audiences=both)
    assert {each.audience for each in ended.pending} == {"board", "public"}
    assert tiny.given(outputs, "public")[CSV] == before[CSV] and MARK in tiny.given(outputs, "public")[PAGE]
