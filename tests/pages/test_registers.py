"""Each figure that the board's paper states of a register stands on the page that is made of it."""

import pytest

from tests.pages.reading import counts_of

TRACKER = {
    "Transfer": (64, 142),
    "Step down or close": (11, 142),
    "Re-allocate": (17, 142),
    "No decision recorded": (50, 142),
    "Left, of those due to leave": (43, 75),
    "A decision": (92, 142),
    "Left the team": (43, 142),
}


@pytest.fixture(params=("internal", "board"))
def pages_of(request, editions):
    return {page.path.stem: page for page in editions[request.param]}


def lines(page):
    """The heading of every row of a page -> the counts of its cells."""
    found = {}
    for table in page.root.all("table"):
        for row in table.all("tbody")[0].all("tr"):
            counts = [pair for cell in row.all("td") for pair in counts_of(cell.text)[:1]]
            found.setdefault(row.all("th")[0].text, counts)
    return found


def test_the_tracker_adds_up_with_its_remainder(pages_of):
    shown = lines(pages_of["tracker"])
    assert {name: shown[name][-1] for name in TRACKER} == TRACKER
    assert sum(TRACKER[name][0] for name in list(TRACKER)[:4]) == 142
    assert "50 of 142 children reviewed have no decision recorded" in pages_of["tracker"].main.text
    assert "evidence to 15 November 2024" in pages_of["tracker"].main.text


def test_workers_stand_in_the_internal_edition_alone(editions):
    told = {
        name: "Worker by worker" in page.main.text
        for name, pages in editions.items()
        for page in pages
        if page.path.stem == "tracker"
    }
    assert told == {"internal": True, "board": False, "public": False}
