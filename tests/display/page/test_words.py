import itertools
import re

import pytest

import ilacs_audit as ia
from ilacs_audit.claims.sentences.sentences import UNDRAWN
from ilacs_audit.claims.verdicts.estimates import OVERFULL_LIST
from ilacs_audit.claims.verdicts.in_order import DOUBTED_DRAW
from ilacs_audit.domain.about import Decision
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.domain.told import Asked
from tests import build
from tests.display import demo


def test_a_page_has_one_title_and_no_skipped_heading():
    html = demo.everything()
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert html.count("<main") == 1
    assert '<html lang="en-GB">' in html


def test_readers_never_see_code_warnings_or_words_for_the_lab():
    html = demo.sample()
    assert not any(word in html for word in ("SECRET", "A WARNING", "Seen in the lab only"))


def test_the_page_forbids_scripts_and_asks_for_nothing():
    html = demo.sample()
    assert "default-src 'none'" in html
    assert not re.search(r"<script|<link|<img|@import|url\(|https?://", html)


def test_only_the_public_edition_carries_no_marking():
    assert "OFFICIAL-SENSITIVE" in demo.sample(audience="board")
    assert "OFFICIAL-SENSITIVE" not in demo.sample(audience="public")


def test_no_id_is_used_twice():
    ids = re.findall(r'\sid="([^"]+)"', demo.everything())
    assert len(ids) == len(set(ids))


def test_a_page_weighs_little():
    assert len(demo.sample().encode()) < 40_000


def test_that_nothing_is_asked_must_be_typed_by_a_person():
    assert ia.decisions([]).html == ""
    assert "No decision is asked for." in ia.decisions("None.").html
    assert "None stated" in ia.decisions("None stated").html


@pytest.mark.parametrize("typed", ["None", "none.", "Nothing", "No decision."])
def test_no_naked_none_stands_beside_a_critical_failure(typed):
    made = ia.decisions([typed], failed=True)
    assert "Nothing is asked for but an answer to each critical failure above." in made.html
    assert "No decision is asked for." not in made.html
    assert made.data["asked"] == []  # nothing for the front page to list


def test_what_is_due_first_is_asked_first_and_what_officers_have_already_comes_last():
    seen = Decision("See each child.", owner="Head of service", by="2024-12-02", puts_right="c1", instructed=True)
    choose = [Decision("Choose a day.", owner="Director", by=day) for day in ("2024-12-13", "2024-12-03")]
    told = ia.decisions([seen, *choose])
    assert [each.by for each in told.data["asked"]] == ["2024-12-03", "2024-12-13", "2024-12-02"]
    assert (
        "<small>Head of service to act by 2 December 2024</small>"
        in told.html.partition("Already asked of officers")[2]
    )
    assert "<summary>Already asked of officers: 1</summary>" in ia.decisions([seen]).html


def test_a_decision_says_who_decides_who_acts_and_by_when():
    book = Decision("Book it.", owner="Head of front door", by="2024-12-03")
    html = ia.decisions([book, "Keep it.", "None."]).html
    assert "<li><p>Book it. <small>Decide by 3 December 2024; Head of front door to act</small> <span" in html
    assert "<li><p>Keep it. <span" in html
    assert "No decision" not in html
    assert ia.decisions([book, "Keep it.", "None."]).data["asked"] == [
        Asked("Book it. Decide by 3 December 2024; Head of front door to act.", "2024-12-03", reference="DDMBHD"),
        Asked("Keep it.", reference="PPTTFW"),
    ]
    for known, told in (
        ({"owner": "Head of front door"}, "Head of front door to act"),
        ({"by": "2024-12-03"}, "Decide by 3 December 2024"),
        ({"owner": "Head of front door", "instructed": True}, "Head of front door to act"),
        ({"by": "2024-12-03", "instructed": True}, "by 3 December 2024"),
    ):
        assert f"<small>{told}</small> <span" in ia.decisions([Decision("Book it.", **known)]).html


def test_a_title_without_an_answer_takes_the_headline_of_its_measures():
    made = ia.title("Is it so?", released=demo.released(demo.compliance_records()))
    assert re.match(r"In only \d+ of \d+ files .*; in \d+ of \d+ ", made.data["answer"])
    with pytest.raises(UsageError):
        ia.title("Is it so?")


def test_the_strip_of_facts_says_what_was_not_recorded():
    made = ia.trust_box(demo.released([{"measure": "returned", "numerator": 3, "denominator": 5}]))
    assert "<dt>Moderated</dt><dd>not recorded</dd>" in made.html
    assert "<dt>Files read</dt><dd>not recorded</dd>" in ia.trust_box(demo.released([])).html
    assert "<dt>Workers read</dt><dd>not recorded</dd>" in ia.trust_box(demo.released([]), unit="worker").html


def test_the_strip_of_facts_tells_how_files_were_chosen():
    made = ia.trust_box(demo.released(demo.trust_records()), audit=demo.programme()["consent-2024-11"])
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", made.html))
    assert "Files read 38 of 40 drawn from 96 in scope, at random" in text
    assert "Moderated 9 of 38 2 marked down, 0 up" in text
    assert "by 6 auditors" in text


def concluded(*moved, unit="file", then="", came=38, drawn=40, **about):
    """The sentence under the heading, of an audit whose moderation changed so many grades."""
    read = {"measure": "returned", "numerator": came, "denominator": drawn, **about}
    twice = {"measure": "moderated", "numerator": 9 if moved else 0, "denominator": came}
    way = [
        {"measure": name, "numerator": count, "denominator": 9}
        for name, count in zip(("marked_down", "marked_up"), moved, strict=False)
    ]
    made = ia.trust_box(demo.released([read, twice, *way]), unit=unit, then=then).html
    return re.search(r"</h2>\s*<p[^>]*>(.*?)</p>", made)[1]


def test_grades_that_may_be_kind_are_told_with_what_they_would_be_where_that_can_be_said():
    moved = [{"measure": name, "numerator": k, "denominator": 15} for name, k in (("marked_down", 4), ("marked_up", 0))]
    read = [{"measure": "returned", "numerator": 57, "denominator": 64, "selection": "random"}]
    read += [{"measure": "moderated", "numerator": 15, "denominator": 57}, *moved]
    fixed = {
        "centre": 27 / 57,
        "measure": "graded_good_corrected",
        "group": "audit",
        "denominator": 15,
        "lower": 0.12,
        "upper": 0.55,
    }
    plain, told = (ia.trust_box(demo.released([*read, {**fixed, "value": value}])).html for value in (None, 0.263))
    assert "grades may be kind (a second reader only marked down)" in plain
    assert (
        "grades may be kind (auditors graded 47% good or better; had a moderator graded all, about 26% would be "
        "(likely 12% to 55%))" in told
    )


def test_answers_that_a_second_reader_gave_stand_where_no_grade_was_given_twice():
    found = [{"measure": "moderated", "numerator": 6, "denominator": 30}]
    found += [{"measure": "moderated_same", "numerator": 42, "denominator": 42}]
    assert "no grade given twice; 42 of 42 answers the same" in ia.trust_box(demo.released(found)).html


@pytest.mark.parametrize(
    ("about", "relied"),
    [
        ({"selection": "random"}, "Rely on the ranges: drawn by chance, these files speak for the whole"),
        ({"selection": "systematic", "unit": "worker"}, "Rely on the ranges: drawn by chance, these workers speak"),
        ({"selection": "random", "came": 7}, "Rely on the counts of these files alone: they were drawn by chance and"),
        (
            {"selection": "random", "then": "April 2024"},
            "Rely on the ranges for April 2024: drawn by chance, these files",
        ),
        ({"selection": "census"}, "Rely on the counts: the whole list was to be read."),
        ({"selection": "census", "came": 40}, "Rely on the counts: the whole list was read."),
        (
            {"selection": "two_phase"},
            "Rely on the verdicts, and not on the share of what was read: flagged files were all to",
        ),
        (
            {"selection": "two_phase", "came": 40},
            "flagged files were all read, so the parts of the list are not in it as they are",
        ),
        ({"selection": "risk_led"}, "they were chosen because of risk and not by chance, so they cannot speak for"),
        ({"selection": "auditor_choice"}, "they were chosen by the auditor, not by chance, so they cannot speak for"),
        ({"selection": "unknown"}, "they were chosen in a way that was not recorded, so they cannot speak for others"),
    ],
)
def test_the_strip_of_facts_concludes_what_can_be_relied_on(about, relied):
    assert relied in concluded(3, 2, **about)


@pytest.mark.parametrize(
    ("counts", "relied"),
    [
        (
            {"lower": None},
            "Rely on the counts of these files alone: they were drawn by chance, and no range can be given.",
        ),
        ({"status": "suppressed"}, "There is nothing here to rely on: what these files show is of too few to be told."),
    ],
)
def test_nobody_is_told_to_rely_on_ranges_that_the_page_does_not_have(counts, relied):
    made = measures([{"measure": "compliance", "numerator": 12, "denominator": 30, "value": 0.4, "lower": 0.3}])
    standing = [row._replace(**counts) for row in rows(made)]
    read = {"measure": "returned", "numerator": 38, "denominator": 38, "selection": "random"}
    assert relied in ia.trust_box(demo.released([read]), standing=standing).html


AS_FOUND = "Drawn by worker: 30 tell as much as about 8 drawn one by one."


@pytest.mark.parametrize(
    ("row", "relied"),
    [
        (
            {"lower": 0.3, "note": AS_FOUND},
            "worker by worker, each with all files, these files speak for the whole list, and tell as much as about 8",
        ),
        ({"lower": None, "verdict": "met"}, "Rely on the verdicts: these files were drawn by chance, worker by worker"),
        ({"lower": None, "note": OVERFULL_LIST}, "whether chance drew them from this list is in doubt."),
        ({"lower": None, "note": DOUBTED_DRAW}, "whether chance drew them from this list is in doubt."),
        (
            {"lower": 0.3, "note": "File 7 in reading order is missing; 6 files count; read it next."},
            "File 7 in reading order is missing; 6 files count; read it next.",
        ),
    ],
)
def test_what_is_relied_on_names_a_draw_by_worker_one_in_doubt_and_files_that_are_missing(row, relied):
    made = measures([{"measure": "compliance", "numerator": 12, "denominator": 30, "value": 0.4, **row}])
    read = {"measure": "returned", "numerator": 30, "denominator": 30, "selection": "random"}
    by_worker = build.programme(build.audit("audit", by="worker", selection="random", intended=30))["audit"]
    text = ia.trust_box(demo.released([read]), audit=by_worker, standing=[*rows(made)]).html
    assert relied in text and "by worker: each drawn with all files" in text


def test_files_that_were_not_drawn_are_told_where_the_others_were():
    read = {"measure": "returned", "numerator": 30, "denominator": 30, "selection": "random", "note": UNDRAWN}
    html = ia.trust_box(demo.released([read])).html
    assert "30 of 30, some of them not drawn" in html and "Be careful: some files read were not drawn." in html


def test_nobody_is_told_to_rely_on_the_verdicts_of_two_parts_that_the_page_does_not_have():
    read = {"measure": "returned", "numerator": 38, "denominator": 38, "selection": "two_phase"}
    made = measures([{"measure": "compliance", "numerator": 12, "denominator": 30, "value": 0.4}])
    told = [ia.trust_box(demo.released([read]), standing=[row._replace(verdict=word)]).html
            for row in rows(made) for word in ("", "met")]  # fmt: skip  # a table, a line a row
    assert ["no range of the list can be given" in each for each in told] == [True, False]


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        (
            concluded(4, 0, came=40),
            "Be careful: grades may be kind (a second reader only marked down).",
        ),
        (
            concluded(0, 4, came=40),
            "Be careful: grades may be harsh (a second reader only marked up).",
        ),
        (concluded(came=40), "Be careful: nobody else checked the answers."),
        (concluded(2, 2), "Be careful: some files drawn were not read."),
        (concluded(2, 2, unit="request"), "Be careful: some requests drawn were not read."),
        (
            concluded(then="April 2024", came=40),
            "nobody else checked the answers and the evidence is old.",
        ),
    ],
)
def test_the_strip_of_facts_names_every_reason_to_doubt(said, doubt):
    assert said.endswith(doubt)


def test_where_nothing_gives_cause_for_doubt_none_is_named():
    assert "Be careful" not in concluded(2, 2, came=40)
    assert "Be careful" not in concluded(0, 0, came=40)


def test_days_and_files_after_the_day_of_a_page_are_told_and_not_taken_for_audited():
    (audit,) = build.programme(build.audit("consent-2024-11", until="2024-11-29"))
    later = {"measure": "later", "group": "audit", "level": "consent-2024-11", "numerator": 2, "denominator": 38}
    made = ia.trust_box(demo.released([later]), audit=audit, as_of="2024-11-21").html
    told = "booked to 29 November 2024, 2 of 38 dated after 21 November 2024"
    assert f"<dd>18 to 21 November 2024 <small>{told}</small>" in made


def test_a_front_page_shows_every_verdict_as_a_symbol_and_a_word():
    html = demo.index()
    chips = re.findall(r'<span class="ia-chip[^>]*>(.*?)</span>', html, re.S)
    assert {re.sub("<[^>]+>", "", each).strip() for each in chips} >= {"Not met", "Better", "Met", "No verdict"}
    assert all("<svg" in chip for chip in chips)
    assert "Not produced this time" in html


def test_the_owner_reads_what_to_do_first():
    html = demo.status()
    assert html.index("What to do") < html.index("Every report")
    assert "1 thing needs doing" in html


def trusted(*records, **said):
    return ia.trust_box(
        demo.released([{"group": "rule", "measure": "set_aside", **each} for each in records], **said)
    ).html


def test_what_was_set_aside_is_told_as_what_it_is_and_not_as_files():
    told = trusted(
        {"level": "missing-answer in a", "numerator": 2, "note": "missing-answer"},
        {"level": "same-moderator in a", "numerator": 1, "note": "same-moderator"},
    )
    assert "<dd>2 answers <small>left blank; 1 moderation: the moderator was the auditor</small>" in told
    assert "2 files" not in told


def test_a_reason_that_a_person_wrote_is_never_called_not_recorded():
    row = {"level": "excluded in a", "numerator": 1, "note": "Taken out by hand: The auditor holds the case."}
    assert "taken out by hand: The auditor holds the case" in trusted(row)
    hidden = trusted({**row, "numerator": None, "note": "", "status": "suppressed"})
    assert "taken out by hand, with a reason" in hidden
    assert "reason not recorded" not in trusted(row) + hidden


def test_agencies_that_owe_returns_are_named_beside_the_files_read():
    about = {"measure": "agency_returns", "denominator": 24}
    told = trusted(
        {**about, "group": "audit", "level": "a", "numerator": 43, "denominator": 48},
        {**about, "group": "agency", "level": "Police in a", "numerator": 19},
        {**about, "group": "agency", "level": "Health in a", "numerator": 24},
    )
    assert "<dd>43 of 48 <small>Police 19 of 24, Health complete</small></dd>" in told


def test_the_strip_of_a_register_tells_cells_in_other_words_columns_not_supplied_and_a_file_of_no_use():
    unread = {"measure": "unread", "group": "rule"}
    told = [
        {"measure": "rows_read", "group": "register", "level": "training to 4 November 2024", "numerator": 20}
        | {"denominator": 20},
        {"measure": "rows_read", "group": "register", "level": "screening"},
        {**unread, "level": "attended in training", "numerator": 40},
        {**unread, "level": "left_on in workforce"},
    ]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", ia.trust_box(demo.released(told)).html)).replace("&#39;", "'")
    assert "Rows read, training 20 of 20 evidence to 4 November 2024" in text
    assert "Rows read, screening none the file cannot be used as it is; its owner has been told why" in text
    assert "In words not known cells: 40 in 'attended' of training counted as not known" in text
    assert "Columns not supplied 'left on' of workforce nothing is known of them" in text
    assert "Columns not supplied" not in ia.trust_box(demo.released(told[:3])).html
