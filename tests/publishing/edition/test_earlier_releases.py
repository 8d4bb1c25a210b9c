"""No edition goes out that would give a child away beside an earlier one."""

import json

import pytest

from ilacs_audit.domain.errors import DisclosureError
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


def test_one_late_return_in_a_team_is_refused_and_readers_keep_what_they_have(once):
    place, outputs = once
    before, kept = tiny.given(outputs), ledger(outputs)
    tiny.write_notebook(place, "second", teams(9, 25)["second"])
    with pytest.raises(DisclosureError) as refused:
        tiny.publish(place, outputs)
    assert refused.value.exit_code == 13
    told = str(refused.value)
    assert "second-consent-2024-11: compliance CON-1 by team, beside 2024-11" in told
    assert not {"North", "25", "9 of"} & set(told.split())
    assert (tiny.given(outputs), ledger(outputs)) == (before, kept)


def test_the_same_figures_again_are_no_news(once):
    place, outputs = once
    tiny.write_notebook(place, "second", teams(8, 24)["second"])
    kept = ledger(outputs)
    tiny.publish(place, outputs, force=True)
    assert ledger(outputs) == kept


def test_many_late_returns_at_once_may_be_published(once):
    place, outputs = once
    tiny.write_notebook(place, "second", teams(16, 38)["second"])
    assert tiny.publish(place, outputs).published
    assert ("North", "16 of 38") in {(each["level"], each["value"]) for each in ledger(outputs)}
