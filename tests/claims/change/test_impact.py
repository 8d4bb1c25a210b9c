from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from ilacs_audit.claims.change.impact import IN_DOUBT, WORDS, Evidence, Impact, activity_pair, impact_status
from ilacs_audit.claims.verdicts.estimates import OVERFULL_LIST
from ilacs_audit.claims.verdicts.in_order import DOUBTED_DRAW
from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.plan import ACTIVITY
from tests.build import only, seen, table

AS_OF = date(2024, 11, 21)
RECENT, OLD = date(2024, 11, 18), date(2024, 5, 20)
BASELINE = only(table(seen(9, 20, of=110)))


def moved(verdict, lower, upper, **more):
    rule = {"better": "C3", "worse": "C4", "no worthwhile change": "C2", "cannot tell": "C5"}.get(verdict, "C1")
    row = {"measure": "change", "direction": "higher", "numerator": 16, "denominator": 20}
    return only(table({**row, "verdict": verdict, "rule": rule, "lower": lower, "upper": upper, **more}))


CHANGES = {
    "none": None,
    "better": moved("better", 0.05, 0.58),
    "worse": moved("worse", -0.5, -0.1),
    "no worthwhile change": moved("no worthwhile change", -0.04, 0.06),
    "cannot tell": moved("cannot tell", -0.09, 0.34),
    "cannot tell, no rise": moved("cannot tell", -0.3, 0.05),
    "not comparable": moved("not comparable", None, None, reason="The question was reworded."),
}
BASELINES = {"none": None, "no list": BASELINE._replace(population=None), "full": BASELINE}
BOOKINGS = {"none": (None, None), "date": (date(2025, 2, 10), None), "date and size": (date(2025, 2, 10), 82)}
CONDITIONS = {
    "returns": (None, 0.79, 0.8),
    "moderated": (None, 0.09, 0.1),
    "still_there": (True, False),
    "target": ("met", "cannot tell"),
    "second_source": ("Health", ""),
}
DOWN = {"I5": "I4", "I4": "I2", "I6": "I2", "I3": "I2", "I2": "I1", "I1": "I0", "I0": "I0"}


def by_hand(change, baseline, booking, returns, moderated, still_there, target, second_source):
    """The status as the board's paper defines it, written a second time and differently."""
    if change in ("none", "not comparable"):
        return "I1" if (baseline, booking) == ("full", "date and size") else "I0"
    if change == "worse":
        return "I6"
    sound = (returns or 0) >= 0.8 and (moderated or 0) >= 0.1
    if change == "better" and sound:
        return "I5" if still_there and target == "met" and second_source else "I4"
    return "I3" if change in ("no worthwhile change", "cannot tell, no rise") else "I2"


def test_the_truth_table_of_every_combination():
    tried = 0
    for change, baseline, booking, *rest in product(CHANGES, BASELINES, BOOKINGS, *CONDITIONS.values()):
        on, size = BOOKINGS[booking]
        given = dict(zip(CONDITIONS, rest, strict=True))
        evidence = Evidence(
            change=CHANGES[change], baseline=BASELINES[baseline], reaudit_on=on, reaudit_size=size, **given
        )
        expected = by_hand(change, baseline, booking, **given)
        fresh = impact_status(replace(evidence, evidence_on=RECENT), as_of=AS_OF)
        stale = impact_status(replace(evidence, evidence_on=OLD), as_of=AS_OF)
        assert (fresh.status, fresh.rule, fresh.words) == (expected, expected, WORDS[expected])
        assert (stale.status, stale.rule) == (DOWN[expected], "I0" if expected == "I0" else "I?")
        assert fresh.reason
        assert (fresh.measurable_on is not None) == (expected in ("I0", "I1") and booking != "none")
        tried += 1
    assert tried == 7 * 3 * 3 * 3 * 3 * 2 * 2 * 2


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"returns": 0.5, "moderated": 0.2}, "returns"),
        ({"returns": 0.9, "moderated": 0.05}, "moderated"),
        ({"returns": 0.9}, "not known"),
        ({"returns": 0.9, "moderated": 0.2}, "later round"),
        ({"returns": 0.9, "moderated": 0.2, "still_there": True}, "target"),
        ({"returns": 0.9, "moderated": 0.2, "still_there": True, "target": "met"}, "second source"),
    ],
)
def test_the_failed_condition_is_named(given, named):
    assert named in impact_status(Evidence(change=CHANGES["better"], **given), as_of=AS_OF).reason


def test_moving_the_clock_on_six_months_takes_one_step_and_says_so():
    evidence = Evidence(change=CHANGES["better"], returns=0.9, moderated=0.2, evidence_on=RECENT)
    assert impact_status(evidence, as_of=date(2025, 5, 18)).status == "I4"
    later = impact_status(evidence, as_of=date(2025, 5, 19))
    assert (later.status, later.rule, later.words) == ("I2", "I?", "cannot tell (stale)")
    assert "more than 6 months ago, so it counts for less." in later.reason
    assert impact_status(evidence, as_of=date(2025, 5, 19), stale_after=12).status == "I4"


def test_not_yet_measurable_carries_its_date():
    found = impact_status(Evidence(reaudit_on=date(2025, 2, 10)), as_of=AS_OF)
    assert (found.status, found.measurable_on) == ("I0", date(2025, 2, 10))
    assert "10 February 2025" in found.reason


@pytest.mark.parametrize(
    ("selection", "said", "never"),
    [
        (
            "random",
            "drawn by chance, but how many its list holds is not known. It will be measurable on",
            "not drawn by",
        ),
        ("stratified", "was drawn by chance, but", "nothing can be measured"),
        ("census", "was to read a whole list", "by chance"),
        ("two_phase", "read its list in two parts", "by chance"),
        ("uneven", "drawn out of proportion", "by chance"),
        ("auditor_choice", "was not drawn by chance", "was drawn"),
        ("risk_led", "10 February 2025 can be the first one to measure against.", "will be measurable"),
    ],
)
def test_why_a_round_is_no_baseline_never_contradicts_how_its_files_were_chosen(selection, said, never):
    baseline = BASELINE._replace(population=None, selection=selection)
    found = impact_status(
        Evidence(baseline=baseline, reaudit_on=date(2025, 2, 10), reaudit_size=82, evidence_on=RECENT), as_of=AS_OF
    )
    assert found.status == "I0"
    assert said in found.reason and never not in found.reason


@pytest.mark.parametrize("note", [OVERFULL_LIST, DOUBTED_DRAW])
def test_a_round_of_more_files_than_its_list_or_of_a_draw_in_doubt_is_not_called_drawn_by_chance(note):
    baseline = BASELINE._replace(population=None, selection="random", note=note)
    found = impact_status(Evidence(baseline=baseline, reaudit_on=date(2025, 2, 10), reaudit_size=82), as_of=AS_OF)
    assert found.reason.startswith(IN_DOUBT) and "by chance" not in found.reason


def test_baseline_only_names_the_booked_re_audit():
    found = impact_status(
        Evidence(baseline=BASELINE, reaudit_on=date(2025, 2, 10), reaudit_size=82, evidence_on=RECENT), as_of=AS_OF
    )
    assert found.reason == "A re-audit of 82 is booked for 10 February 2025."


@pytest.mark.parametrize("baseline", [BASELINE, None])
def test_a_re_audit_whose_booked_day_has_come_is_not_told_as_booked(baseline):
    found = impact_status(
        Evidence(baseline=baseline, reaudit_on=AS_OF, reaudit_size=82, evidence_on=RECENT), as_of=AS_OF
    )
    begun = "There is a baseline." if baseline else "There is no baseline."
    when = "21 November 2024"
    assert found.status == "I0"
    assert found.reason == f"{begun} A round was booked for {when}, and nothing of it is here."


def test_where_lower_is_better_the_same_rule_holds():
    falling = moved("cannot tell", -0.05, 0.3, direction="lower")
    assert impact_status(Evidence(change=falling), as_of=AS_OF).status == "I3"
    assert impact_status(Evidence(change=falling._replace(lower=-0.3)), as_of=AS_OF).status == "I2"


SEEN_BY_THE_BOARD = {
    ("complete", "I2"): "book the re-audit",
    ("complete", "I3"): "change the plan",
    ("complete", "I6"): "change the plan",
    ("not started", "I4"): "do not claim it",
    ("not started", "I5"): "do not claim it",
    ("delayed", "I6"): "escalate",
}


@pytest.mark.parametrize("activity", ["", *ACTIVITY])
@pytest.mark.parametrize("status", WORDS)
def test_every_pair_of_statuses_has_its_sentence_or_none(activity, status):
    sentence = activity_pair(activity, Impact(status, WORDS[status], status, "", date(2025, 2, 10)))
    assert SEEN_BY_THE_BOARD.get((activity, status), "") in sentence
    assert bool(sentence) == ((activity, status) in SEEN_BY_THE_BOARD)


def test_complete_with_no_impact_date_stops_the_build():
    with pytest.raises(CatalogueError) as stopped:
        activity_pair("complete", impact_status(Evidence(), as_of=AS_OF))
    assert stopped.value.exit_code == 12


def test_an_unknown_activity_is_refused():
    with pytest.raises(CatalogueError):
        activity_pair("nearly done", Impact("I2", "cannot tell", "I2", ""))


def test_nobody_is_asked_to_book_a_round_that_is_booked():
    finished = activity_pair("complete", Impact("I2", "cannot tell", "I2", ""), booked=True)
    assert "keep to the re-audit that is booked" in finished and "book the" not in finished
