"""The protocol proves a draw fair without naming anybody in it."""

import io
from html.parser import HTMLParser

import openpyxl
import pandas as pd
import pytest

from ilacs_audit.analysis.draw import draw_sample
from ilacs_audit.publishing.owner.protocol import allocation_workbook, protocol_page, save_draw

VOID = {"meta", "br", "hr", "img", "link", "input", "col"}


class Page(HTMLParser):
    """Whether every element is closed in its order, and how many there are of each."""

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.faults = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


@pytest.fixture(scope="module")
def draw():
    cases = pd.DataFrame(
        {
            "child_ref": [f"=ref{number:03d}" for number in range(40)],
            "team": ["<North> & South" if number % 2 else "Court" for number in range(40)],
            "worker_ref": ["Ada Lovelace"] * 40,
        }
    )
    auditors = pd.DataFrame({"auditor": ["Grace Hopper"], "team": ["Care"], "capacity": [40]})
    return draw_sample(cases, size=10, auditors=auditors, seed=7, strata="team")


def test_the_page_is_whole_with_one_title_and_a_table_with_headings(draw):
    page = Page(protocol_page(draw).decode())
    assert (page.open, page.faults) == ([], [])
    assert page.seen.count("h1") == page.seen.count("caption") == page.seen.count("title") == 1
    assert "script" not in page.seen


def test_the_page_holds_no_reference_and_no_person(draw):
    text = protocol_page(draw).decode()
    assert "ref0" not in text
    assert "Lovelace" not in text
    assert "Hopper" not in text


def test_the_page_says_seed_chance_and_what_the_sample_cannot_show(draw):
    text = protocol_page(draw).decode()
    assert "<dt>Random seed</dt><dd>7 " in text
    assert "each had the same chance: 25.0%" in text
    assert "10 files of 40 to draw from give a share to within about" in text


def test_a_stratum_without_a_file_is_named():
    cases = pd.DataFrame({"child_ref": [f"r{n}" for n in range(40)], "team": "Court", "worker_ref": "Ada"})
    cases["kind"] = ["rare", *["common"] * 39]
    auditors = pd.DataFrame({"auditor": ["Grace"], "team": ["Care"], "capacity": [40]})
    pages = [protocol_page(draw_sample(cases, size=10, auditors=auditors, seed=n, strata="kind")) for n in range(12)]
    said = [b"By chance no file was drawn from: rare." in page for page in pages]
    assert any(said) and not all(said)


def test_a_stratum_with_marks_in_its_name_stays_text(draw):
    text = protocol_page(draw).decode()
    assert "&lt;North&gt; &amp; South" in text


def test_a_reference_that_looks_like_a_formula_stays_text(draw):
    sheet = openpyxl.load_workbook(io.BytesIO(allocation_workbook(draw)))["Allocation"]
    assert {cell.value[:5] for cell in sheet["B"][1:]} == {"'=ref"}


def test_the_page_is_the_same_every_time(draw, tmp_path):
    _, page = save_draw(draw, tmp_path / "draws", name="cases")
    assert page.read_bytes() == protocol_page(draw)


def drawn_from(cases=None, **said):
    known = cases or {"child_ref": [f"r{n}" for n in range(40)], "team": "Court", "worker_ref": "Ada"}
    auditors = pd.DataFrame({"auditor": ["Grace"], "team": ["Care"], "capacity": [40]})
    return protocol_page(draw_sample(pd.DataFrame(known), size=10, auditors=auditors, seed=1, **said)).decode()


def test_without_a_list_of_earlier_audits_nothing_is_said_to_have_been_left_out_for_them():
    assert "no list of earlier audits was given" in drawn_from()
    assert ">0 of 40" not in drawn_from()
    assert ">0 of 40 <small>audited in the last twelve months" in drawn_from(audited_recently=[])
    assert ">2 of 40 <small>audited in the last twelve months" in drawn_from(audited_recently=["r1", "r2"])


def test_nobody_can_be_kept_from_a_case_whose_worker_the_list_does_not_name():
    some = {"child_ref": [f"r{n}" for n in range(10)], "team": "Court", "worker_ref": ["", *["Ada"] * 9]}
    assert "as far as the list names the worker: 1 of the files names none" in drawn_from(some)
    assert "as far as the list names" not in drawn_from()
