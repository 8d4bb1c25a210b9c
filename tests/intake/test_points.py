"""A list of points is read whole: each becomes a point as it is quoted, or is told of."""

import pytest

from ilacs_audit.domain.errors import UsageError
from ilacs_audit.intake.points import Point, read_points

# In the shape of published lists; short quotations from Ofsted reports of 2026, Crown copyright, Open Government
# Licence v3.0, beside points of our own.
NO_AREA = "Line {} was taken for a heading or the edge of a page and became no area."
TAG = "outcome 4, national framework"
TABLE = f"""report,published,number,text,tag
Eastmere,07 july 2026,1,"The quality of pathway plans for care leavers, and of their reviews.","{TAG}"
Eastmere,07 july 2026,2,The frequency and quality of supervision.,
Westmere,18 may 2026,1,Workloads.,"Enabler 2: Leaders drive conditions for effective practice"
"""


def points(tmp_path, text, name="points.txt", **options):
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_points(path, **options)


def test_a_table_gives_the_points_of_one_inspection_with_their_tags(tmp_path):
    found = points(tmp_path, TABLE, "list.csv", council="EASTMERE")
    assert found.points == (
        Point("The quality of pathway plans for care leavers, and of their reviews.", TAG),
        Point("The frequency and quality of supervision."),
    )
    assert (found.report, found.remarks) == ("Eastmere", ())


def test_a_table_of_several_inspections_asks_for_one_by_name(tmp_path):
    with pytest.raises(UsageError, match=r"It holds 2 inspections.*Eastmere; Westmere"):
        points(tmp_path, TABLE, "list.csv")
    with pytest.raises(UsageError, match="No inspection is of Southmere"):
        points(tmp_path, TABLE, "list.csv", council="Southmere")


@pytest.mark.parametrize(
    "text", ["text;tag\nPlans;x\nVisits;y\n", "\ufeffTEXT\tTag\r\nPlans\tx\r\nVisits\ty\r\n"], ids=["semicolon", "tab"]
)
def test_a_table_may_be_saved_by_any_spreadsheet(tmp_path, text):
    assert [each.text for each in points(tmp_path, text, "list.csv").points] == ["Plans", "Visits"]


def test_a_row_without_text_is_told_of_and_a_table_without_the_column_is_refused(tmp_path):
    assert points(tmp_path, "text,tag\nPlans,x\n,y\n", "list.csv").remarks == ("Row 3 has no text and became no area.",)
    with pytest.raises(UsageError, match="no column text"):
        points(tmp_path, "point\nPlans\n", "list.csv")


@pytest.mark.parametrize("mark", ["- ", "\u2022 ", "* ", "{n}. ", "({n}) ", "{n}) ", ""])
def test_pasted_text_is_a_point_a_bullet_or_a_line(tmp_path, mark):
    said = ("The quality of plans.", "The supply of homes.", "Supervision.")
    lines = [f"{mark.format(n=n)}{each}" for n, each in enumerate(said, start=1)]
    found = points(tmp_path, "\n".join(["What needs to improve?", "", *lines]))
    assert tuple(each.text for each in found.points) == said
    assert found.remarks == (NO_AREA.format(1),)


def test_a_bullet_that_goes_over_two_lines_is_one_point_and_its_tag_stands_apart(tmp_path):
    found = points(tmp_path, "- The quality of plans,\n  for every child. (Outcome 1, national framework)\n- Homes.\n")
    assert found.points == (
        Point("The quality of plans, for every child.", "Outcome 1, national framework"),
        Point("Homes."),
    )


def test_a_line_that_begins_small_goes_on_with_the_one_before_it(tmp_path):
    found = points(tmp_path, "The quality of plans\nfor every child.\nHomes.\n")
    assert [each.text for each in found.points] == ["The quality of plans for every child.", "Homes."]


def test_a_cell_over_two_lines_is_one_point(tmp_path):
    assert points(tmp_path, 'text\n"Plans,\nand reviews"\n', "list.csv").points == (Point("Plans, and reviews"),)


def test_brackets_that_are_no_tag_stay_in_the_point(tmp_path):
    said = "The oversight of the local authority designated officer (LADO)"
    assert points(tmp_path, said).points == (Point(said),)


def test_what_is_said_twice_is_an_area_each_time_and_told_of(tmp_path):
    found = points(tmp_path, "Plans.\nHomes.\nPlans\n")
    assert len(found.points) == 3
    assert found.remarks == ("A3 says the same as A1; each is an area.",)


@pytest.mark.parametrize(
    ("text", "said", "remarks"),
    [
        (
            "Report\n- Plans.\nHomes.\n- Care.\n",
            ["Plans.", "Homes.", "Care."],
            ["before the first", "became A2; take it"],
        ),
        (
            "- The quality of:\n   \u2013 plans\n   \u2013 reviews\n- Homes.",
            ["The quality of: plans; reviews", "Homes."],
            ["A1", "A1"],
        ),
        (
            "7 July 2026\n1. Homes for\nPage 3 of 12\nchildren.\n14\n2. Care.",
            ["Homes for children.", "Care."],
            ["edge"] * 3,
        ),
        ("No\tText\tTag\n1\tPlans for all.\tOutcome 1\n2\tHomes.\t\n", ["Plans for all.", "Homes."], ["Line 1 was"]),
        (
            "| Area | Owner |\n|---|---|\n| Plans for all | QA |\n| Homes | QA |",
            ["Plans for all", "Homes"],
            ["", "", "QA", "QA"],
        ),
        ("\u2022\tPlans.\n\u2022\tHomes.\n", ["Plans.", "Homes."], []),
    ],
    ids=["no bullet", "bullets under one", "page furniture", "tabs", "strokes", "word"],
)
def test_lines_of_every_shape_become_points_or_are_told_of(tmp_path, text, said, remarks):
    found = points(tmp_path, text)
    assert [each.text for each in found.points] == said
    assert len(found.remarks) == len(remarks)
    assert all(words in remark for words, remark in zip(remarks, found.remarks, strict=True))


def test_a_tag_in_a_cell_of_its_own_stands_apart(tmp_path):
    assert points(tmp_path, f"1\tPlans for all.\t{TAG}\n2\tHomes.\t{TAG}").points[0] == Point("Plans for all.", TAG)


def test_no_point_at_all_is_refused(tmp_path):
    with pytest.raises(UsageError, match="No point was found"):
        points(tmp_path, "What needs to improve\n\n")
