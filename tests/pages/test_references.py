"""Every figure that a page tells has a reference code, which is that of no other and tells nothing that is hidden."""

import csv
import json
import re
from collections import defaultdict

import pytest

from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.domain.references.codes import figure_of, is_reference
from ilacs_audit.publishing.edition.finding import find
from tests.pages.conftest import AUDIENCES


@pytest.fixture(scope="module")
def coded(released):
    """Audience -> code -> what figures it names: the standard, the group and the rest of what a figure is."""
    found = {name: defaultdict(set) for name in AUDIENCES}
    for name, pages in released.items():
        for each in (row for told in pages.values() for row in rows(measures(told))):
            found[name][each.reference].add(figure_of(each)[1:])
    return found


def test_no_two_figures_of_an_edition_share_a_code(coded):
    for name, codes in coded.items():
        print(f"{len(codes)} codes in the {name} edition")
        assert len(codes) > 500
        assert all(len(what) == 1 and is_reference(code) for code, what in codes.items() if code)


def test_the_editions_call_one_figure_alike_and_a_code_is_no_count(coded):
    inside, board = ({what: code for code, (what, *_) in coded[name].items()} for name in ("internal", "board"))
    both = {what: code for what, code in board.items() if code and what in inside}
    assert len(both) > 500
    assert sum(inside[what] == code for what, code in both.items()) == len(both)


def test_page_and_data_file_carry_the_same_codes_and_a_link_finds_each(reports):
    for page in reports:
        with page.path.with_suffix(".csv").open(encoding="utf-8") as file:
            told = {line["reference"] for line in csv.DictReader(file)} - {""}
        ids = {each.attrs["id"] for each in page.root.all("tr") if is_reference(each.attrs.get("id", ""))}
        assert ids <= told and len(told - ids) <= 4, page.name  # a chart of its own has its figures beside it
        beside = {"".join(each.children) for table in page.main.all("table") for each in table.classed("ia-ref")}
        assert beside <= told, page.name


def test_each_code_of_the_front_page_is_found_on_a_page_of_its_edition(editions, published):
    for name in AUDIENCES:
        (front,) = (each for each in editions[name] if each.path.name == "index.html")
        codes = ["".join(each.children) for each in front.main.classed("ia-ref")]
        assert len(codes) > 10
        for code in {*codes}:
            assert f"{name}/2024-11/" in find(code, outputs=published, audience=name)
        for href in (each.attrs.get("href", "") for each in front.main.classed("ia-ref")):
            file, _, code = href.partition("#")
            assert not file or f'id="{code}"' in (front.path.parent / file).read_text(encoding="utf-8")


def test_a_code_of_what_is_hidden_tells_no_number(released, published):
    hidden = [each for told in released["public"].values() for each in told if each["status"] == "suppressed"]
    codes = {each["reference"] for each in hidden if each.get("reference")}
    assert codes
    for code in sorted(codes)[:12]:
        said = find(code, outputs=published, audience="public")
        assert "hidden" in said and not re.search(r"\d of \d|\d%", said)


def test_northmeres_three_challenges_stand_on_the_board_and_none_on_the_public_page(editions, published):
    told = json.loads((published / "private/board/2024-11/edition.json").read_text(encoding="utf-8"))["challenges"]
    assert [each["challenge"]["code"] for each in told] == ["SWVZWR", "PTHSXK", "PXZXRJ"]
    said = {name: each.main.text for name in AUDIENCES for each in editions[name] if each.path.name == "index.html"}
    assert "Your three challenges: two answered, one not yet" in said["board"]
    assert "in 9 of 20 files (45%). September 2024. Now: in 12 of 17 files (71%)" in said["board"]
    assert "Not yet answered: 1 month." in said["board"] and "Head of front door, 18 November 2024" in said["board"]
    assert "challenges" not in said["public"]
