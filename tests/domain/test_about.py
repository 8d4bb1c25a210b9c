"""An opened audit holds what is asked and what answers it, and asks for no more than is looked at."""

from dataclasses import replace
from datetime import date

import pytest

from ilacs_audit.domain.about import About
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.programme import Intervention
from tests.shelf import AUDITS, BEFORE, LATER, NOW, OTHER, Shelf, answers, files, opened


@pytest.fixture
def shelf():
    months = (BEFORE, 1), (OTHER, 2), (NOW, 3), (LATER, 4)
    return Shelf(*(answers(audit, *files(count, 0)) for audit, count in months))


def questions(shelf):
    return sorted(" ".join((question, *about)) for question, about in shelf.asked)


def audits_of(table):
    return sorted(set(table["audit_id"]))


@pytest.mark.parametrize(
    ("look", "asked"),
    [
        (lambda work: work.answers, [f"answers {NOW}"]),
        (lambda work: work.problems, [f"answers {NOW}"]),
        (lambda work: work.training, ["register training"]),
        (lambda work: work.words, [f"words 2024-11 {NOW}"]),
        (lambda work: work.protocol, [f"protocol {NOW}"]),
        (lambda work: work.topic, [f"protocol {NOW}", "standards"]),
        (lambda work: work.programme, [f"chain {NOW}", f"protocol {NOW}"]),
        (lambda work: work.series, [f"series {NOW}"]),
        (lambda work: work.earlier.answers, [f"answers {BEFORE}", f"chain {NOW}", f"protocol {NOW}"]),
        (lambda work: work.id, []),
    ],
)
def test_only_what_is_looked_at_is_asked_for(shelf, look, asked):
    look(opened(shelf))
    assert questions(shelf) == asked


@pytest.mark.parametrize(
    ("look", "found"),
    [
        (lambda work: work.answers, [NOW]),
        (lambda work: work.earlier.answers, [BEFORE]),
        (lambda work: work.earlier.earlier.answers, []),
        (lambda work: work.answers_of_series, [BEFORE, NOW, LATER]),
    ],
)
def test_each_part_holds_its_own_audits_only(shelf, look, found):
    assert audits_of(look(opened(shelf))) == sorted(found)


def test_the_programme_holds_the_audit_and_the_round_before_in_order_of_date(shelf):
    assert [each.id for each in opened(shelf).programme] == [BEFORE, NOW]
    assert [each.id for each in opened(shelf).rounds] == [NOW, BEFORE]


@pytest.mark.parametrize(("picked", "found"), [(False, None), (True, [BEFORE, OTHER])])
def test_what_was_audited_alongside_is_read_only_where_the_area_was_picked_for_its_result(picked, found):
    audits = [replace(each, chosen_because_worst=picked) for each in AUDITS]
    shelf = Shelf(answers(BEFORE, "yes"), answers(OTHER, "no"), answers(NOW, "yes"), audits=audits)
    alongside = opened(shelf).answers_alongside
    assert (None if alongside is None else audits_of(alongside)) == found
    assert (("alongside", (BEFORE,)) in shelf.asked) is picked


def test_an_audit_without_an_earlier_round_has_an_empty_one_of_the_same_shape(shelf):
    nothing = opened(shelf, BEFORE).earlier
    assert (nothing.id, len(nothing.answers), len(nothing.programme.audits), nothing.audit) == ("", 0, 0, None)
    assert nothing.answers_alongside is None
    assert nothing.answers_of_series.empty


@pytest.mark.parametrize(
    ("audit", "standards", "aim", "focus"),
    [(NOW, ("CON-2",), "CON-2", "CON-2"), (NOW, (), "", "CON-1"), ("", ("CON-2",), "", "")],
)
def test_teams_are_compared_on_what_the_work_was_to_move_and_else_on_the_first_standard(audit, standards, aim, focus):
    day = date(2024, 10, 1)
    done = Intervention("workshop", "Workshop", day, "training", standards=standards)
    work = opened(Shelf(audits=[replace(each, interventions=(done,)) for each in AUDITS]), audit)
    assert (work.aim, work.focus) == (aim, focus)


def test_evidence_about_no_one_audit_has_no_protocol(shelf):
    work = opened(shelf, "")
    assert (work.audit, work.topic, work.unit, work.rounds) == (None, None, "file", ())
    with pytest.raises(UsageError, match=r"ia\.open_audit"):
        work.protocol  # noqa: B018 looking at it is what asks


def test_what_was_asked_is_told_once_and_sorted(shelf):
    work = opened(shelf)
    assert [work.topic, work.answers, work.earlier.answers, work.answers]
    assert work.asked == [
        ["answers", [BEFORE]],
        ["answers", [NOW]],
        ["chain", [NOW]],
        ["protocol", [NOW]],
        ["standards", []],
    ]


def test_what_a_page_is_about_holds_no_answer():
    tables = {"answers", "problems", "earlier", "training", "register", "answers_of_series", "answers_alongside"}
    assert not [name for name in tables if hasattr(About, name)]
