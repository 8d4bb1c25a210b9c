"""A run from beginning to end: which pages it makes, and what they say beside each other."""

import csv
import shutil

import pytest

from tests.publishing import rounds

VISITS, PLANS = "reaudit-visits-2024-11", "reaudit-plans-2024-11"
STILL = {"North": (9, 11), "South": (6, 14)}
NEARLY = {"North": [(14, 6), (9, 11), (9, 11)], "South": [(13, 7), (6, 14), (6, 14)]}
GREATLY = {"North": [(20, 0), (20, 0), (9, 11)], "South": [(20, 0), (20, 0), (6, 14)]}


@pytest.fixture(scope="module")
def visits_alone(tmp_path_factory):
    """A month in which the re-audit of plans has not come in, published for the board."""
    place = rounds.make(tmp_path_factory.mktemp("rounds") / "work", standards=3)
    for theme in ("visits", "plans"):
        rounds.send(place, theme, rounds.BEFORE, STILL)
    rounds.send(place, "visits", rounds.NOW, NEARLY)
    assert not rounds.publish(place).failed
    return place


@pytest.fixture
def place(visits_alone, tmp_path):
    return shutil.copytree(visits_alone, tmp_path / "work")


def changes(place, page):
    """The verdict on each change that a page gives its readers."""
    with (place / "outputs" / "board" / rounds.NOW / f"{page}.csv").open(encoding="utf-8") as file:
        return {each["standard_id"]: each["verdict"] for each in csv.DictReader(file) if each["measure"] == "change"}


def made(ended):
    return {each.report for each in ended.entries if each.status == "made"}


def test_a_page_is_made_again_where_another_audit_turns_its_verdict_even_with_only(place):
    assert changes(place, VISITS)["VIS-1"] == "better"
    rounds.send(place, "plans", rounds.NOW, STILL)
    ended = rounds.publish(place, only=(PLANS, "thematic-plans"))
    assert made(ended) == {PLANS, "thematic-plans", VISITS, "thematic-visits", "improvement-plan", "overview"}
    assert changes(place, VISITS)["VIS-1"] == "cannot tell"
    index = (place / "outputs" / "board" / rounds.NOW / "index.html").read_text(encoding="utf-8")
    assert "1 better" not in index and "one in twenty" not in index


def test_a_page_stays_as_it_is_where_another_audit_does_not_turn_its_verdict(place):
    page = place / "outputs" / "board" / rounds.NOW / f"{VISITS}.html"
    before = page.read_bytes()
    rounds.send(place, "plans", rounds.NOW, GREATLY)
    ended = rounds.publish(place)
    assert made(ended) == {PLANS, "thematic-plans", "programme", "learning", "improvement-plan", "overview"}
    assert page.read_bytes() == before and changes(place, VISITS)["VIS-1"] == "better"
    index = (place / "outputs" / "board" / rounds.NOW / "index.html").read_text(encoding="utf-8")
    assert "about one in twenty may be chance" in index
