"""Before an audit: what a number of files can show, and a draw that nobody can quarrel with."""

import re
import stat
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from ilacs_audit.analysis.draw import draw_order
from ilacs_audit.publishing.owner.protocol import save_order

AUDITORS = "auditor,team,capacity\nAda,Front Door,8\nBen,Court,8\nCyd,Care,8\n"
PLANS, LISTED = "plans-2024-11", 110
STRATA = "strata: [{name: flagged, size: 12, drawn: 12}, {name: the rest, size: 98, drawn: 52}]"
TEAMS = ("Front Door", "Court", "Care")
CASES = [(f"00{number:05d}", TEAMS[number % 3], f"Worker {number % 7}") for number in range(1, 61)]


@pytest.fixture
def auditors(tmp_path):
    path = tmp_path / "auditors.csv"
    path.write_text(AUDITORS, encoding="utf-8")
    return path


def as_csv(folder):
    path = folder / "cases.csv"
    path.write_text("child_ref,team,worker\n" + "\n".join(",".join(case) for case in CASES), encoding="utf-8")
    return path


def as_workbook(folder):
    book = openpyxl.Workbook()
    book.active.append(["Open cases, run on 1 November 2024"])
    book.active.append([])
    book.active.append(["Case ID", "Team", "Social worker", "Plan"])
    for case in CASES:
        book.active.append([*case, "CIN"])
    path = folder / "cases.xlsx"
    book.save(path)
    return path


def as_annex_a(folder):
    book = openpyxl.Workbook()
    book.active.title = "List 6"
    book.active.append(
        ["Child Unique ID", "Gender", "Date of Birth", "Case Status", "Allocated Team", "Allocated Worker"]
    )
    for reference, team, worker in CASES:
        book.active.append([int(reference), "b) Female", "2012-03-04", "c) Child in need plan", team, worker])
    path = folder / "annex_a.xlsx"
    book.save(path)
    return path


def draw(say, cases, auditors, folder, *more):
    return say("draw", cases, "--size", 12, "--auditors", auditors, "--seed", 2024, "--workspace", folder, *more)


def drawn(folder, name="cases"):
    """The rows of the allocation."""
    sheet = openpyxl.load_workbook(folder / f"outputs/private/draws/{name}-allocation.xlsx")["Allocation"]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--before", 0.6, "--after", 0.8), "To tell 60% from 80%: 82 files in each round."),
        (("--before", "60%", "--after", "80%"), "To tell 60% from 80%: 82 files in each round."),
        (("--before", 60, "--after", 80), "To tell 60% from 80%: 82 files in each round."),
        (("--population", 100, "--margin", 10), "within 10 points either way: 50 files of 100 to draw from."),
        (("--population", 100, "--margin", 0.1), "within 10 points either way: 50 files of 100 to draw from."),
        (("--population", 100), "within 10 points either way: 50 files of 100 to draw from."),
        (("--files", 20, "--target", 0.925), "92.5% target with 20 files"),
        (("--files", 20, "--target", "90%"), "90% target with 20 files"),
        (("--until-known", "--population", 110, "--target", 0.8), "If 65% meet it: 42 files on average, 65 or fewer"),
        (("--until-known", "--population", 84, "--target", "80%"), "At 31 files: stop if 30 or more meet it, or 19 or"),
    ],
)
def test_a_plan_says_what_files_can_show(say, asked, told):
    said = say("plan", *asked)
    assert said.code == 0
    assert told in said.out


@pytest.mark.parametrize(
    "asked",
    [
        ("--target", "high"),
        ("--target", "0"),
        ("--target", "nan"),
        ("--before", 0.6),
        ("--files", 0),
        ("--before", "110%", "--after", "80%"),
        ("--margin", "100%"),
    ],
)
def test_a_plan_that_cannot_be_understood_ends_with_2(say, asked):
    said = say("plan", *asked)
    assert said.code == 2
    assert said.err


@pytest.mark.parametrize("make", [as_csv, as_workbook, as_annex_a])
def test_a_draw_from_any_list_gives_every_file_an_auditor_of_another_team(make, say, tmp_path, auditors):
    cases = make(tmp_path)
    said = draw(say, cases, auditors, tmp_path, "--stratify", "team")
    assert said.code == 0, said.err
    rows = drawn(tmp_path, cases.stem)
    home = dict(line.split(",")[:2] for line in AUDITORS.splitlines()[1:])
    assert len(rows) == 12
    assert all(home[auditor] != team for auditor, _, team, *_ in rows)
    assert "12 of 60 files drawn with seed 2024." in said.out
    assert "The list names no families, so siblings may both be drawn." in said.out


def listed(folder, *rows):
    path = folder / "cases.csv"
    told = [
        f"00{n:05d},{TEAMS[n % 3]},Worker {n % 7},Family {n // 2},{'yes' if n % 10 == 0 else ''}" for n in range(60)
    ]
    path.write_text("\n".join(("child_ref,team,worker,family,concern", *told)), encoding="utf-8")
    return path


def test_one_child_of_each_family_is_listed_and_the_protocol_says_of_how_many(say, tmp_path, auditors):
    said = draw(say, listed(tmp_path), auditors, tmp_path)
    families = [int(str(row[1])) // 2 for row in drawn(tmp_path)]
    assert len({*families}) == len(families) == 12
    assert "12 of 30 files drawn" in said.out and "population: size: 30" in said.out


def test_all_flagged_files_are_drawn_and_which_part_each_is_of_is_kept(say, tmp_path, auditors):
    path = listed(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("family", "address"), encoding="utf-8")
    said = draw(say, path, auditors, tmp_path, "--flagged", "concern", "--target", "80%")
    parts = {str(row[1]).lstrip("0").zfill(1): row[3] for row in drawn(tmp_path)}
    assert [*parts.values()].count("flagged") == 6 and len(parts) == 12
    assert "{name: flagged, size: 6, drawn: 6}, {name: the rest, size: 54, drawn: 6}" in said.out
    page = (tmp_path / "outputs/private/draws/cases-protocol.html").read_text(encoding="utf-8")
    assert "6 flagged files of 60 are read in full" in page
    assert draw(say, path, auditors, tmp_path, "--flagged", "concern", "--stratify", "team").code == 2
    families = draw(say, listed(tmp_path), auditors, tmp_path, "--flagged", "concern").out
    assert "All 6 flagged children are read, brothers and sisters too" in families
    assert "one child of each family was listed" not in families.casefold()


def test_workers_are_drawn_with_all_their_files(say, tmp_path, auditors):
    said = draw(say, listed(tmp_path), auditors, tmp_path, "--by", "worker")
    rows = drawn(tmp_path)
    assert said.code == 0, said.err
    workers = {int(str(row[1])) % 7 for row in rows}
    assert len(workers) == 1 and len(rows) == sum(n % 7 in workers for n in range(60))
    assert "Write in the programme: selection: random, by: worker." in said.out
    one = tmp_path / "one.csv"
    one.write_text("child_ref,team,worker\n0000001,Care,W\n0000002,Care,W\n", encoding="utf-8")
    said = draw(say, one, auditors, tmp_path, "--by", "worker")
    assert said.code == 2 and "All files are of one worker, so none is drawn." in said.err


def test_the_order_of_training_is_drawn_and_has_room_for_the_days(say, tmp_path):
    said = say("draw", listed(tmp_path), "--teams", "--seed", 5, "--workspace", tmp_path)
    book = openpyxl.load_workbook(tmp_path / "outputs/private/draws/cases-roll-out.xlsx")
    rows = [*book.active.iter_rows(values_only=True)]
    assert rows[0] == ("Order", "Team", "Trained on") and sorted(row[1] for row in rows[1:]) == sorted(TEAMS)
    assert ", ".join(row[1] for row in rows[1:]) in said.out
    assert say("draw", listed(tmp_path), "--seed", 5, "--workspace", tmp_path).code == 2


def test_a_plan_in_two_parts_says_from_which_count_of_the_rest_the_list_meets_its_target(say):
    said = say("plan", "--population", 110, "--flagged", 12, "--files", 37, "--target", "80%")
    assert "if none of the 12 flagged meets it, never met; if all do, met from 24 of 25 of the rest." in said.out
    assert say("plan", "--flagged", 12).code == 2


@pytest.mark.parametrize("more", [("--files", 30), ("--before", 60, "--after", 80), ("--margin", "10%")])
def test_reading_until_known_decides_no_size(more, say):
    said = say("plan", "--until-known", "--population", 110, "--target", "80%", *more)
    assert said.code == 2 and f"Leave out {more[0]}" in said.err


def test_a_draw_smaller_than_its_aim_is_made_and_its_protocol_says_what_it_cannot_show(say, tmp_path, auditors):
    said = draw(say, as_csv(tmp_path), auditors, tmp_path, "--before", 60, "--after", 80, "--target", "90%")
    assert said.code == 0, said.err
    page = (tmp_path / "outputs/private/draws/cases-protocol.html").read_text(encoding="utf-8")
    assert "82 files in each round, more than the list holds. 12 files are not enough" in page
    assert "90% target with 12 files: never met, even if all 12 meet it" in page


@pytest.mark.parametrize(("more", "said"), [((), "own, or one of their own team."), (("--own-team",), "own.")])
def test_the_protocol_says_who_may_read_what(more, said, say, tmp_path, auditors):
    draw(say, as_csv(tmp_path), auditors, tmp_path, *more)
    page = (tmp_path / "outputs/private/draws/cases-protocol.html").read_text(encoding="utf-8")
    assert f"Nobody reads a case of their {said}" in page


def graded_list(folder, grades=("Good", "RI", "outstanding", "Inad", "Good")):
    path = folder / "graded.csv"
    told = [",".join((*case, grades[at % len(grades)])) for at, case in enumerate(CASES)]
    path.write_text("Case id,Team,Worker,Overall\n" + "\n".join(told), encoding="utf-8")
    return path


def test_files_for_a_second_reading_are_half_of_each_kind_and_do_not_show_the_first_grade(say, tmp_path, auditors):
    said = draw(say, graded_list(tmp_path), auditors, tmp_path, "--moderation", "Overall")
    assert said.code == 0, said.err
    page = (tmp_path / "outputs/private/draws/graded-protocol.html").read_text(encoding="utf-8")
    assert all(
        f'{name}</th><td role="cell" class="num" data-l="Listed">{size}' in page
        for name, size in (("good or better", 36), ("below good", 24))
    )
    assert page.count('data-l="Drawn">6<') == 2
    assert "Too few to set a headline right by them: that takes 15 in all, and two of each kind." in said.out
    assert "within its group each had the same chance" in page
    assert all(len(row) == 4 for row in drawn(tmp_path, "graded"))


@pytest.mark.parametrize(
    ("grades", "more", "told"),
    [
        (("Good", "?", "RI"), (), "20 of 60 files have no grade in 'Overall' that can be read."),
        (("Good", "RI"), ("--stratify", "team"), "A list is divided by one column."),
    ],
)
def test_a_second_reading_that_cannot_be_drawn_is_refused(grades, more, told, say, tmp_path, auditors):
    said = draw(say, graded_list(tmp_path, grades), auditors, tmp_path, "--moderation", "Overall", *more)
    assert said.code != 0
    assert told in said.err


def test_leading_zeros_of_a_reference_are_kept(say, tmp_path, auditors):
    draw(say, as_csv(tmp_path), auditors, tmp_path)
    assert {row[1] for row in drawn(tmp_path)} <= {case[0] for case in CASES}


def test_the_same_seed_draws_the_same_files(say, tmp_path, auditors):
    draw(say, as_csv(tmp_path), auditors, tmp_path)
    first = drawn(tmp_path)
    draw(say, as_csv(tmp_path), auditors, tmp_path)
    assert drawn(tmp_path) == first


def test_nothing_audited_lately_is_drawn_and_it_is_counted(say, tmp_path, auditors):
    lately = tmp_path / "lately.csv"
    lately.write_text("Case ID\n" + "\n".join(case[0] for case in CASES[:30]), encoding="utf-8")
    said = draw(say, as_csv(tmp_path), auditors, tmp_path, "--audited", lately)
    assert not {row[1] for row in drawn(tmp_path)} & {case[0] for case in CASES[:30]}
    assert "30 left out, because they were audited in the last twelve months." in said.out


def test_what_is_drawn_lies_where_only_its_owner_looks(say, tmp_path, auditors):
    draw(say, as_csv(tmp_path), auditors, tmp_path)
    for folder in ("outputs/private", "outputs/private/draws"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700


def test_the_protocol_names_no_child_no_worker_and_no_auditor(say, tmp_path, auditors):
    draw(say, as_csv(tmp_path), auditors, tmp_path, "--stratify", "team")
    page = (tmp_path / "outputs/private/draws/cases-protocol.html").read_text(encoding="utf-8")
    words = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    assert not [case[0] for case in CASES if case[0] in words]
    assert not re.search(r"Worker \d|Ada|Ben|Cyd", words)


def test_a_wish_larger_than_the_list_is_told(say, tmp_path, auditors):
    auditors.write_text("auditor,team,capacity\nAda,Front Door,60\nBen,Care,60\n", encoding="utf-8")
    said = draw(say, as_csv(tmp_path), auditors, tmp_path, "--size", "70")
    assert (said.code, "60 of 60 files drawn" in said.out) == (0, True)
    assert "70 were asked for: these are all that may be drawn." in said.out


def impossible(kind, folder):
    small = "auditor,team,capacity\nAda,Front Door,2\n"
    own = "auditor,team,capacity\nAda,Care,20\n"
    return {
        "no room": (small, (), "the auditors have room for 2"),
        "own team": (own, (), "No auditor may read"),
        "strata of one": (AUDITORS, ("--stratify", "child_ref"), "makes no strata"),
    }[kind]


@pytest.mark.parametrize("kind", ["no room", "own team", "strata of one"])
def test_an_impossible_wish_is_explained_and_ends_with_2(kind, say, tmp_path, auditors):
    people, more, why = impossible(kind, tmp_path)
    auditors.write_text(people, encoding="utf-8")
    said = draw(say, as_csv(tmp_path), auditors, tmp_path, *more)
    assert said.code == 2
    assert why in said.err
    assert "What to do:" in said.err
    assert not (tmp_path / "outputs/private/draws").exists()


def test_a_real_process_draws_and_plans(tmp_path, auditors):
    program = Path(sys.executable).with_name("ilacs-audit")
    words = ["draw", as_csv(tmp_path), "--size", "6", "--auditors", auditors, "--seed", "1", "--workspace", tmp_path]
    ended = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(drawn(tmp_path)) == 6
    refused = subprocess.run([program, "plan", "--target", "x"], capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


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
    said = say("rollout", PLANS, "--order", early, "--workspace", small)
    assert said.code == 0, said.err
    assert "files of the two teams trained" in said.out and "of the three still waiting" in said.out
    assert "of the 120 orders tried" in said.out


def test_an_order_that_its_seed_does_not_draw_is_no_order(say, small, tmp_path):
    teams = draw_order(ORDER, seed=7)
    path = save_order(teams, tmp_path, name="our", seed=7)
    book = openpyxl.load_workbook(path)
    book.active.cell(2, 3).value = "2024-09-02"
    book.save(path)
    asked = ("rollout", PLANS, "--order", path, "--workspace", small)
    assert "standards were tried: of the order alone 1 in 20 of them" in say(*asked).out
    for row, team in ((2, teams[1]), (3, teams[0])):
        book.active.cell(row, 2).value = team
    book.save(path)
    assert say(*asked).out.startswith("The order is not the one that its seed, 7, draws of these teams")


def test_an_order_that_was_not_kept_is_no_order(say, small, order):
    said = say("rollout", PLANS, "--order", order("", "2024-10-01", "", "", ""), "--workspace", small)
    assert "so chance did not decide who came first: no test." in said.out


def test_an_order_with_a_team_gone_or_twice_or_without_a_day_is_not_the_one_that_was_drawn(say, small, order):
    whole = order("2024-09-02", "2024-10-01", "", "", "").read_text(encoding="utf-8")
    gone, twice = whole.replace("2,Leaving Care,2024-10-01\n", ""), whole.replace("Children in Care", "leaving care")
    undated = whole.replace("2024-09-02", "").replace("2024-10-01", "")
    for text, told in ((gone, "not 1, 2, 3"), (twice, "stands there twice"), (undated, "has a day")):
        path = order(*[""] * 5)
        path.write_text(text, encoding="utf-8")
        said = say("rollout", PLANS, "--order", path, "--workspace", small)
        assert (said.code, told in said.err) == (11, True)
    path.write_text("\n".join(whole.splitlines()[:4]), encoding="utf-8")
    said = say("rollout", PLANS, PLANS, "--order", path, "--workspace", small)
    assert "Left out, as the order does not have them: files of " in said.out and "Safeguarding North" in said.out
    assert said.out.count("teams trained (") == said.out.count("orders tried")


@pytest.fixture
def flagged(small):
    """The example's audit of plans, as if the first twelve files of its return had been flagged beforehand."""
    programme = small / "data" / "programme.yml"
    head, tail = programme.read_text(encoding="utf-8").split(f"id: {PLANS}")
    tail = tail.replace("selection: random", f"selection: two_phase\n    {STRATA}", 1)
    programme.write_text(f"{head}id: {PLANS}{tail}", encoding="utf-8")
    example = small / "data" / "example"
    (path,) = (example / "returns" / "2024-11").glob("Plans*Nov*")
    cells = [row[0] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=7, values_only=True)]
    files = [*dict.fromkeys(str(cell) for cell in cells if cell is not None and str(cell).strip().isdigit())]
    owed = [f"99000{each:02d}" for each in range(64 - len(files))]
    lines = [f"A,{each},Team,{'flagged' if at < 12 else 'the rest'}" for at, each in enumerate([*files, *owed])]
    (example / "draws" / f"{PLANS}.csv").write_text("\n".join(("auditor,child ref,team,stratum", *lines)))
    return small


def test_the_page_and_that_of_the_re_audit_say_what_each_part_of_the_list_can_say(say, flagged):
    pages = ("--only", "thematic-plans", "--only", f"reaudit-{PLANS}")
    asked = (*pages, "--as-of", "2024-11-21", "--jobs", 1, "--workspace", flagged)
    said = say("run", "2024-11", *asked, "--audience", "board", "--audience", "public")
    assert said.code == 0, said.out + said.err
    board, public, again = (
        (flagged / "outputs" / edition / "2024-11" / f"{page}.html").read_text(encoding="utf-8")
        for edition, page in (("board", "thematic-plans"), ("public", "thematic-plans"), ("board", f"reaudit-{PLANS}"))
    )
    assert "What each part of the list can say" in board and "What each part of the list can say" not in public
    assert "What each part of the list can say" in again and "no file of an earlier round is there" in again
    assert "they cannot speak for all" not in public and "are not shown in this edition" in public
    assert "Rely on the verdicts, and not on the share of what was read" in board
    assert f"of {LISTED} children" in board and "the rest" in board and "the rest</" not in public
