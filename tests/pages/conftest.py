"""The pages of the example, read once for all tests of this folder."""

import json

import pytest

from tests.pages.reading import page

AUDIENCES = ("internal", "board", "public")


@pytest.fixture(scope="session")
def editions(published):
    """Audience -> its pages, the index among them."""
    found = {name: [page(path) for path in sorted((published / name / "2024-11").glob("*.html"))] for name in AUDIENCES}
    assert all(len(pages) >= 12 for pages in found.values())
    return found


@pytest.fixture(scope="session")
def every_page(editions):
    return [each for pages in editions.values() for each in pages]


@pytest.fixture(scope="session")
def reports(every_page):
    """Every page with a data file of its own."""
    return [each for each in every_page if each.path.with_suffix(".csv").is_file()]


@pytest.fixture(scope="session")
def released(published):
    """Audience -> report -> the released measures that its page was made from."""
    found = {}
    for name in AUDIENCES:
        told = json.loads((published / "private" / name / "2024-11" / "summaries.json").read_text(encoding="utf-8"))
        found[name] = {report: each["released"] for report, each in told.items()}
    return found
