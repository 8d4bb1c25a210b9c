"""Who did not return, and what each source says, as a reader meets it."""

import re

from ilacs_audit.display.tables.sources import bounds_table, grades_table, returns_table, sources_table
from tests import build

STANDARDS = build.standards(build.theme("strategy", [build.standard("STR-1", "People met in time.", target=0.8)]))
PROGRAMME = build.programme(
    build.audit(
        "ours", "strategy", title="Meetings", agencies=["Social care", "Police"], raters=["auditor", "partner"]
    ),
    build.audit("theirs", "strategy", title="Police audit", period="2024-10", agencies=["Police"], raters=["partner"]),
)
ABOUT = {"programme": PROGRAMME, "standards": STANDARDS}


def row(measure, k, n, level="ours", group="audit", **more):
    record = {"measure": measure, "group": group, "level": level, "numerator": k, "denominator": n, "theme": "strategy"}
    return {**record, "value": k / n if n else None, "method": "count", **more}


def reading(measure, k, n, verdict, level="ours", group="audit", **more):
    return row(measure, k, n, level, group, standard_id="STR-1", verdict=verdict, rule="V1", target=0.8, **more)


def text(made):
    return " ".join(re.sub(r"<[^>]+>", " ", made.__html__()).split())


def test_how_many_came_stands_before_what_they_say_and_who_owes_is_named():
    told = build.released(
        [
            row("returns_came", 7, 8),
            row("returns_came", 4, 4, "Social care in ours", "agency"),
            row("returns_came", 3, 4, "Police in ours", "agency"),
        ]
    )
    assert "Meetings 7 of 8 Police 3 of 4." in text(returns_table(told, programme=PROGRAMME, period="2024-11"))


def test_a_partners_own_audit_without_returns_says_so_with_its_month():
    told = build.released([row("returns_came", 0, 15, "theirs", period="2024-10", note="no returns held")])
    said = text(returns_table(told, programme=PROGRAMME, period="2024-11"))
    assert "Police audit, October 2024 0 of 15, 0% It has sent no return here" in said


def test_each_agency_stands_between_its_ends_with_what_would_turn_it():
    police = {"missing": 5, "would_turn": 5, "lower_read": 0.5, "upper_read": 0.7}
    told = build.released(
        [
            reading("agencies_met", 30, 40, "not met", missing=8),
            reading("agency_met", 14, 19, "cannot tell", "Police in ours", "agency", **police),
        ]
    )
    said = text(bounds_table(told, **ABOUT))
    assert "30 of 40 Not met 30 to 38 of 48 asked whatever the 8 missing returns hold" in said
    assert "STR-1 People met in time. target 80% 30 of 40" in said
    assert "14 of 19 Cannot tell 14 to 19 of 24 asked by what came it falls short" in said
    assert "cannot tell if all 5 missing returns met it" in said


def test_where_every_return_came_there_is_nothing_to_bound():
    assert text(bounds_table(build.released([reading("agencies_met", 30, 40, "met", missing=0)]), **ABOUT)) == ""


def test_a_hidden_agency_shows_no_number():
    hidden = {"status": "suppressed", "missing": 5}
    told = build.released(
        [
            reading("agencies_met", 30, 40, "not met", missing=8),
            reading("agency_met", None, None, "", "Police in ours", "agency", **hidden),
        ]
    )
    assert "[c]" in text(bounds_table(told, **ABOUT))


def test_sources_stand_side_by_side_and_a_conflict_is_told_with_every_count():
    told = build.released(
        [
            row("sources_apart", 2, 2, "met by Police, not met by auditors", "all", standard_id="STR-1"),
            reading("auditors_met", 8, 20, "not met"),
            reading("agencies_met", 20, 20, "met"),
            reading("agency_met", 10, 10, "met", "Police in ours", "agency"),
            reading("agency_met", 10, 10, "met", "Health in ours", "agency"),
            row("readers_agree", 8, 20, "partner agencies together in ours", standard_id="STR-1"),
            reading("meeting_in_time", 9, 12, "not met", "24 hours", "all"),
        ]
    )
    said = text(sources_table(told, **ABOUT))
    assert "People met in time (STR-1): met by Police, not met by auditors. Met: auditors 8 of 20;" in said
    assert "sources conflict target 80% 8 of 20 Not met – 20 of 20 Met same on 8 of 20 9 of 12 Not met" in said


def test_where_no_source_contradicts_another_the_page_says_so():
    told = build.released([reading("auditors_met", 8, 20, "not met"), reading("agencies_met", 9, 20, "not met")])
    assert "No source contradicts another." in text(sources_table(told, **ABOUT))


def test_contradictions_are_told_in_words_and_the_questions_that_decide_with_both_counts():
    told = build.released(
        [
            row("grade_contradicted", 1, 17),
            row("good_though_failed", 1, 12, standard_id="STR-1"),
            row("met_where_good", 12, 12, standard_id="STR-1"),
            row("met_where_lower", 1, 5, standard_id="STR-1"),
        ]
    )
    said = text(grades_table(told, **ABOUT))
    assert (
        "Meetings: 1 of 17 graded against the answers (good or better with STR-1 failed (critical): 1 of 12)." in said
    )
    assert "STR-1: 12 of 12, others 1 of 5" in said


def test_where_no_question_decides_by_more_than_luck_it_is_said():
    said = text(grades_table(build.released([row("grade_contradicted", 0, 6)]), **ABOUT))
    assert "No grade contradicts the answers of its file." in said
    assert "no question by more than luck" in said
