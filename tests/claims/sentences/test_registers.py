"""What leads a page on a register: the whole, else the lowest shares; and on a shared page no whole of a few."""

import pytest

from ilacs_audit.claims.sentences.registers import UNSHOWN, register_headline
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.measures import measures, rows


def led(audience, *found):
    named = ("measure", "group", "level", "numerator", "denominator")
    table = measures(dict(zip(named, each, strict=True)) for each in found)
    return register_headline([*rows(release(table, audience=audience))])


def test_without_a_whole_the_two_lowest_shares_of_what_is_counted_first_lead():
    asked = [("survey_answered", "survey", name, k, 100) for name, k in (("one", 60), ("two", 9), ("three", 30))]
    said = led("internal", *asked, ("survey_positive", "survey question", "Did it help? (two)", 1, 9))
    assert said == "9 of 100 people asked (two) answered (9%). 30 of 100 people asked (three) answered (30%)."


@pytest.mark.parametrize(("size", "leads"), [(9, False), (10, True)])
def test_a_whole_of_fewer_than_ten_leads_no_shared_page(size, leads):
    late = ("escalation_expired", "all", "20 working days", 2, size)
    assert "have waited" in led("internal", late) or "had waited" in led("internal", late)
    assert (led("board", late) != UNSHOWN) == leads
