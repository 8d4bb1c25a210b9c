"""The benchmark that counts false changes of whole editions must itself be able to say no."""

import numpy as np

from benchmarks import editions
from ilacs_audit.claims.change.chance import stand_together


def chance():
    return np.random.default_rng(7)


def test_an_edition_that_is_judged_as_one_family_keeps_its_promise():
    assert all(each.found <= 0.08 for each in editions.nothing_moved(chance(), editions=100))


def test_judging_page_by_page_breaks_it():
    assert not any(each.kept for each in editions.nothing_moved(chance(), editions=50, judge=editions.apart))


def test_files_of_one_audit_resemble_each_other_as_much_as_the_design_says():
    design = editions.Design(1, 4_000, alike=0.5)
    met = np.array([editions._met(chance(), design, np.full(8, 0.6)) for _ in range(1)])
    assert abs(met.mean() / 4_000 - 0.6) < 0.03


def test_the_judgement_is_the_one_of_the_reports():
    pages = [[(0.01, True), (1.0, False)], [(0.04, False)]]
    whole = stand_together([0.01, 1.0, 0.04])
    assert [each for page in editions.together(pages) for each in page] == whole
    assert editions.found([pages], editions.together) == (0.0, 0.0, 1.0)
