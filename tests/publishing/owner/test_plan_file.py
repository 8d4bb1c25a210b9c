"""An inspection's points become a plan: quoted as they are, proposals to confirm, and in the end a finished paper."""

import re
from html import unescape

import pytest
import yaml

from ilacs_audit.domain.errors import UsageError
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.owner.plan_file import new_plan
from tests.publishing import rounds

TAG = "Outcome 1, national framework"
ONE = f'The consistency of "plans", including their reviews, and what children say of them: #1. ({TAG})\n'
NINE = "\n".join(
    f"- {each}"
    for each in (
        "Work with fathers",
        "The use of interpreters",
        "The response to extremism",
        "Help with money and housing",
        "The reach of the youth club: every ward",
        "Support after adoption",
        "The work of the housing panel",
        "Leaders' use of what they know",
        "Sport and music",
    )
)


@pytest.fixture
def place(tmp_path):
    made = rounds.make(tmp_path / "work", themes=("plans",))
    (made / "data" / "plan.yml").write_text("areas: []\n", encoding="utf-8")
    return made


def written(place, text, name="points.txt", **options):
    (place / name).write_text(text, encoding="utf-8")
    said = new_plan(place / name, workspace=load_workspace(place), **options)
    return said, (place / "data" / "plan.yml").read_text(encoding="utf-8")


def confirmed(text):
    """The plan with every proposal taken."""
    return re.sub(r"^    # (themes|reports|items|  -)", r"    \1", text, flags=re.M)


def test_a_point_is_quoted_as_it_is_and_proposals_are_comments_until_a_person_takes_them(place):
    said, text = written(place, ONE)
    (area,) = yaml.safe_load(text)["areas"]
    assert area == {
        "id": "A1",
        "title": 'Consistency of "plans"',
        "needs": 'The consistency of "plans", including their reviews, and what children say of them: #1.',
        "framework": {"quoted": "Outcome 1, national framework", "by": "ofsted"},
    }
    (taken,) = yaml.safe_load(confirmed(text))["areas"]
    assert taken["themes"] == ["plans"]
    assert [each["title"] for each in taken["items"]] == ["Their reviews", "What children say of them: #1"]
    assert "A1: proposed, to confirm: 1 standard of Plans, the audit plans-2024-09 and the audit plans-2024-11." in said


def test_every_point_is_placed_in_order_and_what_nothing_speaks_to_is_told(place):
    said, text = written(place, NINE)
    areas = yaml.safe_load(text)["areas"]
    assert [each["id"] for each in areas] == [f"A{number}" for number in range(1, 10)]
    assert [each["needs"] for each in areas] == [each[2:] for each in NINE.splitlines()]
    assert said == (
        "9 of 9 points placed, an area each.",
        *(f"A{number}: no data supplied." for number in range(1, 10)),
    )


def test_a_register_whose_page_a_point_names_is_proposed_and_told_where_it_is_not_here(place):
    said, text = written(place, "The quality of pathway plans for care leavers\nChildren who go missing\n")
    assert "# reports: [care_leavers]" in text
    assert said[2] == "A2: proposed, to confirm: the page missing (its register is not here yet)."


def test_words_that_only_look_alike_propose_nothing(place):
    said, _ = written(place, "The consistency of approach\nHelp for those over 21\n")
    assert said[1:] == ("A1: no data supplied.", "A2: no data supplied.")


def test_a_plan_that_is_there_is_replaced_only_where_that_is_asked(place):
    _, before = written(place, ONE)
    with pytest.raises(UsageError, match="has an improvement plan already"):
        written(place, NINE)
    assert (place / "data" / "plan.yml").read_text(encoding="utf-8") == before
    assert written(place, NINE, replace=True)[1] != before


def test_audits_that_name_areas_of_another_plan_are_told_before_anything_is_written(place):
    programme = yaml.safe_load((place / "data" / "programme.yml").read_text(encoding="utf-8"))
    programme["audits"][0]["areas"] = ["A2.3"]
    (place / "data" / "programme.yml").write_text(yaml.safe_dump(programme), encoding="utf-8")
    with pytest.raises(UsageError, match=r"Audits name areas that this plan does not have: A2\.3"):
        written(place, ONE)
    assert (place / "data" / "plan.yml").read_text(encoding="utf-8") == "areas: []\n"


def paper(place):
    rounds.publish(place)
    html = (place / "outputs" / "board" / rounds.NOW / "improvement-plan.html").read_text(encoding="utf-8")
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<main")[2])).split())


def test_a_list_of_one_point_and_one_of_nine_that_no_theme_knows_are_carried_to_a_finished_paper(place):
    for month in (rounds.BEFORE, rounds.NOW):
        rounds.send(place, "plans", month, {"North": (9, 11), "South": (6, 14)})
    _, text = written(place, ONE)
    (place / "data" / "plan.yml").write_text(confirmed(text), encoding="utf-8")
    one = paper(place)
    assert "Of 1 area none is complete, and none is shown to be better" in one
    assert "15 of 40 files" in one and "Outcome 1, national framework, as Ofsted quoted it" in one
    assert "A1.2 What children say of them: #1" in one and "Impacts and evidence" in one
    written(place, NINE, replace=True)
    nine = paper(place)
    assert "Of 9 areas none is complete" in nine
    assert nine.count("“") == nine.count("Not stated No data supplied") == nine.count("No data supplied.") == 9
    assert "Impacts and evidence" not in nine


def test_a_tag_that_does_not_name_the_national_framework_is_not_called_ofsteds(place):
    text = f'text,tag\n"Plans are weak.","{TAG}"\n"Visits are late.","our own view"\n'
    areas = yaml.safe_load(written(place, text, name="points.csv")[1])["areas"]
    assert [each["framework"]["by"] for each in areas] == ["ofsted", "council"]
