import pytest

from ilacs_audit.claims.sentences.headlines import headline
from ilacs_audit.claims.sentences.sentences import sentence
from ilacs_audit.claims.verdicts.critical import critical_failures
from ilacs_audit.claims.verdicts.verdicts import OVERRIDES, verdict
from ilacs_audit.domain.measures import gather
from tests import build
from tests.build import only, seen, table


def standards(critical=True):
    return build.standards(build.theme("consent", [build.standard("c1", scale="met", target=1, critical=critical)]))


def test_a_critical_failure_is_a_count_without_an_interval():
    row = only(critical_failures(table(seen(28, 30, of=110)), standards=standards()))
    assert (row.numerator, row.denominator, row.rule, row.upper) == (2, 30, "X1", None)
    assert sentence(row).startswith("2 of 30 files failed a critical standard")


@pytest.mark.parametrize(
    ("read", "listed", "most"),
    [(5, 40, 17), (10, 60, 14), (12, 110, 23), (20, 110, 13), (30, 200, 17), (60, 110, 3), (40, 60, 2)],
)
def test_none_found_still_allows_some_among_the_children_nobody_read(read, listed, most):
    row = only(critical_failures(table(seen(read, read, of=listed)), standards=standards()))
    assert (row.rule, round(row.upper * listed)) == ("X0", most)
    assert f"up to {most} among the {listed} children" in sentence(row)


def test_without_a_list_the_limit_is_a_share():
    row = only(critical_failures(table(seen(20, 20)), standards=standards()))
    assert round(row.upper, 3) == 0.139
    assert "There may still be up to 14%." in sentence(row)


def test_standards_that_are_not_critical_are_left_out():
    assert critical_failures(table(seen(28, 30)), standards=standards(critical=False)).empty


@pytest.mark.parametrize(
    ("met", "read", "critical", "said"),
    [
        (58, 60, True, ("", "X1")),
        (60, 60, True, ("met", "V1")),
        (58, 60, False, ("met", "V1")),
        (30, 60, True, ("not met", "V2")),
        (49, 60, True, ("cannot tell", "V3")),
    ],
)
def test_a_critical_standard_is_not_called_met_while_a_file_fails_it(met, read, critical, said):
    row = only(verdict(table(seen(met, read, of=110, target=0.8)), standards=standards(critical)))
    assert (row.verdict, row.rule) == said


@pytest.mark.parametrize("method", ["hypergeometric", "wilson", "whole list"])
def test_no_count_of_a_critical_standard_with_a_failure_is_ever_met(method):
    for read in (12, 30, 60):
        of = {"hypergeometric": 110, "wilson": None, "whole list": read}[method]
        for met in range(read):
            row = only(verdict(table(seen(met, read, of=of, target=0.5)), standards=standards()))
            assert row.verdict != "met", (met, read)


def test_no_page_opens_with_met_while_a_critical_failure_is_open():
    found = verdict(table(seen(58, 60, of=110, target=0.8)), standards=standards())
    told = headline(gather(found, critical_failures(found, standards=standards())))
    assert told == f"In 58 of 60 files c1 holds. {OVERRIDES}"
