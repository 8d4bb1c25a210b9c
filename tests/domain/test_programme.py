from datetime import date

import pytest

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.programme import AUDIT_KINDS, read_programme

FIRST = {
    "id": "consent-2024-09",
    "title": "Consent dip sample",
    "theme": "consent",
    "kind": "dip_sample",
    "period": "2024-09",
    "on": date(2024, 9, 10),
    "selection": "random",
    "intended": 20,
    "edition": 1,
    "population": {"list": "contacts", "size": 84},
}
SECOND = FIRST | {
    "id": "consent-2024-11",
    "period": "2024-11",
    "on": date(2024, 11, 18),
    "baseline": "consent-2024-09",
}


def read(*entries):
    return read_programme(list(entries), file="programme.yml")


def test_audits_come_in_order_of_date_whatever_the_file_says():
    assert [audit.id for audit in read(SECOND, FIRST)] == ["consent-2024-09", "consent-2024-11"]


def test_a_period_holds_the_audits_that_speak_for_it():
    assert [audit.id for audit in read(FIRST, SECOND).in_period(Period.parse("2024-11"))] == ["consent-2024-11"]


def test_a_baseline_after_its_re_audit_is_refused():
    with pytest.raises(CatalogueError, match="not before the re-audit"):
        read(FIRST | {"on": date(2024, 12, 1)}, SECOND)


def test_a_baseline_of_another_theme_is_refused():
    with pytest.raises(CatalogueError, match="of another theme"):
        read(FIRST | {"theme": "plans"}, SECOND)


def test_a_baseline_that_is_not_in_the_programme_is_refused():
    with pytest.raises(CatalogueError, match="no audit 'consent-2024-09'"):
        read(SECOND)


def test_a_date_in_quotes_is_refused_rather_than_guessed():
    with pytest.raises(CatalogueError, match="YYYY-MM-DD, without quotes"):
        read(FIRST | {"on": "03/12/2024"})


@pytest.mark.parametrize(("selection", "by_chance"), [("random", True), ("stratified", True), ("risk_led", False)])
def test_only_a_draw_by_chance_may_carry_an_interval(selection, by_chance):
    assert read(FIRST | {"selection": selection})["consent-2024-09"].by_chance is by_chance


@pytest.mark.parametrize("selection", ["random", "stratified", "census", "auditor_choice", "unknown"])
def test_files_that_an_ai_chose_are_refused_where_the_sample_is_not_labelled_risk_led(selection):
    said = FIRST | {"selection": selection, "chosen_by_ai": True}
    with pytest.raises(CatalogueError, match="An AI chose the files"):
        read(said | ({"kind": "census"} if selection == "census" else {}))
    assert read(FIRST | {"selection": "risk_led", "chosen_by_ai": True})["consent-2024-09"].chosen_by_ai


def test_an_ai_is_no_reader_by_itself():
    with pytest.raises(CatalogueError, match="An AI alone reads the files"):
        read(FIRST | {"raters": ["ai"]})
    assert read(FIRST | {"raters": ["auditor", "ai"]})["consent-2024-09"].raters == ("auditor", "ai")


def test_an_unknown_selection_is_refused_with_the_known_ones():
    with pytest.raises(CatalogueError, match="Use one of: random"):
        read(FIRST | {"selection": "handy"})


def test_a_chain_of_rounds_says_which_audit_each_month_is():
    programme = read_programme([FIRST, SECOND], file="programme.yml")
    assert programme.rounds("consent-2024-11") == {"2024-09": "consent-2024-09", "2024-11": "consent-2024-11"}
    assert programme.rounds("no such audit") == {}


def test_a_few_lines_are_an_audit_and_claim_nothing():
    audit = read({"id": "visits-1", "theme": "visits", "period": "2024-11", "returns": ["Visits*.xlsx"]})["visits-1"]
    assert (audit.title, audit.selection, audit.kind) == ("Visits, November 2024", "unknown", "dip_sample")
    assert (audit.intended, audit.population_size, audit.edition) == (None, None, None)
    assert not audit.by_chance and audit.asked(1) == 1
    assert (audit.on, audit.until) == (date(2024, 11, 1), date(2024, 11, 30))


def test_no_return_is_missing_of_an_audit_that_does_not_say_how_many_were_drawn():
    audit = read({"id": "v", "theme": "visits", "period": "2024-11", "kind": "thematic", "selection": "random"})["v"]
    assert audit.asked(3) == 3


def test_rows_that_came_and_could_not_be_read_are_asked_for_where_nobody_wrote_how_many_were_drawn():
    audit = read({"id": "v", "theme": "visits", "period": "2024-11", "selection": "random"})["v"]
    assert audit.asked(3, unread=2) == 5


@pytest.mark.parametrize("kind", AUDIT_KINDS)
def test_every_kind_of_audit_answers_for_each_file_drawn(kind):
    entry = {"id": "v", "theme": "visits", "period": "2024-11", "intended": 20, "kind": kind}
    assert [read(entry)["v"].asked(came, unread=1) for came in (17, 20, 22)] == [20, 20, 22]


def drawn_from(*strata, selection="stratified"):
    groups = [{"name": name, "size": size, "drawn": drawn} for name, size, drawn in zip("abcd", *strata, strict=False)]
    return read({"id": "v", "theme": "visits", "period": "2024-11", "selection": selection, "strata": groups})["v"]


@pytest.mark.parametrize(
    ("sizes", "drawn", "selection"),
    [
        ((70, 30, 10), (10, 10, 10), "uneven"),
        ((70, 30, 10), (7, 3, 1), "stratified"),
        ((34, 22, 4), (11, 8, 1), "stratified"),
        ((34, 22, 4), (12, 7, 1), "stratified"),
        ((34, 22, 4), (12, 8, 0), "uneven"),
        ((), (), "stratified"),
    ],
)
def test_groups_drawn_out_of_proportion_are_no_draw_of_the_list(sizes, drawn, selection):
    audit = drawn_from(sizes, drawn)
    assert (audit.selection, audit.by_chance) == (selection, selection == "stratified")


@pytest.mark.parametrize("said", [{"selection": "stratified", "population": 60}, {"selection": "random"}])
def test_reading_may_stop_early_only_of_a_random_draw_from_a_list_of_known_length(said):
    entry = {"id": "v", "theme": "visits", "period": "2024-11", "stopping": "sequence"}
    with pytest.raises(CatalogueError, match="Reading may stop early"):
        read(entry | said)
    audit = read(entry | {"selection": "random", "population": 60, "intended": 40})["v"]
    assert (audit.asked(31), audit.asked(31, unread=2)) == (31, 33)


def test_groups_that_say_how_many_were_drawn_say_how_many_are_awaited():
    audit = drawn_from((70, 30, 10), (7, 3, 1))
    assert (audit.intended, audit.asked(9)) == (11, 11)
    assert (audit.design(11), audit.design(12)) == (((7, 70), (3, 30), (1, 10)), ())
    assert drawn_from((70, 30, 10), (10, 10, 10)).design(30) == ()


def test_an_audit_that_ends_before_its_month_begins_is_refused_though_no_first_day_is_written():
    undated = {name: said for name, said in FIRST.items() if name != "on"}
    with pytest.raises(CatalogueError, match="before it starts"):
        read(undated | {"until": date(2024, 8, 31)})
    assert read(undated | {"until": date(2024, 9, 6)}).audits[0].until == date(2024, 9, 6)
