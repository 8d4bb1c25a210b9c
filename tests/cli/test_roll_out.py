"""After a roll-out in the order that was drawn: what teams trained first show beside those still waiting."""

import pytest

PLANS = "plans-2024-11"
ORDER = ("Safeguarding South", "Leaving Care", "Children in Care", "Safeguarding North", "Children with Disabilities")


@pytest.fixture
def order(tmp_path):
    def write(*days):
        told = [f"{at},{team},{day}" for at, (team, day) in enumerate(zip(ORDER, days, strict=True), start=1)]
        path = tmp_path / "our-roll-out.csv"
        path.write_text("\n".join(("order,team,trained on", *told)), encoding="utf-8")
        return path

    return write


def test_teams_trained_by_the_day_are_held_against_all_orders(say, small, order):
    early = order("2024-09-02", "2024-10-01", "", "", "")
    said = say("roll-out", PLANS, "--order", early, "--workspace", small)
    assert said.code == 0, said.err
    assert "files of the two teams trained" in said.out and "of the three still waiting" in said.out
    assert "of the 120 orders tried" in said.out


def test_an_order_that_was_not_kept_is_no_order(say, small, order):
    said = say("roll-out", PLANS, "--order", order("", "2024-10-01", "", "", ""), "--workspace", small)
    assert "so chance did not decide who came first: no test." in said.out
