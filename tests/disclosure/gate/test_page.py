"""A page is made of findings by the gate, and by nothing else."""

from pathlib import Path

import pandas as pd
import pytest

import ilacs_audit
from ilacs_audit.disclosure.gate.page import page
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.measures import gather, measures
from tests.build import seen, table
from tests.shelf import Shelf, opened


def team(name, met, read):
    return seen(met, read, group="team", level=name)


@pytest.mark.parametrize("audience", ["internal", "board", "public"])
def test_all_findings_of_a_page_are_released_together(audience):
    found = table(seen(3, 40)), table(team("North", 1, 20), team("South", 2, 20))
    made = page(opened(Shelf(), audience=audience), *found)
    pd.testing.assert_frame_equal(made.released.drop(columns="reference"), release(gather(*found), audience=audience))


def test_what_one_finding_hides_another_does_not_give_away():
    found = table(seen(8, 40)), table(team("North", 1, 20), team("South", 7, 20))
    made = page(opened(Shelf(), audience="public"), *found)
    assert set(made.of(group="team")["status"]) <= {"suppressed", "secondary"}


def test_a_page_without_findings_is_empty_and_one_for_nobody_known_is_refused():
    assert len(page(opened(Shelf())).released) == 0
    with pytest.raises(UsageError, match="not an audience"):
        page(opened(Shelf(), audience="everybody"), measures([]))


@pytest.mark.parametrize(
    ("others", "kept"),
    [
        ([], ["all"]),
        ([{"measure": "reach", "group": "team", "level": "North", "numerator": 9}], ["all", "team"]),
        ([team("North", 20, 40)], ["all"]),
        ([team("North", 20, 40), {"measure": "returned", "group": "audit", "numerator": 9}], ["all", "audit"]),
    ],
)
def test_the_whole_leaves_breakdowns_out_where_standards_are_broken_down(others, kept):
    made = page(opened(Shelf()), table(seen(20, 40), *others))
    assert made.whole["group"].tolist() == kept


def test_a_page_does_not_carry_the_answers_it_was_made_from():
    made = page(opened(Shelf()), table(seen(20, 40)))
    assert not isinstance(made.about, Dossier)
    assert made.about.id == "consent-2024-11"


def test_nothing_else_makes_a_page():
    root = Path(ilacs_audit.__file__).parent
    made = [path.relative_to(root).as_posix() for path in root.rglob("*.py") if " Page(" in path.read_text("utf-8")]
    assert made == ["disclosure/gate/page.py"]
