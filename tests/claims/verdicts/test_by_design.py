"""Ranges of draws that were not made file by file from the whole list: in two parts of it, or by worker or family."""

import pytest

import ilacs_audit as ia
from ilacs_audit.analysis.audits.compliance import compliance
from ilacs_audit.claims.change.comparable import BEYOND_LIST
from ilacs_audit.claims.verdicts.by_design import NO_PARTS, NOT_THEIRS, OF_ONE, OVERFULL, worth
from ilacs_audit.claims.verdicts.estimates import OVERFULL_LIST
from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.measures import measures, rows, select
from tests import build

STANDARDS = build.standards(build.theme("consent", [build.standard("CON-1", target=0.8)]))
PARTS = [{"name": "flagged", "size": 12, "drawn": 12}, {"name": "the rest", "size": 98, "drawn": 25}]
TWO_PHASE = {"selection": "two_phase", "strata": PARTS, "intended": 37, "population": {}}
BY_WORKER = {"selection": "random", "by": "worker", "intended": 20, "population": {"size": 60}}


def found(answers, *, standards=STANDARDS, **protocol):
    programme = build.programme(build.audit("audit", **protocol))
    told = compliance(answers, standards=standards, programme=programme)
    return next(iter(rows(select(ia.verdict(told, standards=standards), measure="compliance"))))


def read(**parts):
    """So many answers of each part of the list: met, and not met."""
    said = [(name.replace("_", " "), word) for name, (k, n) in parts.items() for word in ["yes"] * k + ["no"] * (n - k)]
    return build.answers(*((f"C{at}", "CON-1", word, {"drawn_in": part}) for at, (part, word) in enumerate(said)))


def of_workers(*counts, name="drawn_with", **more):
    said = [(f"{at}", word) for at, (k, n) in enumerate(counts) for word in ["yes"] * k + ["no"] * (n - k)]
    return build.answers(*((f"C{at}", "CON-1", word, {name: who, **more}) for at, (who, word) in enumerate(said)))


def children(row):
    return round(row.lower * row.population), round(row.upper * row.population)


def test_a_part_read_in_full_adds_its_count_and_the_rest_its_own_range():
    row = found(read(flagged=(3, 12), the_rest=(22, 25)), **TWO_PHASE)
    rest = ia.hypergeometric_interval(22, 25, 98)
    assert children(row) == (3 + rest.lower, 3 + rest.upper)
    assert row.value == pytest.approx((3 + 98 * 22 / 25) / 110)
    assert (row.numerator, row.denominator, row.method, row.verdict) == (25, 37, "two-phase", "cannot tell")
    assert row.files_to_tell is None


def test_a_return_that_is_missing_of_a_part_read_in_full_may_be_met_or_not():
    row = found(read(flagged=(3, 10), the_rest=(22, 25)), **TWO_PHASE)
    rest = ia.hypergeometric_interval(22, 25, 98)
    assert children(row) == (3 + rest.lower, 5 + rest.upper)
    assert (row.missing, row.note) == (2, "2 of 37 answers are missing.")


def test_flagged_files_that_fail_do_not_condemn_a_list_whose_rest_is_well():
    wide = {**TWO_PHASE, "intended": 72, "strata": [PARTS[0], {"name": "the rest", "size": 398, "drawn": 60}]}
    row = found(read(flagged=(0, 12), the_rest=(60, 60)), **wide)
    assert (row.numerator / row.denominator < 0.84, row.verdict) == (True, "met")


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (read(unheard_of=(5, 30)), NO_PARTS),
        (build.answers(*((f"C{at}", "CON-1", "yes") for at in range(30))), NO_PARTS),
        (read(flagged=(5, 13), the_rest=(20, 25)), OVERFULL),
    ],
)
def test_without_the_part_of_each_file_there_is_no_range(answers, why):
    row = found(answers, **TWO_PHASE)
    assert (row.lower, row.verdict, row.note) == (None, "", why)


def test_where_it_does_not_apply_to_all_nobody_knows_how_large_each_part_is():
    some = read(flagged=(3, 12), the_rest=(22, 25))
    one_out = found(some.assign(answer=["not applicable", *some["answer"][1:]]), **TWO_PHASE)
    of_some = build.standards(build.theme("consent", [build.standard("CON-1", target=0.8, applies_to="some files")]))
    for row in (one_out, found(some, standards=of_some, **TWO_PHASE)):
        assert (row.lower, row.verdict) == (None, "") and "how many of each part" in row.note


@pytest.mark.parametrize(
    "drawn",
    [
        {"selection": "random"},
        {"selection": "random", "stopping": "sequence"},
        {"selection": "random", "by": "worker"},
        {"selection": "census", "kind": "census"},
    ],
)
def test_of_more_files_than_the_list_is_said_to_hold_nothing_is_said_of_the_list(drawn):
    answers = of_workers((5, 5), (4, 5), (5, 5), (5, 5), (5, 5), (5, 5))
    row = found(answers, **drawn, intended=20, population={"size": 20})
    assert (row.lower, row.listed, row.verdict, row.note) == (None, None, "", OVERFULL_LIST)
    assert (row.numerator, row.denominator) == (29, 30)
    ours = measures([row._asdict()])
    apart = ia.change(ours.assign(period="2024-05"), ours)
    assert (apart["verdict"].item(), BEYOND_LIST in apart["reason"].item()) == ("not comparable", True)


@pytest.mark.parametrize("parts", [PARTS[:1], PARTS[1:], [PARTS[0], {"name": "more", "size": 5, "drawn": 5}], []])
def test_two_phases_take_a_part_read_in_full_and_one_drawn_from(parts):
    with pytest.raises(CatalogueError, match="one part of the list in full"):
        build.programme(build.audit("audit", **{**TWO_PHASE, "strata": parts, "intended": None}))


def test_files_drawn_with_their_worker_tell_less_and_the_range_says_so():
    row = found(of_workers((5, 5), (0, 5), (4, 5), (1, 5)), **BY_WORKER)
    alone = ia.hypergeometric_interval(10, 20, 60)
    assert row.lower < alone.lower / 60 and row.upper > alone.upper / 60
    assert (row.method, row.listed) == ("clustered", None)
    assert "20 tell as much as about 4 drawn one by one" in row.note
    assert row.files_to_tell is None or row.files_to_tell <= 60


def test_of_one_worker_nothing_is_said_of_others_and_what_was_read_is_certain_of_the_list():
    alone = found(of_workers((8, 10)), **BY_WORKER)
    assert (alone.lower, alone.verdict, alone.note) == (None, "", OF_ONE.format("worker"))
    wide = found(of_workers((10, 10), (0, 10), (10, 10)), **{**BY_WORKER, "intended": 30})
    assert (wide.lower, wide.upper) == (pytest.approx(20 / 60), pytest.approx(50 / 60))


def test_a_worker_named_in_the_return_is_taken_where_the_draw_is_not_kept():
    counts = ((5, 5), (0, 5), (4, 5), (1, 5))
    kept, named = (found(of_workers(*counts, name=name), **BY_WORKER) for name in ("drawn_with", "worker_ref"))
    assert (kept.lower, kept.upper) == (named.lower, named.upper)
    nobody = found(build.answers(*((f"C{at}", "CON-1", "yes", {"worker_ref": ""}) for at in range(20))), **BY_WORKER)
    assert nobody.lower is None and "not known whose" in nobody.note


def test_a_change_between_draws_by_worker_is_that_of_the_files_that_would_tell_as_much():
    def round_of(counts, period):
        return measures([{**found(of_workers(*counts), **BY_WORKER)._asdict(), "period": period}])

    was = round_of([(0, 3), (2, 3), (1, 3), (0, 3), (1, 3), (2, 3), (0, 2)], "2024-05")
    now = round_of([(3, 3), (2, 3), (3, 3), (3, 3), (2, 3), (3, 3), (2, 2)], "2024-11")
    (row,) = rows(ia.change(was, now))
    one_by_one = ia.newcombe_difference(6, 20, 18, 20)
    assert row.value == pytest.approx(12 / 20)
    assert row.method == "clustered" and row.lower < one_by_one.lower and row.upper >= one_by_one.upper


def test_files_drawn_one_by_one_are_worth_one_each():
    assert worth("") == 1


def test_numbers_that_part_the_files_of_one_worker_are_refused_and_one_that_moved_is_not():
    answers = of_workers((5, 5), (0, 5), (4, 5), (1, 5)).assign(worker_ref=[f"W{at // 5}" for at in range(20)])
    assert found(answers, **BY_WORKER).method == "clustered"
    moved = answers.assign(drawn_with=["1", *answers["drawn_with"][1:]])
    assert found(moved, **BY_WORKER).method == "clustered"
    each_alone = answers.assign(drawn_with=[str(at) for at in range(20)])
    row = found(each_alone, **BY_WORKER)
    assert (row.lower, row.verdict, row.note) == (None, "", NOT_THEIRS)
