import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from ilacs_audit.claims.verdicts.verdicts import judge, verdict
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.stats.target import needed
from tests.build import only, seen, table


def of(met, read, listed, target, **more):
    return only(verdict(table(seen(met, read, of=listed, target=target, **more))))


# methods 6.2: smallest count that gives "met", largest that gives "not met"; None where never possible
DESIGNS = [
    (40, 5, {0.7: (None, 1), 0.8: (None, 1), 0.9: (None, 2), 0.95: (None, 3)}),
    (40, 12, {0.7: (12, 5), 0.8: (None, 6), 0.9: (None, 8), 0.95: (None, 9)}),
    (60, 12, {0.7: (12, 5), 0.8: (None, 6), 0.9: (None, 8), 0.95: (None, 9)}),
    (60, 20, {0.7: (18, 10), 0.8: (19, 12), 0.9: (None, 15), 0.95: (None, 16)}),
    (110, 20, {0.7: (18, 9), 0.8: (20, 12), 0.9: (None, 14), 0.95: (None, 16)}),
    (110, 30, {0.7: (26, 16), 0.8: (28, 19), 0.9: (30, 23), 0.95: (None, 26)}),
    (142, 60, {0.7: (48, 36), 0.8: (53, 43), 0.9: (58, 50), 0.95: (60, 54)}),
    (200, 40, {0.7: (34, 22), 0.8: (37, 26), 0.9: (40, 31), 0.95: (None, 34)}),
    (None, 12, {0.7: (12, 5), 0.8: (None, 6), 0.9: (None, 8), 0.95: (None, 9)}),
    (None, 20, {0.7: (19, 9), 0.8: (20, 12), 0.9: (None, 15), 0.95: (None, 17)}),
    (None, 30, {0.7: (26, 16), 0.8: (29, 19), 0.9: (None, 23), 0.95: (None, 26)}),
    (None, 60, {0.7: (49, 35), 0.8: (55, 41), 0.9: (59, 49), 0.95: (None, 53)}),
]


@pytest.mark.parametrize(("listed", "read", "targets"), DESIGNS)
def test_what_each_design_can_say_is_the_table_of_the_method(listed, read, targets):
    for target, (met_from, missed_to) in targets.items():
        found = verdict(table(*(seen(met, read, of=listed, target=target) for met in range(read + 1))))
        words = found["verdict"].tolist()
        assert next((met for met, word in enumerate(words) if word == MET), None) == met_from
        assert max(met for met, word in enumerate(words) if word == NOT_MET) == missed_to


@pytest.mark.parametrize(("met", "target", "rule"), [(30, 0.8, "V1"), (22, 0.9, "V2"), (24, 0.9, "V3")])
def test_each_verdict_names_its_rule(met, target, rule):
    assert of(met, 30, 110, target).rule == rule


@pytest.mark.parametrize(
    ("met", "read", "listed", "target", "files"),
    [(24, 30, 110, 0.9, 38), (27, 30, 110, 0.8, 46), (10, 12, 60, 0.7, 29)],
)
def test_cannot_tell_says_how_many_files_would(met, read, listed, target, files):
    found = of(met, read, listed, target)
    assert (found.verdict, found.files_to_tell) == (CANNOT_TELL, files)


def test_where_only_the_whole_list_would_do_that_is_its_number():
    found = of(27, 30, 110, 0.9)
    assert (found.verdict, found.files_to_tell) == (CANNOT_TELL, 110)


def test_without_a_list_a_share_on_the_target_can_never_be_told():
    found = of(27, 30, None, 0.9)
    assert (found.verdict, found.files_to_tell) == (CANNOT_TELL, None)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (seen(8, 10, target=0.9, selection="auditor_choice"), "not drawn by chance"),
        (seen(4, 4, of=40, target=0.9), "Too few were read"),
        (seen(24, 30, of=110), "No target"),
        (seen(0, 0, target=0.9), "Too few were read"),
    ],
)
def test_no_verdict_is_given_without_the_means_for_one(record, reason):
    found = only(verdict(table(record)))
    assert (found.verdict, found.rule) == ("", "V0")
    assert reason in found.reason


def test_the_reason_of_the_analysis_is_kept_where_files_were_picked():
    picked = seen(8, 10, target=0.9, selection="auditor_choice", note="The files were chosen by the auditor.")
    assert only(verdict(table(picked))).reason == "The files were chosen by the auditor."


@pytest.mark.parametrize(("met", "word"), [(36, MET), (35, NOT_MET)])
def test_a_whole_list_decides_by_its_count(met, word):
    assert of(met, 40, 40, 0.9).verdict == word


def test_a_whole_list_of_three_needs_no_five_files():
    assert of(3, 3, 3, 0.9).verdict == MET


def test_targets_are_compared_in_exact_arithmetic():
    assert needed("0.55", 100) == 55
    assert of(55, 100, 100, 0.55).verdict == MET


def test_where_lower_is_better_the_verdict_turns_round():
    late = [only(verdict(table(seen(met, 30, of=110, target=0.1, direction="lower")))) for met in (0, 15, 3)]
    assert [row.verdict for row in late] == [MET, NOT_MET, CANNOT_TELL]


def test_other_measures_pass_through_and_columns_are_added_not_lost():
    found = verdict(table(seen(24, 30, of=110, target=0.9), {"measure": "returned", "numerator": 30}))
    assert found["verdict"].tolist() == [CANNOT_TELL, ""]
    assert "status" not in found.columns


def test_reasons_hold_no_counts_that_could_be_hidden_later():
    for met in range(31):
        assert not any(letter.isdigit() for letter in of(met, 30, 110, 0.9).reason)


samples = st.integers(5, 40).flatmap(lambda read: st.tuples(st.just(read), st.integers(read + 1, 200)))


@settings(max_examples=40, deadline=None)
@given(samples, st.sampled_from([0.55, 0.7, 0.8, 0.9, 0.95]), st.booleans())
def test_more_files_meeting_never_makes_the_verdict_worse(design, target, known):
    read, listed = design
    order = {NOT_MET: 0, CANNOT_TELL: 1, MET: 2}
    steps = range(0, read + 1, max(read // 6, 1))
    found = verdict(table(*(seen(met, read, of=listed if known else None, target=target) for met in steps)))
    ranks = [order[word] for word in found["verdict"]]
    assert ranks == sorted(ranks)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0, 0.9), st.floats(0, 0.1), st.floats(0, 0.3), st.floats(0, 0.3), st.sampled_from([0.7, 0.8, 0.9, 0.95])
)
def test_a_wider_interval_never_turns_cannot_tell_into_a_verdict(low, width, down, up, target):
    (narrow,) = rows(measures([seen(20, 30, target=target, lower=low, upper=low + width)]))
    wide = narrow._replace(lower=max(low - down, 0.0), upper=min(low + width + up, 1.0))
    if judge(narrow).verdict == CANNOT_TELL:
        assert judge(wide).verdict == CANNOT_TELL


@settings(max_examples=40, deadline=None)
@given(samples, st.data())
def test_the_interval_and_the_exact_tails_give_one_verdict(design, data):
    read, listed = design
    met = data.draw(st.integers(0, read))
    target = data.draw(st.sampled_from(["0.55", "0.7", "0.8", "0.9", "0.95"]))
    need = needed(target, listed)
    found = of(met, read, listed, float(target)).verdict
    assert (found == MET) == (hypergeom.sf(met - 1, listed, need - 1, read) <= 0.025)
    assert (found == NOT_MET) == (hypergeom.cdf(met, listed, need, read) <= 0.025)
