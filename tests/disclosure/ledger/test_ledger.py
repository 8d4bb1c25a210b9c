"""Subtracting one release from another gives nothing: periods, windows, audiences, nested teams, restatements."""

import random

import pandas as pd
import pytest

from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.disclosure.ledger.ledger import Ledger, held_against
from ilacs_audit.domain.errors import DisclosureError, PendingError
from ilacs_audit.domain.measures import measures
from tests.disclosure.outsiders import shares_measures

OCTOBER, NOVEMBER = "2024-04/2024-10", "2024-04/2024-11"


def edition(shares, *, audience="board", group="ethnicity", window="", ledger=None, **about):
    return release(shares_measures(shares, group=group, **about), audience=audience, ledger=ledger, window=window)


def after(released, window=""):
    return Ledger().with_release(released, window=window)


def accepted(ledger, pages, **about):
    """The ledger with every page of an edition added; the first page that may not go out is raised."""
    grown, refused = held_against(ledger, pages, **about)
    for each in refused.values():
        raise each
    return grown


def rules_of(found):
    return set(found["rule"])


def test_e8_two_years_to_date_that_are_safe_alone_are_refused_together():
    before = edition({"A": (8, 20), "B": (9, 30), "C": (12, 24)}, window=OCTOBER)
    later = {"A": (9, 21), "B": (9, 30), "C": (14, 26)}
    ledger = after(before, OCTOBER)
    assert "windows" in rules_of(ledger.conflicts(edition(later, window=NOVEMBER), window=NOVEMBER))
    with pytest.raises(DisclosureError) as refused:
        edition(later, window=NOVEMBER, ledger=ledger)
    assert refused.value.exit_code == 13


def test_a_year_to_date_less_its_months_is_refused():
    ledger = Ledger()
    for month, k in (("2024-04", 8), ("2024-05", 9)):
        ledger = ledger.with_release(edition({"A": (k, 20), "B": (10, 30)}, period=month))
    total = edition({"A": (20, 45), "B": (30, 90)}, period="2024-06", window="2024-04/2024-06")
    found = ledger.conflicts(total, window="2024-04/2024-06")
    assert set(found["level"]) == {"A"}
    assert set(found["with_period"]) == {"2024-06"}


def test_months_that_do_not_overlap_are_not_subtracted():
    ledger = after(edition({"A": (8, 20), "B": (10, 30)}, period="2024-10"))
    assert ledger.conflicts(edition({"A": (9, 21), "B": (10, 30)}, period="2024-11")).empty


def test_a_restatement_by_a_few_children_is_refused_and_by_many_is_not():
    ledger = after(edition({"A": (8, 20), "B": (10, 30)}))
    assert rules_of(ledger.conflicts(edition({"A": (9, 21), "B": (10, 30)}))) == {"restatement"}
    assert ledger.conflicts(edition({"A": (18, 40), "B": (10, 30)})).empty


def whole_service(met, read, **about):
    row = {"measure": "compliance", "theme": "visits", "standard_id": "V-1", "group": "all", "level": "all"}
    row |= {"period": "2024-09", "numerator": met, "denominator": read, "selection": "random"} | about
    return release(measures([row]), audience="board")


def test_few_who_came_late_are_a_group_in_a_number_of_the_whole_service_too():
    ledger = after(whole_service(20, 27))
    for read in (28, 31):
        assert rules_of(ledger.conflicts(whole_service(21, read))) == {"restatement"}
    assert ledger.conflicts(whole_service(21, 32)).empty
    assert ledger.conflicts(whole_service(21, 27)).empty


def test_the_earlier_round_that_a_change_tells_is_held_against_what_was_released():
    rounds = {"september": {"2024-09": "visits-2024-09"}, "november": {"2024-09": "visits-2024-09", "2024-11": "now"}}
    ledger, _ = held_against(Ledger(), {"september": whole_service(20, 27)}, rounds=rounds)
    for was, refused in (("20 of 27", False), ("21 of 28", True), ("26 of 33", False)):
        change = whole_service(30, 40, measure="change", period="2024-11", note=f"{was} in September 2024")
        assert bool(held_against(ledger, {"november": change}, rounds=rounds)[1]) is refused


def test_a_breakdown_that_a_council_calls_ordinary_is_no_sensitive_one_beside_what_went_out_before():
    told = measures(
        [
            {
                "measure": "survey_positive",
                "group": "survey question",
                "level": "Q?",
                "period": "2024-11",
                "numerator": 8,
                "denominator": 11,
                "value": 8 / 11,
            }
        ]
    )
    released = release(told, audience="board", ordinary=["survey question"])
    assert released["status"].tolist() == ["shown"]
    assert held_against(Ledger(), {"surveys": released})[1].keys() == {"surveys"}
    assert held_against(Ledger(), {"surveys": released}, ordinary=["survey question"])[1] == {}


def test_the_same_release_again_is_no_conflict():
    shares = {"A": (8, 20), "B": (10, 30), "C": (7, 20)}
    ledger = after(edition(shares))
    assert ledger.conflicts(edition(shares)).empty
    assert ledger.with_release(edition(shares)) == ledger


def test_one_team_removed_from_its_service_is_refused():
    service = edition({"Safeguarding": (20, 40), "Early help": (15, 30)}, group="team")
    team = edition({"Duty": (18, 37)}, group="team", total=False)
    assert after(service).conflicts(team).empty
    assert rules_of(after(service).conflicts(team, nesting={"Duty": "Safeguarding"})) == {"nested"}


def test_all_but_a_few_children_of_the_whole_service_is_refused():
    whole = edition({"X": (20, 40)}, group="team").query("group == 'all'")
    assert rules_of(after(whole).conflicts(edition({"Duty": (18, 37)}, group="team", total=False))) == {"nested"}


def test_a_number_that_was_hidden_is_not_shown_later():
    small = {"A": (3, 30), "B": (12, 30), "C": (13, 30), "D": (14, 30), "E": (15, 30)}
    restated = small | {"A": (13, 40)}
    assert "shown again" in rules_of(after(edition(small)).conflicts(edition(restated)))


def test_a_stricter_audience_is_not_shown_what_the_board_was_not():
    board = edition({"A": (3, 30), "B": (12, 30), "C": (13, 30), "D": (14, 30)})
    public = edition({"A": (30, 60), "B": (12, 30), "C": (13, 30), "D": (14, 30), "E": (4, 30)}, audience="public")
    assert "shown again" in rules_of(after(board).conflicts(public))


def test_an_edition_rounded_to_five_gives_no_exact_difference():
    ledger = after(edition({"A": (8, 20), "B": (9, 30)}, audience="public", window=OCTOBER), OCTOBER)
    later = edition({"A": (9, 21), "B": (9, 30)}, audience="public", window=NOVEMBER)
    assert ledger.conflicts(later, window=NOVEMBER).empty


def test_no_small_count_is_recovered_from_forty_series_of_editions():
    """An outsider who subtracts every pair of accepted years to date finds no count of 1 to 5."""
    rng, accepted, refused, recovered = random.Random(8), 0, 0, 0
    months = [f"2024-{month:02d}" for month in range(4, 13)]
    for _ in range(40):
        ledger, seen, totals = Ledger(), [], {level: [rng.randint(6, 20), 40] for level in "ABC"}
        for month in rng.sample(months, 3):
            window = f"2024-04/{month}"
            for level in totals:
                more = rng.choice((0, 0, 1, 3, 6, 12))
                totals[level] = [totals[level][0] + more, totals[level][1] + more * rng.choice((1, 2, 3))]
            shares = {level: (k, n) for level, (k, n) in totals.items()}
            try:
                made = edition(shares, window=window, ledger=ledger)
            except DisclosureError:
                refused += 1
                continue
            accepted += 1
            ledger = ledger.with_release(made, window=window)
            now = {row.level: (row.numerator, row.denominator) for row in made.itertuples() if row.group != "all"}
            seen.append({level: each for level, each in now.items() if each[0] == each[0] and each[0] is not None})
        for place, one in enumerate(seen):
            for other in seen[place + 1 :]:
                for level in one.keys() & other.keys():
                    if type(one[level][0]) is int and type(other[level][0]) is int:
                        k, n = (abs(a - b) for a, b in zip(one[level], other[level], strict=True))
                        recovered += 1 <= k <= 5 or 1 <= n <= 5 or 1 <= n - k <= 5
    print(f"{accepted} editions accepted, {refused} refused, {recovered} small counts recovered by subtraction")
    assert (recovered, accepted > 30, refused > 10) == (0, True, True)


def test_a_ledger_keeps_no_hidden_number_and_survives_its_text():
    ledger = after(edition({"A": (3, 30), "B": (12, 30), "C": (13, 30), "D": (14, 30), "E": (15, 30)}), OCTOBER)
    assert Ledger.from_json(ledger.to_json()) == ledger
    assert {cell.value for cell in ledger.cells if cell.level == "A"} == {"[c]"}
    assert Ledger.from_json("") == Ledger()


def test_the_internal_edition_keeps_counts_and_has_no_conflicts():
    ledger = after(edition({"A": (8, 20)}, audience="internal"))
    assert ledger.conflicts(edition({"A": (9, 21)}, audience="internal")).empty


def test_an_edition_is_accepted_once_and_again_and_a_restated_page_of_it_is_refused():
    pages = {"plans": edition({"A": (8, 20), "B": (10, 30)}), "visits": edition({"A": (9, 21), "B": (10, 30)})}
    ledger = accepted(Ledger(), pages)
    assert accepted(ledger, pages) == ledger
    with pytest.raises(PendingError) as refused:
        accepted(ledger, {"plans": pages["visits"]})
    assert refused.value.exit_code == 18


ONE_AUDIT = {"theme page": {"2024-11": "plans-2024-11"}, "re-audit page": {"2024-11": "plans-2024-11"}}
TWO_AUDITS = {"theme page": {"2024-11": "plans-2024-11"}, "re-audit page": {"2024-11": "dip-2024-11"}}


def pages(one, other, **about):
    return {"theme page": edition(one, **about), "re-audit page": edition(other, **about)}


def test_a_number_hidden_on_one_page_and_shown_on_another_is_refused_naming_both_and_no_number():
    told = pages({"A": (2, 20), "B": (8, 20), "C": (9, 20)}, {"A": (2, 20)}, total=False)
    told["re-audit page"] = told["re-audit page"].assign(numerator=2, denominator=20, status="shown")
    with pytest.raises(PendingError, match="hidden on one page and shown on another") as refused:
        accepted(Ledger(), told, rounds=ONE_AUDIT)
    assert "theme page and re-audit page" in str(refused.value)
    assert "2 of" not in str(refused.value)
    assert refused.value.exit_code == 18


def test_a_number_that_is_not_the_same_on_two_pages_is_refused():
    told = pages({"A": (8, 20), "B": (9, 20)}, {"A": (9, 20), "B": (9, 20)})
    with pytest.raises(PendingError, match="not the same on two pages"):
        accepted(Ledger(), told, rounds=ONE_AUDIT)


def test_a_number_that_one_page_tells_twice_is_not_said_to_be_of_two_pages():
    twice = pd.concat([edition({"A": (8, 20)}, total=False), edition({"A": (9, 20)}, total=False)])
    with pytest.raises(PendingError, match="told twice on one page") as refused:
        accepted(Ledger(), {"training": twice})
    assert (refused.value.where.split(":")[0], "two pages" in str(refused.value)) == ("training", False)


def test_two_audits_of_one_theme_in_one_month_are_different_numbers():
    told = pages({"A": (8, 20), "B": (9, 20)}, {"A": (9, 20), "B": (9, 20)})
    assert len(accepted(Ledger(), told, rounds=TWO_AUDITS).cells) == 6


def test_a_number_on_two_pages_is_one_number():
    told = pages({"A": (8, 20), "B": (9, 20)}, {"A": (8, 20), "B": (9, 20)})
    assert len(accepted(Ledger(), told, rounds=ONE_AUDIT).cells) == 3


def test_a_whole_on_one_page_less_its_part_on_another_is_refused():
    told = {
        "theme page": edition({"A": (20, 42)}, group="service", total=False),
        "re-audit page": edition({"A": (19, 40), "B": (10, 30)}, total=False),
    }
    told["theme page"] = told["theme page"].assign(group="all", level="all")
    assert len(accepted(Ledger(), told, rounds=TWO_AUDITS).cells) == 3
    with pytest.raises(PendingError, match="Taking a part from its whole"):
        accepted(Ledger(), told, rounds=ONE_AUDIT)


def test_a_small_count_that_the_page_tells_of_the_whole_service_too_holds_nothing_back():
    counts = {"level": "child protection", "numerator": 15, "denominator": 18, "period": "2024-11"}
    listed = {**counts, "measure": "visited_in_time", "group": "plan type"}
    whole = {**counts, "measure": "cp_visited_in_time", "group": "all"}
    page = release(measures([listed, whole]), audience="board")
    assert page["numerator"].tolist() == [15, 15]
    assert Ledger().conflicts(page).empty
    assert after(page).conflicts(page).empty
