"""Whoever has the board's paper and the editions of all services works out no group of one to five files."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.disclosure.ledger.ledger import Ledger, hidden_at
from ilacs_audit.domain.counting import OTHERS
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.publishing.edition.earlier_releases import given_away

MONTH, PAGE = "2024-11", "thematic-visits"
SMALL = range(1, 6)
ABOUT = {"measure": "compliance", "theme": "visits", "standard_id": "VIS-1", "period": MONTH}


def table(files, *, teams=True):
    """What an audit counts of some teams: the whole, and each team, the small ones put together as every page does."""
    records = [{**ABOUT, "group": "all", "level": "all", **of(sum(files.values()))}]
    small = {name for name, many in files.items() if many < 5}
    if small and sum(files[each] for each in small) < 5:
        small = set(sorted(files, key=files.get)[: len(small) + 1])
    named = {name: many for name, many in files.items() if name not in small}
    together = {OTHERS: sum(files[each] for each in small)} if small else {}
    told = {**named, **together} if teams else {}
    return measures([*records, *({**ABOUT, "group": "team", "level": name, **of(many)} for name, many in told.items())])


def of(many):
    return {"numerator": many // 2, "denominator": many, "value": 0.5}


def editions(files, services, *, teams=True, order=None):
    """What readers get: the board's table, then each service's, the one with most files first."""
    shown = {"board": release(table(files, teams=teams), audience="board")}
    ledger, _ = given_away(Ledger(), {PAGE: list(shown["board"].to_dict("records"))}, rounds={}, services={})
    own = {name: {team: files[team] for team in ours if team in files} for name, ours in services.items()}
    audiences = {f"service:{name}": ours for name, ours in services.items()}
    for name in order or sorted(own, key=lambda each: (-sum(own[each].values()), each)):
        frame = release(table(own[name], teams=teams), audience=f"service:{name}")
        ledger, found = given_away(ledger, {PAGE: frame.to_dict("records")}, rounds={}, services=audiences)
        shown[name] = hidden_at(frame, found.get(PAGE, set()))
    return shown


def worked_out(shown, files, services):
    """Each group of one to five files that all editions together give exactly, and the board's alone does not.

    Over the files of each team, of which what is shown is a sum: linear programming for each team, each service and the
    teams outside, and sums and differences for any two of these together.
    """
    board = {"board": shown["board"]}
    known = _given(board, files, services)
    return [each for each in _given(shown, files, services) if each not in known]


def _given(shown, files, services):
    names = [*files]
    lines, sums = [], []
    for edition, frame in shown.items():
        ours = names if edition == "board" else [each for each in services[edition] if each in files]
        named = {row.level for row in rows(frame) if row.group == "team" and row.level in files}
        for row in rows(frame):
            if row.denominator is not None and row.level != "not shown":
                inside = {"all": ours, OTHERS: [each for each in ours if each not in named]}.get(row.level, [row.level])
                lines.append([float(each in inside) for each in names])
                sums.append(float(row.denominator))
    groups = [[each] for each in names]
    groups += [[each for each in ours if each in files] for ours in services.values()]
    groups.append([each for each in names if not any(each in ours for ours in services.values())])
    pairs = [one + other for one, other in itertools.combinations(groups, 2) if not {*one} & {*other}]
    few = [group for group in groups if sum(files[each] for each in group) in SMALL]
    found = [group for group in few if len({*_ends(group, names, lines, sums)}) == 1]
    return found + [
        group for group in pairs if sum(files[each] for each in group) in SMALL and _sum(group, names, lines)
    ]


def _ends(group, names, lines, sums):
    """The least and the most files that a group can have, given all that is shown."""
    aim = np.array([float(each in group) for each in names])
    return [round(sign * linprog(sign * aim, A_eq=lines, b_eq=sums, method="highs").fun, 6) for sign in (1, -1)]


def _sum(group, names, lines):
    """Whether a group is a sum or difference of what is shown."""
    aim, told = np.array([float(each in group) for each in names]), np.array(lines).T
    return bool(np.allclose(told @ np.linalg.lstsq(told, aim, rcond=None)[0], aim))


EVERYBODY = {"a": ["A"], "b": ["B"], "c": ["C"]}
COUNCILS = {
    "services of one team": ({"A": 12, "B": 14, "C": 20}, EVERYBODY),
    "one of them is tiny": ({"A": 3, "B": 14, "C": 20}, EVERYBODY),
    "of two teams one is tiny": ({"A": 12, "A2": 3, "B": 14, "C": 20}, {**EVERYBODY, "a": ["A", "A2"]}),
    "a tiny team in each of two services": (
        {"A": 12, "A2": 3, "B": 14, "B2": 2, "C": 20},
        {"a": ["A", "A2"], "b": ["B", "B2"], "c": ["C"]},
    ),
    "a tiny team is outside": ({"A": 12, "B": 14, "C": 20, "D": 3}, EVERYBODY),
    "a large team is outside": ({"A": 12, "B": 14, "C": 20, "D": 30}, EVERYBODY),
    "nothing but tiny teams": ({"A": 2, "B": 3, "C": 4, "D": 1}, EVERYBODY),
}


@pytest.mark.parametrize("teams", [True, False], ids=["with a table of teams", "without"])
@pytest.mark.parametrize("council", COUNCILS)
def test_no_group_of_one_to_five_files_comes_out_of_all_editions_together(council, teams):
    files, services = COUNCILS[council]
    assert worked_out(editions(files, services, teams=teams), files, services) == []


def test_the_attacker_finds_them_where_nobody_looks_beyond_one_edition():
    """The attack is an attack: without the look beside other editions the planted team comes out."""
    files, services = COUNCILS["a tiny team is outside"]
    alone = {
        name: release(table({t: files[t] for t in ours}), audience=f"service:{name}") for name, ours in services.items()
    }
    shown = {"board": release(table(files, teams=False), audience="board"), **alone}
    assert ["D"] in worked_out(shown, files, services)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 14), st.sampled_from(["a", "b", "c", ""])), min_size=2, max_size=7),
    st.booleans(),
    st.permutations(["a", "b", "c"]),
)
def test_whatever_the_teams_and_in_whatever_order_services_are_made(teams, by_team, order):
    files = {f"T{place}": many for place, (many, _) in enumerate(teams) if many}
    services = {name: [f"T{place}" for place, (_, of_whom) in enumerate(teams) if of_whom == name] for name in "abc"}
    services = {name: ours for name, ours in services.items() if any(each in files for each in ours)}
    if files and services:
        ours = [name for name in order if name in services]
        assert worked_out(editions(files, services, teams=by_team, order=ours), files, services) == []


def test_where_nothing_is_small_every_figure_is_shown():
    shown = editions(*COUNCILS["services of one team"])
    assert [row.level for frame in shown.values() for row in rows(frame) if row.numerator is None] == []


def test_the_boards_figures_stand_and_the_smaller_service_gives_way():
    shown = editions(*COUNCILS["a tiny team is outside"], teams=False)
    whole = {name: next(iter(rows(frame))).denominator for name, frame in shown.items()}
    assert whole == {"board": 49, "c": 20, "b": 14, "a": None}


def test_a_service_of_another_day_is_held_against_what_the_board_said_before():
    """One file that had no place is known by what is told without it and with it."""
    files, services = {"A": 12, "B": 14, "C": 20}, EVERYBODY
    shown = editions(files, {name: services[name] for name in "bc"}, teams=False)
    ledger = Ledger()
    for frame in shown.values():
        ledger, _ = given_away(ledger, {PAGE: frame.to_dict("records")}, rounds={}, services={})
    late = release(table({"A": 13}, teams=False), audience="service:a")
    audiences = {f"service:{name}": ours for name, ours in services.items()}
    _, found = given_away(ledger, {PAGE: late.to_dict("records")}, rounds={}, services=audiences)
    assert found == {PAGE: {("VIS-1", "all", "all", MONTH)}}


def told_of(many, met):
    return measures(
        [{**ABOUT, "group": "all", "level": "all", "numerator": met, "denominator": many, "value": met / many}]
    )


@pytest.mark.parametrize(("met", "shown"), [(14, False), (13, True), (7, False)], ids=["all", "all but one", "none"])
def test_where_all_or_none_of_those_left_met_it_a_service_that_is_not_shown_is_told_by_another(met, shown):
    """Of 15 files the board shows; 8 are of one service, 7 of two that are too small to be shown."""
    audiences = {f"service:{name}": [name] for name in ("gates", "harbour", "small")}
    board = release(told_of(15, met), audience="board")
    ledger, _ = given_away(Ledger(), {PAGE: list(board.to_dict("records"))}, rounds={}, services={})
    gates = release(told_of(8, 7), audience="service:gates")
    _, found = given_away(ledger, {PAGE: gates.to_dict("records")}, rounds={}, services=audiences)
    hidden = hidden_at(gates, found.get(PAGE, set()))
    assert any(row.numerator == 7 for row in rows(hidden)) is shown
