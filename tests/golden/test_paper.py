"""docs/paper.md leaves out no item of the board's paper and names only what is there; its figures are reviewed ones."""

import csv
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAPER = (ROOT / "docs" / "paper.md").read_text(encoding="utf-8")
LINES = [
    [cell.strip() for cell in line.strip("| ").split(" | ")] for line in PAPER.splitlines() if line.startswith("| ")
]
ITEMS = {
    "Audits and reviews": [str(number) for number in range(1, 23)],
    "Areas of the plan": [f"A{number}" for number in range(1, 13)],
    "The second area, item by item": [str(number) for number in range(1, 12)],
    "The 21 figures": [f"FIG-{number}" for number in range(1, 22)],
}
# Figure -> golden file, measure, level, count, base.
FIGURES = {
    "FIG-1": [("register-tracker", "case_decided", "all", 92, 142)],
    "FIG-2": [("register-tracker", "case_outcome", "transfer", 64, 142)],
    "FIG-3": [("register-tracker", "case_outcome", "step down or close", 11, 142)],
    "FIG-4": [("register-tracker", "case_outcome", "re-allocate", 17, 142)],
    "FIG-5": [("register-tracker", "case_decided", "all", 92, 142)],
    "FIG-6": [("register-tracker", "case_undecided", "all", 50, 142)],
    "FIG-7": [("register-tracker", "case_left", "all", 43, 142)],
    "FIG-8": [("register-tracker", "case_left_of_due", "all", 43, 75)],
    "FIG-9": [("register-actions", "notice_withdrawn", "all", 2, 3)],
    "FIG-10": [("strategy-2024-11", "compliance", "all", 23, 24)],
    "FIG-11": [("consent-2024-11", "sessions", "consent-workshops", 5, None)],
    "FIG-12": [
        ("register-training", "staff_came", f"Five consent workshops x {team}", count, size)
        for team, count, size in (
            ("Front Door Early Help", 6, 19),
            ("Front Door Safeguarding", 8, 19),
            ("Duty & Assessment, all its teams", 11, 39),
        )
    ]
    + [("register-training", "course_listed", "Five consent workshops", 25, None)],
    "FIG-13": [("register-training", "course_listed", "One-to-one sessions on consent", 14, None)],
    "FIG-14": [("register-consent", "consent_forced", "all", 9, 9)],
    "FIG-15": [("register-actions", "post_filled", "Family network meeting worker", 1, 2)],
    "FIG-16": [
        ("register-family_hubs", "hub_came", cohort, came, size)
        for cohort, came, size in (
            *(("CIC", 3, 34), ("CIN", 7, 51), ("CP", 7, 38)),
            *(("MAP", 13, 90), ("EH interventions", 9, 52)),
        )
    ],
    "FIG-17": [("register-training", "course_came", "Assessment training", 110, 120)],
    "FIG-18": [
        ("register-training", "course_came", "Plans and planning training", 133, 167),
        ("register-training", "course_ahead", "Plans and planning training", 34, 167),
    ],
    "FIG-19": [("register-placements", "bed_state", "awaiting planning permission", 3, 12)],
    "FIG-20": [
        ("register-actions", "support_ahead", "eet jobs and apprenticeships", 10, 10),
        ("register-actions", "support_ahead", "eet work experience", 6, 6),
    ],
    "FIG-21": [("register-training", "course_listed", "tsds", 46, None)],
}


def golden(name):
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [(row["measure"], row["level"], row["numerator"], row["denominator"]) for row in csv.DictReader(lines)]


@pytest.mark.parametrize("part", ITEMS)
def test_no_item_of_the_paper_is_left_out_or_without_a_module_or_a_line(part):
    told = PAPER.partition(f"## {part}\n")[2].partition("\n## ")[0]
    rows = [
        line for line in LINES if f"| {' | '.join(line)}" in told and line[0] not in ("no.", "area", "item", "figure")
    ]
    assert [row[0] for row in rows if not row[0].startswith("---")] == ITEMS[part]
    assert all(len(row) > 2 and row[2] for row in rows if row[0] not in ("A2",) and not row[0].startswith("---"))


def test_every_module_and_every_report_that_is_named_is_there():
    modules = re.findall(r"`(\w+/[\w/]+\.py)`", PAPER)
    assert len(modules) > 50
    assert [
        each for each in modules if not (ROOT / "ilacs_audit" / each).is_file() and not (ROOT / each).is_file()
    ] == []
    reports = {name for line in LINES for name in re.findall(r"`(\w+)`", line[-1])}
    planned = yaml.safe_load((ROOT / "reports.yml").read_text(encoding="utf-8"))
    assert reports - {*planned} == set()
    shared = {name for name, each in planned.items() if not each.get("internal")}
    assert shared - reports == set()  # and no report that a board sees answers nothing that the paper asks


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_of_the_paper_is_among_the_reviewed_measures(figure):
    for name, measure, level, count, base in FIGURES[figure]:
        assert (measure, level, str(count), "" if base is None else str(base)) in golden(name)


def test_the_review_is_of_five_workers_and_what_is_not_exclusive_is_never_added():
    workers = {level for measure, level, *_ in golden("register-tracker") if level.startswith("P-")}
    assert len(workers) == 5
    every = [count for name in ("actions", "training") for _, _, count, _ in golden(f"register-{name}")]
    assert "39" not in every  # 25 and 14
    assert ("support_ahead", "all", "16", "16") not in golden("register-actions")
