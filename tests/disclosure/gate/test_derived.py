"""What failed a critical standard is the rest of what met it, and tells no more than the two counts beside it."""

from collections import defaultdict

import pytest

from ilacs_audit.claims.sentences.sentences import sentence
from ilacs_audit.claims.verdicts.critical import critical_failures
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.disclosure.gate.derived import rest_of
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.disclosure.rules import nearest
from ilacs_audit.domain.audiences import audience
from ilacs_audit.domain.measures import gather, measures, rows, select
from tests import build
from tests.build import seen, table

ASKED = build.standards(build.theme("consent", [build.standard("c1", critical=True)]))


def shown(met, read, audience, *more):
    found = verdict(table(seen(met, read, of=110, target=0.5), *more), standards=ASKED)
    page = release(gather(found, critical_failures(select(found, group="all"), standards=ASKED)), audience=audience)
    whole = select(page, group="all")
    return next(rows(select(whole, measure="compliance"))), next(rows(select(whole, measure="critical_failure")))


@pytest.mark.parametrize("audience", ["internal", "board", "public"])
def test_failures_and_files_that_met_add_up_or_are_hidden_together(audience):
    for read in (12, 30, 57):
        for met in range(read + 1):
            row, failed = shown(met, read, audience)
            assert row.hidden == failed.hidden, (met, read)
            exact = row.hidden or row.status != "rounded"
            assert not exact or row.hidden or failed.numerator == row.denominator - row.numerator, (met, read)


def test_what_the_public_may_take_for_the_rest_of_two_rounded_counts_holds_the_truth_for_every_count_up_to_sixty():
    about, behind = audience("public"), defaultdict(set)
    for read in range(6, 61):
        for met in (0, *range(6, read - 5), read):
            beside = nearest(met, 5), nearest(read, 5)
            least, most = rest_of(*beside, about) if met < read else (0, 0)
            slack = 2 * (met == 0)  # "all of about 20" is as near as the 20 is
            assert least - slack <= read - met <= most + slack, (met, read)
            assert met in (0, read) or least >= about.smallest_count
            behind[(*beside, met == read)].add((met, read))
    few = [shown for shown, pairs in behind.items() if len(pairs) == 1 and shown != (60, 60, True)]
    assert few == [(5, 10, False)], "What is made of the two counts alone; that pair the gate hides."


@pytest.mark.parametrize(
    ("met", "read", "said"),
    [
        (11, 18, "6 to 14 of about 20 files failed"),
        (31, 57, "21 to 29 of about 55 files failed"),
        (0, 18, "All of about 20 files failed"),
        (18, 18, "None of 20 files failed"),
    ],
)
def test_seven_of_eighteen_that_failed_are_not_told_as_about_ten_of_twenty(met, read, said):
    row, failed = shown(met, read, "public")
    assert (row.numerator, row.denominator) == (nearest(met, 5), nearest(read, 5))
    assert sentence(failed).startswith(said)


def test_a_count_hidden_for_its_teams_is_not_given_back_by_what_failed():
    teams = [seen(met, read, group="team", level=name) for name, met, read in (("North", 20, 20), ("South", 11, 20))]
    row, failed = shown(31, 40, "public", *teams)
    assert row.hidden == failed.hidden
    assert not failed.hidden or (failed.numerator, failed.value, failed.upper, failed.rule) == (None, None, None, "")


def with_actions(met, read, audience, done, of):
    """A page whose register holds so many actions on its critical standard, and what the gate leaves of it."""
    found = verdict(table(seen(met, read, of=110, target=0.5)), standards=ASKED)
    about = {"theme": "consent", "standard_id": "c1", "group": "all", "level": "all", "period": "2024-11"}
    right = measures([{**about, "measure": "put_right", "numerator": done, "denominator": of, "note": f"{of} late"}])
    return release(gather(found, critical_failures(found, standards=ASKED), right), audience=audience)


def test_actions_as_many_as_the_failures_give_back_no_count_that_is_hidden_or_rounded():
    for read in (12, 30, 57):
        for failures in range(1, read + 1):
            page = with_actions(read - failures, read, "public", 1, failures)
            acted = next(rows(select(page, measure="put_right")))
            assert acted.hidden
            assert (acted.numerator, acted.denominator, acted.value, acted.note) == (None, None, None, "")


@pytest.mark.parametrize("counts", [(0, 1), (1, 3), (3, 3), (7, 40), (40, 40)])
def test_the_public_page_is_the_same_however_many_actions_there_are(counts):
    for met in (4, 19, 27, 30):
        one, other = (with_actions(met, 30, "public", *each) for each in ((2, 9), counts))
        assert list(map(str, rows(one))) == list(map(str, rows(other)))


@pytest.mark.parametrize("audience", ["internal", "board"])
def test_the_board_sees_how_many_actions_are_done_where_it_sees_how_many_failed(audience):
    acted = next(rows(select(with_actions(27, 30, audience, 2, 3), measure="put_right")))
    assert (acted.numerator, acted.denominator, acted.note.startswith("3 late")) == (2, 3, True)


def test_a_service_sees_that_there_are_actions_and_not_how_many_as_the_boards_less_its_own_would_leave_anothers():
    acted = next(rows(select(with_actions(19, 30, "service:fostering", 2, 3), measure="put_right")))
    assert (acted.hidden, acted.numerator, acted.denominator, acted.note) == (True, None, None, "")


def test_a_median_goes_with_a_hidden_count_beside_it():
    due = {"measure": "case_left_of_due", "group": "all", "level": "all", "numerator": 28, "denominator": 29}
    time = {"measure": "time_to_leave", "group": "all", "level": "all", "value": 3.0, "method": "kaplan-meier"}
    medians = {name: [*rows(release(measures([due, time]), audience=name))][1].value for name in ("board", "public")}
    assert medians["board"] == 3.0
    assert medians["public"] is None


def test_a_board_sees_no_count_of_one_to_five_by_what_a_register_groups_by():
    groups = ("case outcome", "time waiting", "plan type", "recording lag", "escalation reason", "time open")
    for group in groups:
        levels = [("a", 27), ("b", 1), ("c", 2)]
        found = measures(
            {"measure": "case_outcome", "group": group, "level": name, "numerator": k, "denominator": 30}
            for name, k in levels
        )
        assert all(row.hidden for row in rows(release(found, audience="board")) if row.level in ("b", "c")), group
        assert not any(row.hidden for row in rows(release(found, audience="internal")))


@pytest.mark.parametrize("audience", ["board", "public"])
def test_escalations_open_past_the_limit_cannot_be_added_up_from_those_open_and_those_due(audience):
    teams = {"North": (1, 12, 6, 11), "South": (5, 11, 5, 7), "West": (2, 11, 6, 10)}  # open, all, in time, due
    found = [("escalation_expired", "all", "20 working days", 2, 8), ("escalation_in_time", "all", "", 17, 28)]
    found += [("escalation_open", "all", "all", 8, 34), ("escalation_not_known", "all", "all", 1, 8)]
    for name, (open_, everybody, kept, due) in teams.items():
        found.append(("escalation_open", "team", name, open_, everybody))
        found.append(("escalation_in_time", "team", name, kept, due))
    names = ("measure", "group", "level", "numerator", "denominator")
    page = list(rows(release(measures([dict(zip(names, each, strict=True)) for each in found]), audience=audience)))
    still = [each for each in page if each.measure not in ("escalation_in_time",)]
    assert all((each.numerator, each.denominator) == (None, None) for each in still)
    assert [each.hidden for each in page if each.measure == "escalation_in_time" and each.group == "all"] == [False]


def test_a_page_that_shows_who_is_open_past_the_limit_shows_who_is_open():
    found = [("escalation_expired", 15, 41), ("escalation_open", 41, 60)]
    about = [dict(measure=name, group="all", level="all", numerator=k, denominator=n) for name, k, n in found]
    assert not any(each.hidden for each in rows(release(measures(about), audience="board")))
