"""One recipe for what a page of a kind knows, and an audit gives what its plain frames give."""

import shutil
from functools import cache

import pandas as pd
import pytest
import yaml

import ilacs_audit as ia
from ilacs_audit.analysis.recipes import PLAIN, RECIPES
from ilacs_audit.domain.measures import rows
from tests import build
from tests.shelf import BEFORE, LATER, NOW, Shelf, answers, files, opened

STANDARDS = Shelf().standards()


@pytest.fixture
def work():
    read = [answers(BEFORE, *files(5, 15)), answers(NOW, *files(9, 1)), answers(NOW, *files(6, 4), team="South")]
    return opened(Shelf(*read, answers(LATER, "yes")))


def catalogue(work):
    return {"standards": STANDARDS, "programme": work.programme}


FORMS = {
    "compliance": lambda work: (ia.compliance(work), ia.compliance(work.answers, **catalogue(work))),
    "compliance by team": lambda work: (
        ia.compliance(work, by="team"),
        ia.compliance(work.answers, by="team", **catalogue(work)),
    ),
    "the round before": lambda work: (
        ia.compliance(work.earlier),
        ia.compliance(work.earlier.answers, **catalogue(work)),
    ),
    "dip sample": lambda work: (
        ia.dip_sample_estimate(work),
        ia.dip_sample_estimate(work.handed.table, audit=NOW, **catalogue(work)),
    ),
    "the change": lambda work: (
        ia.reaudit_impact(work),
        ia.reaudit_impact(work.earlier.answers, work.answers, **catalogue(work)),
    ),
    "trust": lambda work: (
        ia.trust_facts(work),
        ia.trust_facts(work.answers, work.problems, audits=[NOW], before=work.earlier.answers, **catalogue(work)),
    ),
    "reach": lambda work: (
        ia.training_reach(work),
        ia.training_reach(work.training, programme=work.programme, audits=[NOW], as_of="2024-11-21"),
    ),
    "grades": lambda work: (
        ia.grade_distribution(work),
        ia.grade_distribution(work.answers, programme=work.programme),
    ),
    "moderation": lambda work: (ia.moderation_flow(work), ia.moderation_flow(work.answers)),
    "months": lambda work: (
        ia.compliance_over_time(work),
        ia.compliance_over_time(work.handed.table, standards=STANDARDS, programme=work.series),
    ),
    "groups": lambda work: (
        ia.compare_groups(work),
        ia.compare_groups(ia.small_groups_together(work.answers), standards=STANDARDS, standard="CON-1"),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_an_audit_gives_what_its_frames_give(work, form):
    short, plain = FORMS[form](work)
    pd.testing.assert_frame_equal(short, plain)


def test_months_hold_the_rounds_after_this_one_too(work):
    assert set(ia.compliance_over_time(work)["period"]) == {"2024-09", "2024-11", "2024-12"}


@pytest.mark.parametrize(
    ("name", "measures"),
    [
        ("thematic", {"compliance", "not_applicable", "impact", "returned", "moderated"}),
        ("dip_sample", {"compliance", "not_applicable", "change", "returned", "moderated"}),
        ("reaudit", {"compliance", "not_applicable", "change", "impact", "returned", "moderated"}),
    ],
)
def test_a_page_of_each_kind_knows_what_it_says(work, name, measures):
    found = ia.gather(*RECIPES[name](work))
    assert measures <= set(found["measure"])
    assert ("team" in set(found["group"])) is (name == "thematic")
    assert set(found["verdict"]) - {""}


def test_every_scheduled_notebook_has_its_recipe_and_uses_it(root):
    listed = yaml.safe_load((root / "reports.yml").read_text(encoding="utf-8"))
    assert set(RECIPES) < set(listed)
    for name in set(listed) - {"overview", "improvement_plan"}:  # these are made of what the others released
        handed = "work, theme=theme)" if listed[name].get("registers") else "work)"
        if shared := listed[name].get("notebook"):
            assert f"ia.{shared}_report(work, report)" in (root / "notebooks" / f"{shared}.ipynb").read_text("utf-8")
            assert name in PLAIN
            continue
        assert f"ia.{name}({handed}" in (root / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")


PLANTED = {
    "tracker": ("case_undecided", "all", (50, 142)),  # the remainder, which no paper told of
    "timeliness": ("meeting_in_time", "within 24 hours", (19, 24)),  # five meetings that were late
    "timeliness: a late visit": ("cp_all_in_time", "within 10 working days", (0, 26)),
    "consent": ("consent_miscoded", "all", (9, 13)),  # every closure of September after an enquiry
    "escalations": ("escalation_expired", "within 20 working days", (2, 8)),
    "training": ("course_absent", "Assessment training", (10, 120)),  # booked, and did not come
    "surveys": ("survey_answered", "family time, 4 October 2024", (9, 118)),  # too few to speak for the others
    "actions": ("action_paper", "all", (7, 46)),  # closed on paper: four by a check, three by a later audit
    "actions: found again": ("action_repeats", "all", (4, 108)),
    "actions: a finding": ("finding_unacted", "all", (2, 51)),  # and of the five threads that are lost
    "actions: no such finding": ("action_astray", "all", (2, 96)),
    "actions: no owner": ("action_owner_left", "all", (1, 59)),
    "learning": ("file_yes", "Do you understand the plan?", (20, 30)),  # of the families who were asked
    "learning: what they say": ("family_yes", "Do you understand the plan?", (8, 11)),
    "learning: a form": ("theme_weak", "After a section 47 enquiry", (4, 228)),  # four auditors, in different words
    "programme": ("sample_alike", "assessments-2024-11", (18, 52)),  # picked for risk, and of one team too often
    "vulnerability": ("contact_reason", "another reason of contact", (1, 9)),  # the one that was no missing episode
    "family_hubs": ("hub_matched", "CIC", (23, 34)),  # eleven whose record found no partner
}


@pytest.fixture(scope="module")
def found_by(root):
    """What a report of the example's month finds, each asked once."""
    work = ia.open_evidence(period="2024-11", as_of="2024-11-21", audience="internal", workspace=root)

    @cache
    def found(name):
        return ia.register_report(work, name) if name in PLAIN else getattr(ia, name)(work)

    return found


@pytest.mark.parametrize("report", PLANTED)
def test_the_fault_that_was_planted_for_a_report_is_found_by_it(found_by, report):
    name, (measure, level, pair) = report.partition(":")[0], PLANTED[report]
    found = found_by(name)
    told = {(row.numerator, row.denominator) for each in found for row in rows(each) if row.measure == measure
            and row.level.startswith(level.removeprefix("within "))}  # fmt: skip  # a table, a line a row
    assert pair in told


SAW_THE_CHILD = "Child seen and heard (1-10)"


@pytest.fixture
def section_47(root, tmp_path):
    """Open the example's section 47 audits, with the marks that `of` gives in place of those of one question."""

    def opened_with(of):
        shutil.copytree(root / "data" / "example", tmp_path / "evidence", ignore=shutil.ignore_patterns("*.xlsx"))
        (path,) = (tmp_path / "evidence" / "returns").rglob("s47*Nov*.csv")
        head, *lines = path.read_text(encoding="cp1252").split("\n")
        place = head.split(";").index(SAW_THE_CHILD)
        for number, line in enumerate(lines):
            cells = line.split(";")
            if len(cells) > place and cells[place].isdigit():
                lines[number] = ";".join([*cells[:place], of(cells[place]), *cells[place + 1 :]])
        path.write_text("\n".join([head, *lines]), encoding="cp1252")
        return ia.open_audit(
            "s47-2024-11", as_of="2024-11-21", audience="internal", workspace=root, evidence=tmp_path / "evidence"
        )

    return opened_with


def judged(work, standard="S47-3"):
    found, changes, *_ = RECIPES["reaudit"](work)
    of_it = (next(row for row in rows(each) if row.standard_id == standard) for each in (found, changes))
    return tuple(of_it)


def test_section_47_enquiries_do_not_meet_the_standard_of_seeing_the_child(section_47):
    seen, moved = judged(section_47(lambda mark: mark))
    assert (seen.numerator, seen.denominator, seen.missing, seen.verdict) == (21, 30, 0, "not met")
    assert moved.verdict not in ("better", "worse")


@pytest.mark.parametrize("left", ["", "illegible", "6/7"])
def test_leaving_out_every_mark_that_fails_makes_nothing_met_and_nothing_better(section_47, left):
    seen, moved = judged(section_47(lambda mark: mark if int(mark) >= 7 else left))
    assert (seen.numerator, seen.denominator, seen.missing) == (21, 21, 9)
    assert (seen.verdict, moved.verdict) == ("cannot tell", "cannot tell")
    assert (round(74 * seen.lower_read), round(74 * seen.upper_read)) == (64, 74)
    assert (round(74 * seen.lower), round(74 * seen.upper)) == (41, 74)
    assert 0 < moved.would_turn <= 9
    assert "without the missing answers" in ia.sentence(seen)


def test_a_mark_that_does_not_apply_is_an_answer(section_47):
    seen, _ = judged(section_47(lambda mark: mark if int(mark) >= 7 else "N/A"))
    assert (seen.numerator, seen.denominator, seen.missing, seen.verdict) == (21, 21, 0, "cannot tell")


def test_a_return_of_which_nothing_can_be_read_is_missing_where_nobody_wrote_how_many_were_drawn(tmp_path):
    asked = build.standards(build.theme("visits", [build.standard("V-1", "Seen alone", "yes_no")]))
    drawn = build.programme(build.audit("visits-1", "visits", returns=["visits.csv"], intended=None))
    lines = [f"{number:07d};{'see file' if number > 20 else 'Yes'}" for number in range(1, 24)]
    (tmp_path / "visits.csv").write_text("\n".join(["Case ID;Seen alone", *lines, "0000099;"]), encoding="utf-8")
    read = ia.load_returns(tmp_path, standards=asked, programme=drawn, key="k" * 32)
    row = next(rows(ia.compliance(read.table, standards=asked, programme=drawn, problems=read.problems)))
    assert read.problems["rule"].tolist().count("unread-return") == 3
    assert (row.numerator, row.denominator, row.missing) == (20, 20, 4)


def read_by(role, *met, agency="", standard=None):
    """Another reader's answers to files of the latest round."""
    made = answers(LATER, *met).assign(role=role, agency=agency, rater_ref="P-2")
    return made if standard is None else made[made["standard_id"] == standard]


ROUNDS = (answers(BEFORE, *files(8, 32)), answers(NOW, *files(38, 2)), answers(LATER, *files(40, 0)))
SECOND = read_by("moderator", *files(5, 0))


@pytest.mark.parametrize(
    ("tables", "statuses"),
    [
        ((*ROUNDS, SECOND, read_by("partner", *files(40, 0), agency="Health", standard="CON-1")), ["I5", "I4"]),
        ((*ROUNDS, SECOND, read_by("family", *files(40, 0), standard="CON-2")), ["I4", "I5"]),
        ((*ROUNDS, SECOND, read_by("partner", *files(20, 20), agency="Health")), ["I4", "I4"]),
        ((*ROUNDS, read_by("partner", *files(40, 0), agency="Health")), ["I2", "I2"]),
        ((*ROUNDS[:2], answers(LATER, *files(12, 28)), SECOND), ["I6", "I6"]),
        ((answers(BEFORE, *files(30, 10)), *ROUNDS[1:], SECOND), ["I4", "I4"]),
        ((answers(BEFORE, *files(38, 2)), *ROUNDS[1:], SECOND), ["I2", "I2"]),
    ],
    ids=["partner agrees", "family agrees", "partner denies", "no moderation", "fell back", "no source", "never rose"],
)
def test_a_third_round_is_sustained_where_a_second_source_agrees(tables, statuses):
    _, _, helped, *_ = ia.reaudit(opened(Shelf(*tables), LATER))
    assert [row.verdict for row in rows(helped)] == statuses


def test_whether_a_second_source_agrees_is_asked_only_where_something_is_better():
    shelf = Shelf(answers(BEFORE, *files(38, 2)), *ROUNDS[1:], SECOND)
    ia.reaudit(opened(shelf, LATER))
    assert not any(question == "alongside" for question, _ in shelf.asked)
