"""What failed a critical standard is the rest of what met it, and tells no more than the two counts beside it."""

import pytest

from ilacs_audit.claims.verdicts.critical import critical_failures
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.measures import gather, rows, select
from tests import build
from tests.build import seen, table

ASKED = build.standards(build.theme("consent", [build.standard("c1", critical=True)]))


def shown(met, read, audience, *more):
    found = verdict(table(seen(met, read, of=110, target=0.5), *more), standards=ASKED)
    page = release(gather(found, critical_failures(select(found, group="all"), standards=ASKED)), audience=audience)
    whole = select(page, group="all")
    return next(rows(select(whole, measure="compliance"))), next(rows(select(whole, measure="critical_failure")))


@pytest.mark.parametrize("audience", ["internal", "board", "public"])
def test_failures_and_files_that_met_add_up_or_are_hidden_together(audience):
    for read in (12, 30, 57):
        for met in range(read + 1):
            row, failed = shown(met, read, audience)
            assert row.hidden == failed.hidden, (met, read)
            assert row.hidden or failed.numerator == row.denominator - row.numerator, (met, read)


def test_a_count_hidden_for_its_teams_is_not_given_back_by_what_failed():
    teams = [seen(met, read, group="team", level=name) for name, met, read in (("North", 20, 20), ("South", 11, 20))]
    row, failed = shown(31, 40, "public", *teams)
    assert row.hidden == failed.hidden
    assert not failed.hidden or (failed.numerator, failed.value, failed.upper, failed.rule) == (None, None, None, "")
