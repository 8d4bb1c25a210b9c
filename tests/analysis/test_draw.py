import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilacs_audit.analysis.draw import draw_sample
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.stats.lists.allotting import alike, in_proportion

TEAMS = ("North", "South", "Duty")


def case_list(count=120):
    return pd.DataFrame(
        {
            "child_ref": [f"C{number:04d}" for number in range(count)],
            "team": [TEAMS[number % 3 if number % 5 else 0] for number in range(count)],
            "worker_ref": [f"P{number % 17}" for number in range(count)],
        }
    )


def auditors(capacity=20, teams=("North", "South", "Duty", "Quality")):
    return pd.DataFrame({"auditor": [f"P{n}" for n in range(len(teams))], "team": teams, "capacity": capacity})


def test_the_same_seed_draws_the_same_files_for_the_same_auditors():
    first, second = (draw_sample(case_list(), size=30, auditors=auditors(), seed=7) for _ in range(2))
    pd.testing.assert_frame_equal(first.allocation, second.allocation)
    pd.testing.assert_frame_equal(first.reserves, second.reserves)


def test_the_order_of_the_case_list_does_not_matter():
    shuffled = case_list().sample(frac=1, random_state=3)
    first = draw_sample(case_list(), size=30, auditors=auditors(), seed=7)
    second = draw_sample(shuffled, size=30, auditors=auditors(), seed=7)
    assert first.allocation["child_ref"].tolist() == second.allocation["child_ref"].tolist()


def test_strata_share_the_draw_in_proportion_to_their_size():
    drawn = draw_sample(case_list(), size=40, auditors=auditors(), seed=1, strata="team")
    table = drawn.strata
    assert table["drawn"].sum() == 40
    assert (abs(table["drawn"] - 40 * table["listed"] / 120) < 1).all()


@given(st.lists(st.integers(0, 60), min_size=1, max_size=5), st.integers(1, 80))
def test_an_even_draw_takes_as_many_of_each_and_no_more_than_there_are(sizes, size):
    listed = {str(at): each for at, each in enumerate(sizes)}
    taken = alike(listed, min(size, sum(sizes)))
    assert sum(taken.values()) == min(size, sum(sizes))
    assert all(0 <= taken[name] <= listed[name] for name in listed)
    spared = [taken[name] for name in listed if taken[name] < listed[name]]
    assert not spared or max(taken.values()) - min(spared) <= 1


def test_no_second_reader_has_files_of_one_kind_alone():
    kinds = case_list().assign(graded=["good or better"] * 60 + ["below good"] * 60)
    for seed in range(10):
        drawn = draw_sample(kinds, size=40, auditors=auditors(), seed=seed, strata="graded", evenly=True).allocation
        good = drawn.groupby("auditor")["stratum"].apply(lambda each: (each == "good or better").sum())
        assert ((good > 0) & (good < drawn["auditor"].value_counts().loc[good.index])).all()


def test_files_audited_in_the_last_year_are_left_out_and_counted():
    recent = case_list()["child_ref"].tolist()[:30]
    drawn = draw_sample(case_list(), size=40, auditors=auditors(), seed=1, audited_recently=recent)
    assert drawn.excluded == 30
    assert not set(drawn.allocation["child_ref"]) & set(recent)


def test_reserves_are_other_files_in_the_order_in_which_to_use_them():
    drawn = draw_sample(case_list(), size=40, auditors=auditors(), seed=1)
    assert not set(drawn.reserves["child_ref"]) & set(drawn.allocation["child_ref"])
    assert drawn.reserves["order"].tolist() == list(range(1, 9))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60))
def test_nobody_is_given_their_own_case_or_their_own_team_or_more_than_they_can_read(seed, size):
    people = auditors(capacity=20)
    given_out = draw_sample(case_list(), size=size, auditors=people, seed=seed).allocation
    home = people.set_index("auditor")["team"]
    assert (given_out["worker_ref"] != given_out["auditor"]).all()
    assert (given_out["team"] != given_out["auditor"].map(home)).all()
    assert given_out["auditor"].value_counts().max() <= 20
    assert len(given_out) == size


def test_work_is_shared_as_evenly_as_the_rules_allow():
    people = auditors(capacity=40, teams=("Quality", "Quality", "Quality", "Quality"))
    given_out = draw_sample(case_list(), size=40, auditors=people, seed=5).allocation
    assert given_out["auditor"].value_counts().tolist() == [10, 10, 10, 10]


def test_every_file_of_every_stratum_has_the_same_chance_however_small_the_stratum():
    # 300 draws of 30 from 120: 75 expected of each file, 150 of the two rare ones, and never five standard errors away.
    cases, people = case_list().assign(kind=["rare"] * 2 + ["common"] * 118), auditors(teams=("Quality", "Quality"))
    drawn, chances = np.zeros(120), set()
    for seed in range(300):
        draw = draw_sample(cases, size=30, auditors=people, seed=seed, strata="kind")
        drawn[[int(ref[1:]) for ref in draw.allocation["child_ref"]]] += 1
        chances.add(draw.chance)
    assert chances == {0.25}
    assert abs(drawn - 75).max() < 5 * np.sqrt(300 * 0.25 * 0.75)
    assert abs(drawn[:2].sum() - 150) < 5 * np.sqrt(600 * 0.25 * 0.75)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=5), st.data())
def test_over_all_starts_every_child_of_every_stratum_has_exactly_the_same_chance(counts, data):
    sizes = {f"s{place}": count for place, count in enumerate(counts)}
    total = sum(counts)
    size = data.draw(st.integers(1, total))
    shares = [in_proportion(sizes, size, start=start) for start in range(total)]
    assert {sum(each.values()) for each in shares} == {size}
    for name, count in sizes.items():
        drawn = [each[name] for each in shares]
        assert sum(drawn) == size * count  # the mean over the starts is size x count / total
        assert max(abs(each - size * count / total) for each in drawn) < 1


def test_a_blank_stratum_is_named_as_one():
    cases = case_list(60).assign(kind=["", *["plan"] * 59])
    drawn = draw_sample(cases, size=12, auditors=auditors(), seed=1, strata="kind")
    assert drawn.strata["stratum"].tolist() == ["not recorded", "plan"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"size": 8, "audited_recently": case_list()["child_ref"].tolist()}, "No file of the list may be drawn"),
        ({"size": 100}, "room for 80"),
        ({"size": 0}, "at least one"),
    ],
)
def test_an_impossible_wish_is_explained(options, reason):
    with pytest.raises(UsageError, match=reason):
        draw_sample(case_list(), auditors=auditors(), seed=1, **options)


def test_a_list_shorter_than_the_wish_is_drawn_whole():
    drawn = draw_sample(case_list(60), size=70, auditors=auditors(), seed=1)
    assert sorted(drawn.allocation["child_ref"]) == sorted(case_list(60)["child_ref"])
    assert drawn.reserves.empty


def test_a_team_that_nobody_else_can_read_is_named():
    with pytest.raises(UsageError, match="held by Duty"):
        draw_sample(case_list(), size=60, auditors=auditors(teams=("Duty", "Duty", "Duty", "Duty")), seed=1)


def test_too_little_room_outside_a_team_is_explained():
    people = pd.DataFrame({"auditor": ["A", "B"], "team": ["Duty", "Quality"], "capacity": [60, 1]})
    with pytest.raises(UsageError, match="Duty, but those who may read them have room for 1"):
        draw_sample(case_list(), size=40, auditors=people, seed=1)


@pytest.mark.parametrize("seed", range(5))
def test_every_flagged_child_is_read_though_a_brother_or_sister_is_listed_too(seed):
    """Thirty families of two, of which twelve hold one flagged child and three hold two."""
    told = case_list(60).assign(family_ref=[f"F{place // 2}" for place in range(60)])
    told["part"] = ["flagged" if (place % 2 == 0 and place < 24) or place >= 54 else "the rest" for place in range(60)]
    drawn = draw_sample(told, size=24, auditors=auditors(), seed=seed, strata="part", in_parts=True)
    assert set(drawn.allocation["child_ref"]) >= set(told.loc[told["part"] == "flagged", "child_ref"])
    rest = drawn.allocation[drawn.allocation["part"] == "the rest"]
    assert not set(rest["family_ref"]) & set(told.loc[told["part"] == "flagged", "family_ref"])
    assert rest["family_ref"].is_unique
