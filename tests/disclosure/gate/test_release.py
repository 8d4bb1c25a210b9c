"""The gate as readers meet it: what is hidden is hidden everywhere, and cannot be worked out."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilacs_audit.disclosure.additive.attack import attack
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.errors import DisclosureError, UsageError
from ilacs_audit.domain.measures import measures, rows, select
from tests.disclosure.outsiders import lp_bounds, released_together, shares_measures

AUDIENCES = ("internal", "board", "public")
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
EMPTIED = "numerator value lower upper centre lower_limit upper_limit files_to_tell verdict rule reason signal note"


def e1_table(rng):
    """Six teams by four grades, 6 to 30 audits a team: the tables of E1."""
    weights = [rng.uniform(0.2, 3) for _ in GRADES]
    teams = [f"T{number}" for number in range(1, 7)]
    cells = {(team, grade): 0 for team in teams for grade in GRADES}
    for team in teams:
        for grade in rng.choices(GRADES, weights, k=rng.randint(6, 30)):
            cells[team, grade] += 1
    return cells


def hidden_levels(released, group):
    return {row.level for row in rows(select(released, group=group)) if row.hidden}


def outsider(cells, seen):
    """Bounds of the hidden cells of a crossed table, from every total that is shown.

    Linear programming where the table is shown in part; where all of it was dropped, a cell is at
    most its row and its column, and at least what the other columns cannot hold.
    """
    shown = {row.level for row in seen if " x " not in row.group and not row.hidden}
    masked = {row.level for row in seen if row.hidden}
    hidden = [key for key in cells if " x ".join(key) in masked]
    in_row = {r: sum(count for (row, _), count in cells.items() if row == r) for r, _ in cells}
    in_column = {c: sum(count for (_, column), count in cells.items() if column == c) for _, c in cells}
    known = {c for c in in_column if c in shown}
    if len(hidden) == len(cells):
        rest = sum(in_column.values())
        return {
            (r, c): (
                max(0, in_row[r] + in_column[c] - rest) if c in known or len(in_column) - len(known) == 1 else 0,
                min(in_row[r], in_column[c] if c in known else rest - sum(in_column[k] for k in known)),
            )
            for r, c in cells
        }
    lines = [[key for key in hidden if key[0] == r] for r in {r for r, _ in hidden}]
    lines += [[key for key in hidden if key[1] == c] for c in {c for _, c in hidden} & known]
    sums = [([(key, 1) for key in line], sum(cells[key] for key in line)) for line in lines]
    return lp_bounds(hidden, sums, dict.fromkeys(hidden, 1))


def tally(cells, found):
    """How many small cells were hidden, how many of them recovered, how many given away."""
    small = {key: ends for key, ends in found.items() if 1 <= cells[key] <= 5}
    recovered = sum(low == high for low, high in small.values())
    return len(small), recovered, sum(high <= 5 or high - low < 5 for low, high in small.values())


def test_no_small_cell_of_five_hundred_sensitive_tables_is_recovered_or_given_away():
    """E1's tables as a sensitive characteristic for the board."""
    rng = random.Random(1)
    tables = [e1_table(rng) for _ in range(500)]
    released = released_together(tables, audience="board", groups=("team", "ethnicity"))
    found = [tally(cells, outsider(cells, seen)) for cells, seen in zip(tables, released, strict=True)]
    tried, recovered, giveaways = map(sum, zip(*found, strict=True))
    print(f"{tried} small cells in 500 tables attacked, {recovered} recovered, {giveaways} given away")
    assert (recovered, giveaways, tried > 5000) == (0, 0, True)


def test_no_small_cell_is_recovered_from_tables_shown_in_part():
    """Tables with few small cells, which are not dropped, so that partners have to do the work."""
    rng, tables = random.Random(2), []
    for _ in range(100):
        cells = {(f"T{r}", f"L{c}"): rng.randint(6, 40) for r in range(8) for c in range(4)}
        tables.append(cells | {key: rng.randint(0, 5) for key in rng.sample(sorted(cells), rng.randint(1, 3))})
    released = released_together(tables, audience="board", groups=("team", "disability"))
    partly = sum(0 < sum(row.hidden for row in seen) < len(seen) // 2 for seen in released)
    found = [tally(cells, outsider(cells, seen)) for cells, seen in zip(tables, released, strict=True)]
    tried, recovered, giveaways = map(sum, zip(*found, strict=True))
    print(f"{tried} small cells attacked, {recovered} recovered, {giveaways} given away; {partly} tables in part")
    assert (recovered, giveaways, partly >= 50) == (0, 0, True)


def naive(cells):
    return {key for key, count in cells.items() if 1 <= count <= 5}


def test_e2_hiding_only_small_cells_fails():
    rng, exposed = random.Random(3), 0
    for _ in range(100):
        cells = e1_table(rng)
        hidden = naive(cells)
        exposed += any(sum(key[axis] == other[axis] for other in hidden) == 1 for key in hidden for axis in (0, 1))
    assert exposed >= 50, f"{exposed} of 100 tables exposed by plain subtraction"


def test_e3_the_home_made_rule_leaves_giveaways():
    rng, exposed = random.Random(4), 0
    for _ in range(20):
        cells = e1_table(rng)
        hidden = naive(cells)
        for axis, name in [(0, t) for t, _ in cells] + [(1, g) for _, g in cells]:
            line = [key for key in cells if key[axis] == name]
            if len(hidden & set(line)) == 1:
                hidden |= {
                    min((key for key in line if key not in hidden and cells[key]), key=cells.get, default=line[0])
                }
        lines = [
            [key for key in hidden if key[axis] == name] for axis in (0, 1) for name in {key[axis] for key in hidden}
        ]
        sums = [([(key, 1) for key in line], sum(cells[key] for key in line)) for line in lines]
        found = lp_bounds(hidden, sums, dict.fromkeys(hidden, 1))
        exposed += any(high <= 5 or high - low < 3 for key, (low, high) in found.items() if cells[key] <= 5)
    assert exposed >= 2, f"{exposed} of 20 tables give something away"


SHARES = st.dictionaries(
    st.sampled_from([f"Team {letter}" for letter in "ABCDEFGH"]),
    st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(SHARES, st.sampled_from(["team", "ethnicity"]), st.sampled_from(["board", "public"]))
def test_no_share_is_recovered(shares, group, audience):
    """k of n by level, with the whole service beside it: the outsider may know every n from another table."""
    frame = shares_measures(shares, group=group)
    released = release(frame, audience=audience)
    limit = 6 if audience == "public" or group == "ethnicity" else 5
    by_level = {row.level: row for row in rows(select(released, group=group))}
    hidden = {level for level in shares if by_level[level].hidden}
    if audience == "board" and group == "team":
        small = {level for level, (_, n) in shares.items() if 0 < n < limit}
        together = sum(shares[level][1] for level in hidden)
        assert small <= hidden
        assert not small or len(shares) == 1 or len(hidden) > 1 or together >= limit
        return
    for level, (k, n) in shares.items():
        if any(1 <= count <= 5 for count in (k, n, n - k)):
            assert level in hidden
    whole = next(rows(select(released, group="all")))
    if whole.hidden or len(shares) == 1:
        return
    sums = [([(level, 1) for level in hidden], sum(shares[level][0] for level in hidden))]
    least = 0 if hidden == set(shares) else 1
    lowest = {level: min(least, shares[level][0]) for level in hidden}
    for level, (low, high) in (lp_bounds(hidden, sums, lowest) if hidden else {}).items():
        k, n = shares[level]
        high = min(high, n)
        assert not (1 <= k <= 5 and n >= 6 and low == high), (level, low, high)


@settings(max_examples=30, deadline=None)
@given(SHARES, st.sampled_from(["team", "offence"]), st.sampled_from(AUDIENCES))
def test_releasing_twice_changes_nothing(shares, group, audience):
    once = release(shares_measures(shares, group=group), audience=audience)
    assert release(once, audience=audience).equals(once)


@settings(max_examples=30, deadline=None)
@given(SHARES, st.sampled_from(["team", "health"]))
def test_a_stricter_audience_never_sees_more(shares, group):
    frame = shares_measures(shares, group=group)
    editions = [list(rows(release(frame, audience=audience)))[: len(frame)] for audience in AUDIENCES]
    for open_row, board_row, public_row in zip(*editions, strict=True):
        for more, less in ((open_row, board_row), (board_row, public_row)):
            assert less.hidden or not more.hidden
            assert less.value is None or more.value is not None


@settings(max_examples=30, deadline=None)
@given(SHARES, st.sampled_from(["team", "ethnicity"]), st.sampled_from(["board", "public"]))
def test_the_package_s_own_attacker_recovers_nothing(shares, group, audience):
    frame = shares_measures(shares, group=group)
    found = attack(release(frame, audience=audience), measures=frame)
    assert len(shares) == 1 or not found["recovered"].any(), found


FULL = {
    "measure": "compliance", "period": "2024-11", "value": 0.1, "lower": 0.05, "upper": 0.2, "confidence": 0.95,
    "method": "wilson", "population": 110, "verdict": "not met", "rule": "V2", "reason": "3 of 30", "files_to_tell": 12,
    "centre": 0.4, "lower_limit": 0.1, "upper_limit": 0.7, "signal": "worse", "note": "one child of team A",
}  # fmt: skip  # a table, a line a row


def test_a_hidden_row_is_emptied_everywhere():
    frame = measures([{**FULL, "group": "ethnicity", "level": "A", "numerator": 3, "denominator": 30}])
    (row,) = rows(release(frame, audience="board"))
    assert row.status == "suppressed"
    assert {getattr(row, name) for name in EMPTIED.split()} <= {None, ""}
    assert (row.denominator, row.population) == (None, None)


def test_small_cells_and_partners_look_alike_but_for_their_status():
    shares = {f"Level {number}": (12 + number, 30 + number) for number in range(6)} | {"Level 9": (3, 30)}
    released = release(shares_measures(shares, group="ethnicity"), audience="board")
    hidden = [row for row in rows(released) if row.hidden]
    assert sorted(row.status for row in hidden) == ["secondary", "suppressed"]
    assert len({row._replace(level="", status="") for row in hidden}) == 1


def test_public_figures_are_worked_out_from_rounded_counts():
    frame = measures([{**FULL, "group": "all", "level": "all", "numerator": 23, "denominator": 32, "value": 23 / 32}])
    (row,) = rows(release(frame, audience="public"))
    assert (row.numerator, row.denominator, row.population, row.value) == (25, 30, None, 25 / 30)
    assert (row.status, row.verdict, row.reason, row.files_to_tell, row.centre) == (
        "rounded",
        "not met",
        "",
        None,
        None,
    )
    assert row.lower < 25 / 30 < row.upper


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_group_of_which_all_or_none_met_is_flagged(audience):
    frame = shares_measures({"A": (0, 20), "B": (20, 20), "C": (10, 20)})
    released = release(frame, audience=audience)
    assert [("All or none" in row.note) for row in rows(select(released, group="team"))] == [True, True, False]


def test_a_breakdown_of_which_too_much_is_small_is_dropped_with_a_note():
    frame = shares_measures({"A": (3, 20), "B": (17, 20), "C": (10, 20), "D": (12, 24)})
    released = release(frame, audience="public")
    assert hidden_levels(released, "team") == {"A", "B", "C", "D", "not shown"}
    assert "breakdown by team" in list(rows(released))[-1].note


def test_a_team_too_small_is_hidden_with_the_same_partner_under_every_standard():
    frames = [
        shares_measures({"A": (k, 9), "B": (2, 3), "C": (8, 20), "D": (9, 24), "E": (7, 22)}, standard_id=f"S{k}")
        for k in range(1, 9)
    ]
    listed = [each for frame in frames for each in frame.to_dict("records")]
    released = release(measures(listed), audience="board")
    hidden = [frozenset(hidden_levels(select(released, standard_id=f"S{k}"), "team")) for k in range(1, 9)]
    assert frozenset.intersection(*hidden) == {"A", "B"}


@pytest.mark.parametrize("audience", ["internal", "board"])
def test_two_teams_that_would_leave_one_file_between_them_take_a_third(audience):
    teams = {"East": (6, 6), "North": (7, 8), "South": (4, 5), "West": (4, 4), "all": (21, 23)}
    about = {"measure": "compliance", "theme": "plans", "standard_id": "PLN-1", "period": "2024-11"}
    counted = [
        {**about, "group": "all" if name == "all" else "team", "level": name, "numerator": k, "denominator": n}
        for name, (k, n) in teams.items()
    ]
    assert hidden_levels(release(measures(counted), audience=audience), "team") == {"North", "South", "West"}


def test_an_edition_is_not_made_from_another_edition():
    frame = shares_measures({"A": (8, 20), "B": (9, 24)})
    with pytest.raises(DisclosureError) as refused:
        release(release(frame, audience="internal"), audience="public")
    assert refused.value.exit_code == 13


def test_an_unknown_audience_is_refused():
    with pytest.raises(UsageError):
        release(shares_measures({"A": (8, 20)}), audience="everyone")


def test_nothing_in_gives_nothing_out():
    released = release(measures([]), audience="public")
    assert (len(released), {"audience", "status"} <= set(released.columns)) == (0, True)


def test_the_public_note_of_a_change_is_never_a_remark_on_the_group():
    changed = {"measure": "change", "standard_id": "S-1", "group": "all", "level": "all", "period": "2024-11"}
    frame = measures([{**changed, "numerator": 17, "denominator": 17, "note": "14 of 20 in September 2024"}])
    assert [row.note for row in rows(release(frame, audience="public"))] == [""]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_note_of_an_attendance_stays_the_name_of_its_course(audience):
    about = {"measure": "reach", "standard_id": "", "level": "Duty", "group": "team", "period": "2024-11"}
    frame = measures([{**about, "numerator": 20, "denominator": 20, "note": "Consent workshops"}])
    (row, *_) = rows(release(frame, audience=audience))
    assert row.note == "Consent workshops"


def test_standards_are_counted_as_they_are_because_they_are_nobody():
    about = {"measure": "comparable", "group": "audit", "level": "a", "period": "2024-11"}
    for audience in AUDIENCES:
        (row,) = rows(release(measures([{**about, "numerator": 8, "denominator": 9}]), audience=audience))
        assert (row.numerator, row.denominator, row.hidden) == (8, 9, False)


@pytest.mark.parametrize(
    ("measure", "note"), [("change", "15 of 17 in November 2024"), ("agency_returns", "Police"), ("comparable", "")]
)
def test_a_note_that_names_something_else_is_not_said_to_be_of_too_few_files(measure, note):
    few = {"measure": measure, "group": "audit", "level": "a", "numerator": 6, "denominator": 9, "value": 6 / 9}
    (row,) = rows(release(measures([{**few, "note": note}]), audience="board"))
    assert (row.status, row.value, row.note) == ("low_base", None, note)


def test_a_shared_list_of_people_has_every_part_or_none_and_a_small_review_no_counts():
    parts = [("theft", 17), ("missing", 11), ("online", 8), ("other", 5)]
    about = {"measure": "screened", "group": "screening theme", "denominator": 41}
    few = {"measure": "case_undecided", "group": "all", "level": "all", "numerator": 4, "denominator": 6}
    table = measures([*({**about, "level": level, "numerator": k} for level, k in parts), few])
    board, internal = ([*rows(release(table, audience=each))] for each in ("board", "internal"))
    assert all(row.hidden for row in board if row.measure in ("screened", "case_undecided"))
    assert not any(row.hidden for row in internal)


COURSES = {"Neglect": (16, 5, 2, 4), "Consent": (60, 30, 20, 10), "Rare": (2, 1, 0, 0)}


def a_course(name, came, ahead, absent, untold):
    parts = {"course_came": came, "course_ahead": ahead, "course_absent": absent, "course_untold": untold}
    named, about = sum(parts.values()), {"group": "course", "level": name}
    yield from ({**about, "measure": measure, "numerator": k, "denominator": named} for measure, k in parts.items())
    yield {**about, "measure": "staff_came", "numerator": came, "denominator": 190}
    yield {**about, "measure": "staff_left_out", "numerator": 190 - named, "denominator": 190}
    for team, size in (("North", 100), ("South", 90)):
        across = {"group": "course x team", "level": f"{name} x {team}", "denominator": size}
        yield {**across, "measure": "staff_came", "numerator": came // 2}
    yield {**about, "measure": "session_days", "numerator": 2, "note": "22 November 2024"}


@pytest.mark.parametrize(
    ("audience", "hidden"),
    [("internal", {"Rare"}), ("board", {"Rare"}), ("public", {"Rare", "Neglect"})],
)
def test_of_a_course_every_part_is_shown_or_none_in_whichever_table_it_stands(audience, hidden):
    table = measures([row for name, parts in COURSES.items() for row in a_course(name, *parts)])
    released = [row for row in rows(release(table, audience=audience)) if row.level != "not shown"]
    parts = {name: [row for row in released if row.level.split(" x ")[0] == name] for name in COURSES}
    for name, ours in parts.items():
        people = [row for row in ours if row.measure != "session_days"]
        assert len({row.hidden for row in people if " x " not in row.group}) == 1, name
        assert all(row.hidden for row in people) or not people[0].hidden, name
    assert {name for name, (first, *_) in parts.items() if first.hidden} >= hidden
    days = [row for row in released if row.measure == "session_days"]
    assert [(row.numerator, row.note) for row in days] == [(2, "22 November 2024")] * 3


@pytest.mark.parametrize(("measure", "k", "n"), [("screened_high", 3, 14), ("screened_high", 3, 3)])
def test_a_level_of_a_sensitive_list_is_hidden_from_a_board_though_it_is_told_of_everybody(measure, k, n):
    table = measures([{"measure": measure, "group": "all", "level": "all", "numerator": k, "denominator": n}])
    assert [row.hidden for row in rows(release(table, audience="board"))] == [True]
    assert [row.hidden for row in rows(release(table, audience="internal"))] == [False]


def test_a_large_count_of_such_a_level_stands():
    table = measures(
        [{"measure": "escalation_expired", "group": "all", "level": "all", "numerator": 15, "denominator": 41}]
    )
    assert [row.hidden for row in rows(release(table, audience="board"))] == [False]
