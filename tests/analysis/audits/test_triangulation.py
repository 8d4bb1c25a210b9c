"""Each source beside the others: which speak, what each says, where they conflict."""

import pytest

from ilacs_audit.analysis.audits.triangulation import triangulate
from ilacs_audit.disclosure.additive.attack import attack
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.measures import measures, rows, select
from ilacs_audit.domain.plan import read_plan
from tests import build

FILES = 20


def catalogue(**said):
    first = build.standard("STR-1", target=0.8, **said)
    return build.standards(build.theme("strategy", [first, build.standard("STR-2")]))


def programme(**said):
    about = {"population": {"list": "requests", "size": 60}, "agencies": ["Social care", "Police", "Health"], **said}
    return build.programme(build.audit("audit", "strategy", kind="multi_agency", intended=FILES, **about))


def reading(answers, standard="STR-1", role="auditor", agency="Social care"):
    return [(f"C{n}", standard, said, {"role": role, "agency": agency}) for n, said in enumerate(answers) if said]


def partner(answers, agency="Police"):
    return reading(answers, role="partner", agency=agency)


def said(met, of=FILES):
    return ["yes"] * met + ["no"] * (of - met)


def found(*answers, standards=None, counts=None, exact=True, **protocol):
    return triangulate(
        build.answers(*(each for told in answers for each in told)),
        programme=programme(**protocol),
        audits=["audit"],
        standards=standards or catalogue(),
        counts=None if counts is None else measures(counts),
        period="2024-11",
        exact=exact,
    )


def by_source(table, standard="STR-1"):
    return {(row.measure, row.level): row for row in rows(table) if row.standard_id == standard}


def register(k, n, measure="meeting_in_time", **more):
    about = {"measure": measure, "group": "all", "level": "24 hours", "period": "2024-11"}
    return {**about, "numerator": k, "denominator": n, "value": k / n, **more}


def test_each_source_keeps_its_own_count_and_its_own_verdict():
    told = by_source(found(reading(said(10)), partner(said(20))))
    auditors, police = told["auditors_met", "audit"], told["agency_met", "Police in audit"]
    assert (auditors.numerator, auditors.verdict) == (10, "not met")
    assert (police.numerator, police.verdict) == (20, "met")


def test_a_standard_of_which_one_kind_of_source_speaks_is_on_its_own_page_alone():
    table = found(reading(said(10)), partner(said(10)), reading(said(10), "STR-2"))
    assert {row.standard_id for row in rows(table)} == {"", "STR-1"}


def test_a_conflict_is_listed_in_words_and_counted_and_nothing_is_put_together():
    table = found(reading(said(8)), partner(said(20)))
    (whole,) = (row for row in rows(select(table, measure="sources_conflict")))
    (told,) = (row for row in rows(select(table, measure="sources_apart")))
    assert (whole.numerator, whole.denominator) == (1, 1)
    assert told.level == "met by Police, not met by auditors"


@pytest.mark.parametrize(
    ("when", "month", "apart"),
    [
        ("in October 2024", "2024-10", "met by the register (agreed by a service manager, October 2024 alone)"),
        ("in mid-September to October 2024", "2024-11", ""),
        ("in August 2024", "2024-11", ""),
    ],
)
def test_a_register_of_one_month_stands_beside_the_list_of_that_month_and_contradicts_no_other(when, month, apart):
    listed = {"population": {"list": "requests", "when": when, "size": 60}}
    counts = [register(60, 60, "consent_agreed", period=each) for each in ("2024-11", "2024-10")]
    named = catalogue(measured_by=["consent_agreed"])
    table = found(reading(said(8)), standards=named, counts=counts, **listed)
    assert by_source(table)["consent_agreed", "24 hours"].period == month
    told = [row.level for row in rows(select(table, measure="sources_apart"))]
    assert told == [f"{apart}, not met by auditors"] * bool(apart)


def test_a_register_of_the_month_that_counts_others_than_the_list_holds_contradicts_no_auditor():
    listed = {"population": {"list": "requests", "when": "in October 2024", "size": 60}}
    counts = [register(59, 59, "consent_agreed", period="2024-10")]
    table = found(reading(said(8)), standards=catalogue(measured_by=["consent_agreed"]), counts=counts, **listed)
    assert not len(select(table, measure="sources_apart"))


def test_a_register_of_more_than_a_month_contradicts_no_auditor():
    counts = [register(60, 60)]
    table = found(reading(said(8)), standards=catalogue(measured_by=["meeting_in_time"]), counts=counts)
    assert by_source(table)["meeting_in_time", "24 hours"].verdict == "met"
    assert not len(select(table, measure="sources_apart"))


def test_two_audits_of_other_lists_contradict_each_other_on_nothing_and_each_is_told_apart():
    """The police part from the auditors of their own list; the auditors of another list call met what these do not."""
    about = {"kind": "multi_agency", "intended": FILES, "population": 60, "agencies": ["Social care", "Police"]}
    both = [build.audit(each, "strategy", **about) for each in ("one", "two")]

    def of(audit, told):
        return [(*each[:3], {**each[3], "audit_id": audit}) for each in told]

    table = triangulate(
        build.answers(*of("one", [*reading(said(8)), *partner(said(20))]), *of("two", [*reading(said(20))])),
        programme=build.programme(*both),
        audits=["one", "two"],
        standards=catalogue(),
    )
    (row,) = rows(select(table, measure="sources_apart"))
    assert row.level == "met by Police (one), not met by auditors (one)"
    assert (row.numerator, row.denominator) == (2, 3)


def test_readers_of_the_same_files_are_paired():
    """Of the 16 that the police answered they say the same as auditors on 12: auditors met 12, the police none more."""
    table = found(reading(said(12)), partner([*["yes"] * 10, *["no"] * 4, *["yes"] * 2]))
    row = by_source(table)["readers_agree", "Police in audit"]
    assert (row.numerator, row.denominator, row.verdict) == (12, 16, "within chance")


def test_readers_who_part_on_the_same_files_by_more_than_chance_conflict_though_neither_is_sure():
    """Auditors met 15 of 20, the police 5 of the same 20: ten files were turned, all one way."""
    table = found(reading(said(15)), partner(said(5)))
    assert by_source(table)["readers_agree", "Police in audit"].verdict == "different"
    assert "Police" in next(rows(select(table, measure="sources_apart"))).level


def test_a_second_reader_answers_for_the_share_that_the_protocol_sets():
    """Five of 20 are read again at random: none of the 15 others is a missing answer."""
    again = {"moderation": {"selection": "random", "share": 0.25}}
    row = by_source(found(reading(said(16)), reading(said(4, 5), role="moderator"), **again))
    assert row["second_reader_met", "audit"].missing == 0
    assert row["second_reader_met", "audit"].method == "hypergeometric"


def test_a_second_reading_of_files_that_somebody_picked_has_no_verdict():
    again = {"moderation": {"selection": "picked", "share": 0.25}}
    row = by_source(found(reading(said(16)), reading(said(0, 5), role="moderator"), **again))
    assert (row["second_reader_met", "audit"].verdict, row["second_reader_met", "audit"].rule) == ("", "V0")


@pytest.mark.parametrize(("k", "verdict"), [(19, "not met"), (20, "met")])
def test_a_register_speaks_only_where_the_catalogue_names_its_count_and_by_the_target_of_the_standard(k, verdict):
    counts, listed = [register(k, 25)], {"population": {"list": "requests", "size": 25}}
    assert not [row for row in rows(found(reading(said(16)), counts=counts)) if row.measure == "meeting_in_time"]
    named = catalogue(measured_by=["meeting_in_time"])
    row = by_source(found(reading(said(16)), standards=named, counts=counts, **listed))["meeting_in_time", "24 hours"]
    assert (row.numerator, row.denominator, row.target, row.verdict, row.method) == (k, 25, 0.8, verdict, "count")


def test_a_register_of_fewer_than_the_list_holds_not_everybody_and_is_held_against_no_target():
    """19 of the 24 meetings that a register names, where the list has 61: the other 37 may say otherwise."""
    named = catalogue(measured_by=["meeting_in_time"])
    row = by_source(found(reading(said(16)), standards=named, counts=[register(19, 24)]))["meeting_in_time", "24 hours"]
    assert (row.numerator, row.denominator, row.target, row.verdict) == (19, 24, None, "")


def test_a_register_of_fewer_than_five_has_no_verdict():
    named = catalogue(measured_by=["meeting_in_time"])
    row = by_source(found(reading(said(16)), standards=named, counts=[register(4, 4)]))["meeting_in_time", "24 hours"]
    assert (row.verdict, row.target) == ("", None)


def test_what_families_answered_is_named_by_the_question_and_never_judged():
    asked = "Were you told?"
    question = {"group": "survey question", "level": f"{asked} (families, 20 November 2024)"}
    counts = [register(8, 11, "survey_positive", **question)]
    table = found(reading(said(16)), standards=catalogue(measured_by=[asked]), counts=counts)
    (row,) = (row for row in rows(table) if row.measure == "survey_positive")
    assert (row.standard_id, row.group, row.verdict) == ("STR-1", "survey question", "")


def test_a_count_that_no_register_has_is_refused_with_the_nearest():
    with pytest.raises(CatalogueError, match="'meetings_in_time' is no count of a register") as told:
        found(reading(said(16)), standards=catalogue(measured_by=["meetings_in_time"]), counts=[register(1, 9)])
    assert "meeting_in_time" in str(told.value)


def test_an_area_of_the_plan_has_the_counts_that_it_names_and_no_verdict():
    entry = {"id": "A6", "title": "Delay", "needs": "No delay.", "measured_by": ["meeting_in_time"]}
    table = triangulate(
        build.answers(*reading(said(16)), *partner(said(16))),
        programme=programme(),
        audits=["audit"],
        standards=catalogue(),
        counts=measures([register(3, 9)]),
        plan=read_plan([entry], file="plan.yml"),
        period="2024-11",
    )
    row = by_source(table, "A6")["meeting_in_time", "24 hours"]
    assert (row.numerator, row.denominator, row.verdict) == (3, 9, "")


def few(**more):
    """Health sent three returns: too few for a board."""
    return found(reading(said(16)), partner(said(12)), partner(said(1, 3), "Health"), **more)


def test_a_board_does_not_see_an_agency_of_three_returns_and_cannot_get_it_back():
    counted = few(exact=False)
    shown = release(counted, audience="board")
    hidden = {row.level for row in rows(select(shown, measure="agency_met")) if row.hidden}
    assert hidden - {"not shown"} == {"Health in audit", "Police in audit"}, "The whole and one other would leave it."
    told = attack(shown, measures=counted)
    assert len(told)
    assert not told["recovered"].any()
    assert not told["giveaway"].any()
    assert not [row for row in rows(select(shown, measure="readers_agree")) if row.group == "agency"]


def test_a_board_reads_no_conflict_of_an_agency_that_may_be_hidden():
    table = found(reading(said(15)), partner(said(5)), partner(said(1, 3), "Health"), exact=False)
    assert "Police" not in " ".join(row.level for row in rows(select(table, measure="sources_apart")))


def test_without_any_second_source_nothing_is_said():
    assert found(reading(said(16))).empty
