"""An area of the plan shows what was done and, by rule, whether it helped: never better than its weakest line."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.analysis.audits.impact import impact
from ilacs_audit.analysis.plan.improvement import WEAKEST, improvement_plan
from ilacs_audit.claims.change.impact import WORDS
from ilacs_audit.claims.plan import activity_basis, change_of_mind, rests_on
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.about import Commentary
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.domain.plan import read_plan
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.told import EditionTold, PageTold
from tests import build
from tests.edition import Known, catalogue, change, fact, page, standing
from tests.shelf import opened

AUDIT = build.audit("sample", population={"size": 90}, intended=30, areas=["A1"])


class Planned(Known):
    """Evidence of no answers, with a plan, a programme and a person's words."""

    def __init__(self, plan, comments=None, **options):
        super().__init__(**options)
        self.areas, self.comments = plan, comments or {}

    def plan(self):
        return read_plan(self.areas, file="plan.yml")

    def planned(self):
        return Programme(tuple(self.audits.values()))

    def words(self, period, about):
        return self.comments.get(about, Commentary())


def area(*items, **said):
    return {"id": "A1", "title": "Plans", "needs": "The quality of plans.", "items": [*items]} | said


def item(number, **said):
    return {"id": f"A1.{number}", "title": f"Item {number}"} | said


def edition(*pages, plan=(), audits=(AUDIT,), comments=None, audience="board"):
    shelf = Planned([*plan] or [area()], comments, audits=build.programme(*audits))
    about = replace(opened(shelf, audience=audience), id="")
    return EditionTold(about, pages)


def only(*pages, **options):
    (told,) = improvement_plan(edition(*pages, **options)).areas
    return told


def helped(**statuses):
    """Impact records: the status of each standard."""
    return [
        {**standing("consent", {code: (12, "")})[0], "measure": "impact", "method": "rule", "verdict": status}
        | {
            "rule": status,
            "note": WORDS[status],
            "reason": f"Why {status}.",
            "value": None,
            "lower": None,
            "upper": None,
        }
        for code, status in statuses.items()
    ]


def actions(**counts):
    told = [
        {"measure": f"action_{name}", "group": "plan area", "level": "A1 Plans", "numerator": count, "denominator": 12}
        for name, count in counts.items()
    ]
    return PageTold("Actions", href="actions.html", released=tuple(rows(release(measures(told), audience="internal"))))


@pytest.mark.parametrize(
    ("statuses", "weakest"),
    [
        ({"c1": "I4", "c2": "I6", "c3": "I2"}, "I6"),
        ({"c1": "I4", "c2": "I3", "c3": "I2"}, "I3"),
        ({"c1": "I5", "c2": "I4"}, "I4"),
        ({"c1": "I4", "c2": "I1"}, "I1"),
        ({"c1": "I0", "c2": "I2"}, "I2"),
    ],
)
def test_an_area_is_as_weak_as_its_weakest_standard(statuses, weakest):
    told = only(page("sample", helped(**statuses)))
    assert (told.status, told.rule, told.reason) == (weakest, weakest, f"Why {weakest}.")
    assert len(told.standing) == len(statuses)


@given(st.lists(st.sampled_from(WEAKEST), min_size=1, max_size=3), st.sampled_from(WEAKEST))
def test_one_standard_more_never_makes_an_area_look_stronger(statuses, more):
    codes = ("c1", "c2", "c3", "v1")
    few = only(page("sample", helped(**dict(zip(codes, statuses, strict=False)))))
    many = only(page("sample", helped(**dict(zip(codes, [*statuses, more], strict=False)))))
    assert WEAKEST.index(many.status) <= WEAKEST.index(few.status)


def test_each_standard_of_an_audit_counts_once_however_many_pages_show_it():
    told = only(page("sample", helped(c1="I2")), page("sample", [*helped(c1="I2"), change("c1", "cannot tell")]))
    assert len(told.standing) == 1
    assert told.standing[0].change.verdict == "cannot tell"


def hide(told, *codes):
    shown = (row._replace(status="suppressed", numerator=None, denominator=None) for row in told.released)
    return replace(
        told,
        released=tuple(
            hidden if row.standard_id in codes else row for row, hidden in zip(told.released, shown, strict=True)
        ),
    )


def test_an_area_whose_rows_are_hidden_says_so_and_has_no_status():
    told = only(hide(page("sample", helped(c1="I6", c2="I4")), "c1", "c2"))
    assert (told.status, told.rule, told.pair, told.unshown) == ("", "", "", 2)
    assert "too small to show" in told.reason


@pytest.mark.parametrize("status", WEAKEST)
def test_what_is_hidden_cannot_be_told_from_the_status_of_an_area_or_its_words(status):
    """Whatever the hidden standard is, the area reads the same: nothing is left to subtract."""
    told = only(hide(page("sample", helped(c1="I4", c2=status)), "c2"), plan=[area(activity="on track")])
    assert (told.status, told.unshown, told.pair) == ("I4", 1, "")
    assert rests_on(told)[3] == "1 standard"


def test_the_files_of_audits_are_added_up_only_where_no_page_hides_its_part():
    other = build.audit("other", "visits", population={"size": 50}, intended=20, areas=["A1.2"])
    first = page("sample", [fact("returned", "sample", 28, 30)])
    second = page("other", [fact("returned", "other", 18, 20)])
    told = only(first, second, audits=[AUDIT, other], plan=[area(item(2))])
    assert rests_on(told)[2] == "46 of 50"
    assert rests_on(told.items[0])[2] == "18 of 20"
    gone = replace(second, released=tuple(row._replace(status="suppressed", numerator=None) for row in second.released))
    assert rests_on(only(first, gone, audits=[AUDIT, other]))[2] == "2 audits"


@pytest.mark.parametrize(
    ("said", "counts", "activity"),
    [
        (("complete", "complete"), {"late": 5}, "complete"),
        (("complete", "delayed"), {}, "delayed"),
        (("complete", "not started"), {}, "not started"),
        (("stopped", "complete"), {}, "stopped"),
        (("complete", ""), {}, ""),
        (("complete", ""), {"late": 0, "ahead": 4, "undated": 0}, ""),
        (("complete", ""), {"late": 6, "ahead": 4, "undated": 0}, "delayed"),
        ((), {"late": 0, "ahead": 4, "undated": 0}, "on track"),
        ((), {"late": 0, "ahead": 4, "undated": 1}, ""),
        ((), {"late": 0, "ahead": 0, "undated": 0}, ""),
        ((), {"late": 6, "ahead": 0, "undated": 0}, "delayed"),
        ((), {}, ""),
    ],
)
def test_activity_is_the_worst_item_and_a_blank_is_never_good_news(said, counts, activity):
    items = [item(place, activity=word, impact_on=date(2025, 2, 3)) for place, word in enumerate(said, 1)]
    assert only(actions(**counts), plan=[area(*items)]).activity == activity


def test_a_hidden_count_of_late_actions_is_not_taken_for_none():
    shown = actions(late=6, ahead=4, undated=0)
    gone = [
        row._replace(status="suppressed", numerator=None) if row.measure == "action_late" else row
        for row in shown.released
    ]
    told = only(replace(shown, released=tuple(gone)))
    assert told.activity == ""
    assert activity_basis(told) == "How many actions are overdue is not shown."


def test_where_nothing_was_supplied_or_made_yet_it_says_so_and_gives_no_status():
    assert (only(audits=()).status, only(audits=()).reason) == ("", "No data supplied.")
    late = PageTold("Late", audit="sample")
    assert (only(late).status, only(late).reason) == ("", "A page on it has not been made yet.")
    assert (only(actions(late=0, ahead=4)).status, only(actions(late=0, ahead=4)).rule) == ("I0", "I0")


def test_both_statuses_together_say_what_the_board_must_see():
    plan = [area(activity="complete", impact_on=date(2025, 2, 3))]
    assert "book the re-audit" in only(page("sample", helped(c1="I2")), plan=plan).pair
    assert "do not claim it" in only(page("sample", helped(c1="I4")), plan=[area(activity="not started")]).pair
    assert "escalate" in only(page("sample", helped(c1="I6")), plan=[area(activity="delayed")]).pair


def test_a_warning_that_may_be_luck_is_not_told_as_getting_worse():
    reason = (
        "A larger share of what was read failed it. For a critical standard we warn at once. Luck could bring as much"
    )
    (row,) = helped(c2="I6")
    told = only(
        page("sample", [row | {"reason": f"{reason} to one of all the standards compared this month."}]),
        plan=[area(activity="delayed")],
    )
    assert told.pair == "Late, and it may be getting worse: escalate."


def test_an_item_hears_only_the_audits_that_name_it_and_its_area_hears_them_too():
    ours = build.audit("sample", population={"size": 90}, intended=30, areas=["A1.2"])
    told = only(page("sample", helped(c1="I2")), audits=[ours], plan=[area(item(1), item(2))])
    assert [each.status for each in (told, *told.items)] == ["I2", "", "I2"]


def test_the_next_day_is_the_first_that_tells_more_and_what_would_change_our_mind_names_it():
    booked = build.audit(
        "sample", population={"size": 90}, intended=30, areas=["A1"], next={"on": date(2025, 2, 3), "size": 60}
    )
    told = only(page("sample", helped(c1="I1")), audits=[booked], plan=[area(item(1, impact_on=date(2025, 1, 6)))])
    assert (told.next_on, told.next_size) == (date(2025, 1, 6), None)
    assert change_of_mind(told, catalogue(), as_of="2024-11-21") == "The 60 files booked for 3 February 2025."
    assert change_of_mind(only(page("sample", helped(c1="I1"))), catalogue(), as_of="2024-11-21").endswith(
        "none is set."
    )


def test_six_months_on_exactly_the_rows_of_that_theme_fall_back_a_step_and_say_so():
    """The theme of the first area holds for 6 months, that of the second for 12."""
    standards = build.standards(
        build.theme("consent", [build.standard("c1")]), build.theme("visits", [build.standard("v1")], stale_after=12)
    )
    audits = [AUDIT, build.audit("visits", "visits", population={"size": 90}, intended=30, areas=["A2"])]
    protocols = build.programme(*audits)
    plan = [area(), area(id="A2", title="Visits")]

    def statuses(day):
        pages = []
        for name, theme, code in (("sample", "consent", "c1"), ("visits", "visits", "v1")):
            found = measures(standing(theme, {code: "cannot tell"}))
            moved = measures([change(code, "cannot tell", theme=theme, lower=-0.1, upper=0.3)])
            made = impact(found, moved, measures([]), audit=protocols[name], as_of=day, standards=standards)
            pages.append(page(name, list(made.to_dict("records"))))
        told = improvement_plan(edition(*pages, plan=plan, audits=audits)).areas
        return [(each.status, each.rule) for each in told]

    assert statuses(date(2025, 5, 18)) == [("I2", "I2"), ("I2", "I2")]
    assert statuses(date(2025, 5, 19)) == [("I1", "I?"), ("I2", "I2")]
