"""One line, one answer: what the desk says, and that it says it with sentence, chart and table together."""

import re
import sys
from pathlib import Path

import ipywidgets
import pandas as pd
import pytest

import ilacs_audit as ia
from ilacs_audit.desks.answer import table
from ilacs_audit.domain.errors import CatalogueError, LockedError, UsageError
from ilacs_audit.domain.measures import rows
from tests.desks.northmere import AUDIT, workspace
from tests.shelf import BEFORE, NOW, Shelf, answers, files, opened

ROOT = Path(__file__).parents[2]


def desk(*, teams=("North", "South", "East", "West"), no=4, before=True, audience="internal"):
    now = [answers(NOW, *files(6 + place, no), team=team) for place, team in enumerate(teams)]
    earlier = [answers(BEFORE, *files(6, 4), team=team) for team in teams] if before else []
    shelf = Shelf(*earlier, *now)
    shelf.table.loc[shelf.table["team"] == "North", "comment"] = "Consent was (verbally) given."
    made = ia.desk(NOW, as_of="2024-11-21", audience=audience)
    made.work = opened(shelf, audience=audience)
    return made


@pytest.fixture
def northmere(tmp_path):
    """A desk in a workspace of its own, whose files may be written."""
    return ia.desk(AUDIT, as_of="2024-11-21", workspace=workspace(tmp_path), role="Audit officer", today="2024-11-25")


def test_nothing_is_read_before_the_first_question(tmp_path):
    made = ia.desk("consent-2024-11", as_of="2024-11-21", workspace=tmp_path)
    assert repr(made).startswith("The desk of consent-2024-11, evidence to 21 November 2024.")
    with pytest.raises(CatalogueError):
        made.standards()
    with pytest.raises(UsageError, match="audit= was given"):
        ia.desk("", as_of="2024-11-21")


def test_it_opens_with_the_trust_and_the_questions():
    said = str(desk().opened)
    assert "Files read\n46 of 46" in said
    assert 'desk.why("CON-1")\tHow was one answer worked out' in said


def test_an_answer_is_sentence_chart_and_table_in_one_output():
    made = desk().standards()
    assert made._repr_html_().count("<style>") == 1 and "<svg" in made.html
    assert repr(made) == "All two standards fall short of the target."
    assert re.search(r"CON-1 Plain CON-1 [B-Z]{6}\t\t30 of 46\t54% to 75%\t90%\tNot met", str(made))


def test_in_its_tables_only_figures_stand_to_the_right():
    line = ("CON-1", "yes", "12 of 17", "November 2024", "CON-4")
    made = table("Told", ("Standard", "Answer", "Files", "Period", "Write"), [line])
    assert re.findall(r'<td[^>]*class="num[^>]*>([^<]*)', made.html) == ["12 of 17"]


def test_better_is_answered_with_both_rounds():
    said = str(desk().better())
    assert "24 of 40" in said and "30 of 46" in said
    assert repr(desk(before=False).better()).startswith("There are no answers of an earlier round.")


def test_why_gives_counts_rule_method_files_and_the_sum():
    said = str(desk().why("CON-1"))
    assert "Counted\t30 of 46 files (65%): 30 yes, 16 no" in said
    assert "'yes' alone; 'partly' and 'no' fall short of it and are counted as not meeting it." in said
    assert "16 files did not meet it" in said and "30 files met it" in said
    assert said.count("18 November 2024") == 46


@pytest.mark.parametrize("no", [0, 1, 4])
def test_the_sum_by_hand_gives_the_range_of_the_page(no):
    made = desk(no=no)
    (row,) = made.page.of(measure="compliance", standard_id="CON-1").to_dict("records")
    said = str(made.why("CON-1"))
    k, n, listed = int(row["numerator"]), int(row["denominator"]), int(row["population"])
    found = ia.hypergeometric_interval(k, n, population=listed)
    assert f"{k} ÷ {n} = {k / n:.3f}" in said
    assert f"on that side: {found.lower} to {found.upper}." in said
    need = -(-9 * listed // 10)
    assert f"so {need} are needed" in said


def test_a_standard_that_is_not_asked_is_refused_with_the_one_that_was_meant():
    with pytest.raises(UsageError, match=r"no standard 'con1'. What to do: Did you mean 'CON-1'\?"):
        desk().why("con1")
    with pytest.raises(UsageError, match=r"Its standards are CON-1 and CON-2"):
        desk().teams("PLA-1")


def test_teams_have_estimates_drawn_together_and_no_rank():
    said = str(desk().teams())
    assert re.findall(r"^(\w+)\t\t(\d+ of \d+)\t", said, flags=re.MULTILINE) == [
        ("East", "14 of 22"),
        ("North", "12 of 20"),
        ("South", "13 of 21"),
        ("West", "15 of 23"),
    ]
    assert "We cannot tell the teams apart" in said


def test_a_team_of_fewer_than_five_files_has_its_name_and_no_count():
    made = desk()
    lone = answers(NOW, "no", "no", team="Small")
    made.work = opened(Shelf(made.work.handed.table, lone))
    said = str(made.teams())
    assert "Small\tamong those put together\tToo few: 10 files are needed." in said
    assert "of 2" not in said.replace("of 20", "").replace("of 21", "").replace("of 22", "").replace("of 23", "")


def test_comments_are_found_by_a_word_as_it_is_written_and_shown_to_our_own_people_alone():
    said = str(desk().comments("(VERBALLY)"))
    assert said.startswith("10 of 46 files have a comment with '(VERBALLY)'")
    assert "0 of 46" in repr(desk().comments("refused"))
    assert repr(desk(audience="board").comments("consent")).startswith("Comments are for the council's own people.")


def test_a_question_without_a_standard_is_of_the_one_the_work_was_meant_to_move():
    assert str(desk().why()) == str(desk().why("CON-1"))


def test_another_reader_is_told_no_file():
    said = str(desk(audience="board").why("CON-1"))
    assert "Under pseudonyms" not in said and "North0" not in said


@pytest.mark.parametrize("aim", [{"before": 70, "after": 85}, {"before": 0.7, "after": 0.85}])
def test_the_next_round_is_judged_before_anybody_reads_a_file(aim):
    assert repr(desk().next_round(**aim)).startswith("To tell 70% from 85%: 121 files in each round")


def test_moderation_says_so_where_nobody_read_again():
    assert "No file was graded twice" in repr(desk().moderation())


def test_a_row_is_taken_out_with_reason_role_and_day_and_taken_back(northmere):
    path = northmere.work.handed.work.evidence / "exclusions.yml"
    before = path.read_text(encoding="utf-8")
    files_read = len(northmere.work.answers["child_ref"].unique())
    for day in ("1999-01-01", "2024-10-31", "2031-01-01"):
        with pytest.raises(UsageError, match=r"before this audit began.*It began on 1 November 2024"):
            northmere.exclude(row=18, reason="A slip", on=day)
    for row, reason, words in (
        (None, "A slip", "not said which row"),
        (99, "A slip", "holds no file"),
        (0, "A slip", "not a whole number"),
        (18, " ", "reason= was given"),
        (18, "Hana Khatun holds the case", "could be somebody's name"),
    ):
        with pytest.raises(UsageError, match=words):
            northmere.exclude(row=row, reason=reason)
    with pytest.raises(UsageError, match=r"not taken out. What to do: Rows that are: 19"):
        northmere.include(row=18)
    assert path.read_text(encoding="utf-8") == before
    assert northmere.record().html.count("<td") == 0
    out = northmere.exclude(row=18, reason="Read: twice # by one auditor")
    assert repr(out).startswith("Row 18 is out: 1 verdict changes.")
    assert "Cannot tell, was not met" in str(out)
    assert path.read_text(encoding="utf-8").startswith(before)
    written = path.read_text(encoding="utf-8")[len(before) :]
    assert "by: Audit officer" in written and "on: '2024-11-25'" in written
    assert len(northmere.work.answers["child_ref"].unique()) == files_read - 1
    with pytest.raises(UsageError, match="taken out already"):
        northmere.exclude(row=18, reason="Again")
    northmere.include(row=18)
    assert path.read_text(encoding="utf-8") == before
    assert len(northmere.work.answers["child_ref"].unique()) == files_read
    assert "Row 18 taken out: Read: twice # by one auditor" in str(northmere.record())


def test_whoever_writes_says_as_which_role_and_on_which_day(tmp_path):
    made = ia.desk(AUDIT, as_of="2024-11-21", workspace=tmp_path)
    with pytest.raises(UsageError, match="not said who writes"):
        made.tag("consent", kind="recording", words="The form")
    with pytest.raises(UsageError, match="not said on which day"):
        made.tag("consent", kind="recording", words="The form", by="Audit officer")
    with pytest.raises(UsageError, match=r"'practise'. What to do: Did you mean 'practice'"):
        made.tag("consent", kind="practise", words="The form", by="Audit officer", on="2024-11-21")


@pytest.mark.parametrize(
    ("aim", "words"),
    [
        ({"before": 0, "after": 200}, r"before= was given '0', which is no share of files"),
        ({"before": 70, "after": "0.7"}, "nothing to tell apart"),
        ({"before": None, "after": 85}, "no share of files"),
    ],
)
def test_an_aim_that_is_none_is_refused_in_one_paragraph(aim, words):
    with pytest.raises(UsageError, match=words):
        desk().next_round(**aim)


def test_a_record_that_somebody_spoilt_a_lock_and_no_post_are_told_in_words(tmp_path):
    folder = workspace(tmp_path)
    made = ia.desk(AUDIT, as_of="2024-11-21", workspace=folder, role="Audit officer", today="2024-11-21")
    evidence = folder / "data" / "example"
    with pytest.raises(UsageError, match="'Ann Lee', which is no post"):
        made.add_action("Change the form", owner="Ann Lee", due="2024-12-20")
    with pytest.raises(UsageError, match="due before the day"):
        made.add_action("Change the form", owner="Head of front door", due="2024-11-20")
    due = {"owner": "Head of front door", "due": "2024-12-20"}
    with pytest.raises(UsageError, match=r"'Leaving Cara'. What to do: Did you mean 'Leaving Care'"):
        made.add_action("Change the form", team="Leaving Cara", **due)
    with pytest.raises(UsageError, match="no comment of this audit has 'Moonbase'"):
        made.tag("Moonbase", kind="practice", words="The form")
    for ask in (made.why, made.teams, lambda said: made.actions(standard=said)):
        with pytest.raises(UsageError, match="standard= was given nothing"):
            ask(None)
    (evidence / "desk.lock").write_text('{"host": "elsewhere", "process": 1}')
    with pytest.raises(LockedError):
        made.tag("consent", kind="recording", words="The form")
    (evidence / "desk.lock").unlink()
    (evidence / "desk.yml").write_text("nonsense")
    with pytest.raises(CatalogueError, match="not as a desk writes it"):
        made.undo()


def test_a_filter_changes_sentence_and_table_and_shows_nothing_that_the_gate_hides():
    made = desk(no=14)
    every, north = str(made.standards()), str(made.standards(team="north"))
    assert "30 of 86" in every and north.startswith("North: ") and "6 of 20" in north and "30 of 86" not in north
    assert repr(made.standards(verdict="not met")).startswith("Two of two standards: not met.")
    assert repr(made.standards(verdict="not met", standard="con1")).startswith("CON-1: not met.")
    with pytest.raises(UsageError, match=r"no team 'Nort' to choose here. What to do: Did you mean 'North'"):
        made.standards(team="Nort")
    public = desk(teams=("North", "South"), no=3, audience="public")
    hidden = public.by_team.released.query("status == 'suppressed' or status == 'secondary'")
    assert set(hidden["level"]) >= {"North", "South"}
    for team in ("North", "South"):
        assert not re.search(r"\d+ of \d+", str(public.standards(team=team)))


def test_the_boxes_change_the_answer_and_without_ipywidgets_the_line_is_told(monkeypatch):
    made = desk()
    shown = made.filters()
    box, answer = shown._boxes(ipywidgets).children
    chosen = {each.description: each for each in box.children}
    assert "30 of 46" in answer.value
    chosen["Team"].value = "North"
    assert "30 of 46" not in answer.value and "6 of 10" in answer.value
    chosen["Team"].value = ""
    assert "30 of 46" in answer.value
    assert "application/vnd.jupyter.widget-view+json" in shown._repr_mimebundle_()
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    told = shown._repr_mimebundle_()
    assert [*told] == ["text/plain", "text/html"] and "Boxes need the extra [lab]" in told["text/html"]


def test_small_numbers_are_hidden_at_the_desk_as_on_the_page():
    made = desk(teams=("North",), no=1, audience="public")
    shown = made.page.released
    assert set(shown["audience"]) == {"public"} and isinstance(shown, pd.DataFrame)
    assert "7 of 8" not in str(made.standards())


def test_what_a_notebook_shows_of_an_object_is_short_and_says_what_it_holds():
    work = ia.load_workspace(ROOT)
    returns = ia.load_returns(
        work.source, standards=work.standards, programme=work.programme, columns=work.columns, period="2024-11"
    )
    made = desk()
    held = (work, work.standards, work.programme, work.programme["consent-2024-11"], made.work, made.page, returns)
    assert max(len(repr(each)) for each in held) < 900
    assert repr(work.standards["CON-1"]).startswith("CON-1: The family knew")
    assert re.match(r"[\d,]+ rows in \.table; \.problems: \d+ ", repr(returns))
    assert "CON-1" in work.standards._ipython_key_completions_()
    assert "consent-2024-11" in work.programme._ipython_key_completions_()


def test_why_takes_the_code_of_a_figure_too():
    made = desk()
    ours = rows(made.page.of(measure="compliance"))
    first = next(row for row in ours if row.group == "all")
    assert str(made.why(first.reference.lower())) == str(made.why(first.standard_id))
    returned = next(row for row in rows(made.page.released) if row.measure == "returned")
    assert "46 of 46" in str(made.why(returned.reference))
    team = next(row for row in rows(ia.page(made.work, *ia.thematic(made.work)).of(group="team", level="South")))
    assert "South" in str(made.why(team.reference))
    with pytest.raises(UsageError, match=f"Did you mean '{first.reference}'"):
        made.why(first.reference[:-1] + ("B" if first.reference[-1] != "B" else "C"))
