"""Each figure of the board's paper stands in the data beside a page of the internal edition, and on the page."""

import csv

import pytest

from tests.golden.test_paper import FIGURES

PAGES = {"strategy-2024-11": "thematic-strategy-meetings", "consent-2024-11": "dip-sample-consent-2024-11"}


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_stands_on_a_page(editions, figure):
    pages = {page.path.stem: page for page in editions["internal"]}
    for name, measure, level, count, base in FIGURES[figure]:
        page = pages[PAGES.get(name, name.removeprefix("register-").replace("_", "-"))]
        with page.path.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as lines:
            told = [
                (row["measure"], row["level"], row["numerator"], row["denominator"]) for row in csv.DictReader(lines)
            ]
        assert any(
            (row[0], row[2], row[3]) == (measure, str(count), "" if base is None else str(base))
            and row[1].casefold() in (level.casefold(), "all")
            for row in told
        ), figure
        assert (f"{count} of {base}" if base else str(count)) in page.main.text
