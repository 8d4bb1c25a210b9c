"""The improvement plan: what is complete must say when it can be seen to have helped."""

from datetime import date

import pytest

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.plan import read_plan


def plan(*items, **area):
    return read_plan([{"id": "A3", "title": "Plans", "needs": "Plans.", "items": items} | area], file="plan.yml")


def item(**more):
    return {"id": "A3.1", "title": "Training"} | more


def test_a_complete_action_without_an_impact_date_is_refused_and_named():
    with pytest.raises(CatalogueError) as refused:
        plan(item(activity="complete"))
    assert refused.value.exit_code == 12
    assert "complete, and nothing says when its impact can be measured" in str(refused.value)
    assert "plan.yml, area A3, A3.1" in str(refused.value)
    assert "impact_on" in str(refused.value)


@pytest.mark.parametrize("activity", ["", "not started", "on track", "delayed", "stopped"])
def test_an_action_that_is_not_complete_may_do_without(activity):
    assert plan(item(activity=activity))["A3"].items[0].impact_on is None


def test_a_complete_action_with_its_date_is_read():
    assert plan(item(activity="complete", impact_on=date(2025, 2, 3)))["A3"].items[0].impact_on == date(2025, 2, 3)


def test_an_impact_date_is_a_date():
    with pytest.raises(CatalogueError, match="'in spring' is not a date"):
        plan(item(impact_on="in spring"))


def test_a_complete_area_needs_a_date_of_its_own_or_of_an_item():
    with pytest.raises(CatalogueError, match=r"plan\.yml, area A3"):
        plan(item(), activity="complete")
    plan(item(impact_on=date(2025, 2, 3)), activity="complete")
    plan(item(), activity="complete", impact_on=date(2025, 2, 3))
