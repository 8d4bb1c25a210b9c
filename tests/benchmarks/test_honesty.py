"""The benchmark that holds the product to its word must itself be able to say no."""

import re

import numpy as np
import pytest

from benchmarks import honesty, looking, promises
from ilacs_audit.claims.change.changes import change
from ilacs_audit.domain.measures import measures
from tests.house.test_notebooks import ROOT

PAGE = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")


def chance():
    return np.random.default_rng(7)


def any_rise(was, now):
    return now[0] / now[1] > was[0] / was[1]


def never(was, now):
    return False


def test_the_rule_of_the_reports_keeps_its_promise_on_no_change():
    assert all(each.kept for each in honesty.no_change(chance(), pairs=300))


def test_a_rule_that_calls_every_rise_better_breaks_it():
    assert not any(each.kept for each in honesty.no_change(chance(), pairs=300, call=any_rise))


def test_a_rule_that_never_says_better_fails_to_find_what_was_planted():
    assert not any(each.kept for each in honesty.planted(chance(), pairs=100, call=never))


def test_the_call_is_the_one_that_a_report_makes():
    pairs = [
        ((12, 20), (18, 20)),
        ((9, 20), (16, 20)),
        ((20, 30), (24, 30)),
        ((0, 12), (12, 12)),
        ((60, 100), (74, 100)),
    ]
    for was, now in pairs:
        read = {"measure": "compliance", "standard_id": "c1", "selection": "random"}
        rounds = [
            measures([{**read, "numerator": k, "denominator": n, "period": p}])
            for (k, n), p in zip((was, now), ("2024-05", "2024-11"), strict=True)
        ]
        assert honesty.called_better(was, now) == (change(*rounds)["verdict"].item() == "better")


def test_the_same_seed_gives_the_same_share():
    one, two = (honesty.better_share(chance(), 20, 0.5, 0.8, pairs=200) for _ in range(2))
    assert one == two


def test_coverage_is_exact_and_never_below_its_promise():
    assert honesty._least_coverage(20, 5) >= 0.95


def test_the_rebound_guard_withholds_what_picking_the_worst_brings():
    found = list(honesty.worst_three(chance(), rounds=40))
    assert len(found) == 4
    assert all(each.kept for each in found)
    assert float(re.search(r"without the guard ([\d.]+)%", found[0].about)[1]) > 100 * found[0].found


def test_a_child_left_out_of_the_draw_would_be_seen():
    gap, intended = np.zeros(60), 1 / 3
    strata = honesty._list_of_cases()["service"]
    fair = honesty._fit(gap, intended, strata, 2000)
    gap[0] = -1 / 3
    assert fair == pytest.approx(1)
    assert honesty._fit(gap, intended, strata, 2000) < 1e-6


def test_a_rule_for_one_look_is_broken_by_looking_again_and_the_evidence_is_not(monkeypatch):
    monkeypatch.setattr(looking, "LISTS", (60,))
    kept, once = (max(looking.wrongly(each)) for each in (looking.by_sequence, looking.one_look))
    broken = max(looking.wrongly(looking.every_look)), max(looking.following())
    monkeypatch.setattr(looking, "TARGETS", ("0.8",))
    assert max(looking.wrongly(looking.by_sequence, (looking.LARGE,))) <= 0.025
    assert max(kept, once) <= 0.025 < min(broken)


def test_a_range_by_group_is_held_against_every_spread_of_the_children():
    ours, wilson = looking.by_group(((3, 9), (2, 6)))
    assert ours.coverage >= 0.95
    assert 0 < wilson.coverage < 1 and min(ours.width, wilson.width) > 0


def test_a_broken_promise_is_printed_in_bold():
    assert promises.Promise("It holds", "one", 0.05, 0.06, True).line.endswith("| **no** |")
    assert promises.Promise("It holds", "one", 0.90, 0.90, False).line.endswith("| yes |")


def test_the_recorded_table_holds_every_promise_with_its_command_and_seed():
    recorded = PAGE.partition("<!-- honesty: begin -->")[2].partition("<!-- honesty: end -->")[0]
    assert promises.COMMAND in recorded
    assert str(promises.SEED) in recorded
    rows = [line for line in recorded.splitlines() if line.startswith("| ") and not line.startswith("| Promise")]
    assert len(rows) == 36
    assert all(line.endswith("| yes |") for line in rows)


def test_the_cases_that_do_not_apply_add_up():
    section = PAGE.partition("## 13.")[2].partition("## 14.")[0]
    counts = re.findall(r"\| (?:8 each, )?([\d; ]+) \|$", section, re.M)
    assert sum(int(each) for cell in counts for each in cell.split(";")) == 103 == 312 - 209
